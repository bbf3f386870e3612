// A packed file is named after the one it was made of.
#include "actors/packed_files.hpp"

#include "actors/kept_files.hpp"
#include "store/compressed_file.hpp"

#include <algorithm>

namespace oq::actors {
namespace {

namespace fs = std::filesystem;

// hcurves-csv/hazard_curve-mean-PGA_1.csv -> hcurves-csv-hazard_curve-mean-PGA_1.csv.gz
std::string packed_name(const fs::path& file, const fs::path& exports, ContentCoding coding) {
  auto name = file.lexically_relative(exports).generic_string();
  std::ranges::replace(name, '/', '-');
  return name + (coding == ContentCoding::zstd ? ".zst" : ".gz");
}

} // namespace

FileAnswer packed(FileAnswer file, std::int64_t calculation_id, ContentCoding coding,
                  const store::CalculationFiles& files) {
  std::error_code error;
  const auto size = fs::file_size(file.path, error);
  if (coding == ContentCoding::identity || error || size == 0 || size > kMostPackedBytes)
    return file;
  const auto exports = files.exports(calculation_id);
  const auto folder = exports / "packed";
  const auto target = folder / packed_name(file.path, exports, coding);
  if (!fs::is_regular_file(target, error)) {
    fs::create_directories(folder, error);
    const auto made = store::compress_file(
      file.path, target,
      coding == ContentCoding::zstd ? store::Compression::zstd : store::Compression::gzip);
    if (error || !made)
      return file;
    keep_newest(folder);
  }
  file.path = target;
  file.coding = coding;
  return file;
}

} // namespace oq::actors
