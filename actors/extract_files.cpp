// Extractions are written member by member into a folder, packed, and given their final name.
#include "actors/extract_files.hpp"

#include "actors/kept_files.hpp"
#include "actors/npz_archive.hpp"
#include "actors/work_folder.hpp"
#include "engine/extract/extraction.hpp"
#include "engine/extract/json_file.hpp"
#include "store/checksum.hpp"
#include "store/datastore_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace oq::actors {
namespace {

namespace fs = std::filesystem;

// Tells one request from another; requests are not secret and their texts are short.
std::uint64_t request_key(const Extract& request) {
  auto sum = store::checksum(request.what);
  for (const auto& [name, value] : request.parameters)
    sum = store::checksum(value, store::checksum(name, sum));
  return sum;
}

// Goes into a path and into a header without quotes.
std::string file_stem(const Extract& request) {
  auto stem = request.what.substr(0, 64);
  std::ranges::replace_if(
    stem,
    [](unsigned char c) {
      return !((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
               || c == '-');
    },
    '_');
  return stem;
}

// The client's words for what it asked in vain.
Error refusal(const Error& error, const Extract& request) {
  const auto file = "calc_" + std::to_string(request.id) + ".hdf5";
  if (error.code == Errc::not_found)
    return invalid_input(
      fmt::format("KeyError: \"No '{}' found in <DataStore {}>\"", request.what, file));
  if (error.code == Errc::invalid_input)
    return invalid_input("ValueError: " + error.message);
  return error;
}

Result<void> write_extraction(const engine::Extraction& extraction, const Extract& request,
                              const fs::path& target, const fs::path& exporting) {
  OQ_TRY(const auto work, WorkFolder::create(exporting));
  const auto whole = work.path() / target.filename();
  if (request.form == ExtractForm::json) {
    OQ_TRY(const auto written, engine::write_json_file(extraction, whole));
  } else {
    OQ_CHECK(write_npz(extraction, work.path(), whole));
  }
  return work.give(target.filename().string(), target);
}

Result<void> extract_to(const fs::path& target, const ExtractOrder& order,
                        const store::CalculationFiles& files) {
  const auto& request = order.request;
  auto datastore = store::DatastoreFile::open(files.datastore(request.id));
  if (!datastore && (datastore.error().code != Errc::not_found || request.what != "oqparam"))
    return datastore.error();
  engine::Extraction extraction;
  if (datastore) {
    auto found = engine::extract(**datastore, {request.what, request.parameters});
    if (!found)
      return refusal(found.error(), request);
    extraction = *std::move(found);
  } else { // what is asked for first is known before there are results
    OQ_TRY(const auto job, order.read_job());
    extraction = engine::extraction_of(engine::oqparam(job));
  }
  auto written = write_extraction(extraction, request, target, files.exporting());
  return written ? written : Result<void>(refusal(written.error(), request));
}

} // namespace

Result<FileAnswer> extract_files(const ExtractOrder& order, const store::CalculationFiles& files) {
  const auto& request = order.request;
  const bool is_json = request.form == ExtractForm::json;
  const auto key = fmt::format("{:016x}", request_key(request));
  const auto folder = files.exports(request.id) / "extract";
  const auto target = folder / (file_stem(request) + "-" + key + (is_json ? ".json" : ".npz"));
  std::error_code missing;
  if (!fs::is_regular_file(target, missing)) {
    OQ_CHECK(extract_to(target, order, files));
    keep_newest(folder);
  }
  return FileAnswer{target,
                    is_json ? std::string() : file_stem(request) + key.substr(0, 8) + ".npz"};
}

} // namespace oq::actors
