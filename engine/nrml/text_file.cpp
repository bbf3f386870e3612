// Plain files through zlib too: it passes them on as they are.
#include "engine/nrml/text_file.hpp"

#include "engine/nrml/utf8.hpp"

#include <algorithm>
#include <memory>
#include <zlib.h>

namespace oq::engine {
namespace {

constexpr std::size_t kPiece = std::size_t{1} << 20; // bytes a read

struct CloseGz {
  void operator()(gzFile_s* file) const noexcept { gzclose(file); }
};

} // namespace

Result<std::string> read_text_file(const std::filesystem::path& file, std::size_t largest) {
  const std::string name = file.filename().string();
  std::error_code status;
  if (!std::filesystem::is_regular_file(file, status))
    return Error{Errc::not_found, "there is no such file", name};
  const std::unique_ptr<gzFile_s, CloseGz> stream(gzopen(file.c_str(), "rb"));
  if (!stream)
    return Error{Errc::unavailable, "the file cannot be read", name};
  std::string text;
  const auto size = std::filesystem::file_size(file, status);
  if (!status)
    text.reserve(std::min<std::size_t>(size, largest) + kPiece);
  for (int count = 1; count > 0;) {
    const std::size_t before = text.size();
    if (before > largest)
      return invalid_input("the file is larger than " + std::to_string(largest) + " bytes", name);
    text.resize(before + kPiece);
    count = gzread(stream.get(), text.data() + before, kPiece);
    if (count < 0)
      return invalid_input("the file is no valid gzip file", name);
    text.resize(before + static_cast<std::size_t>(count));
  }
  int problem = Z_OK;
  gzerror(stream.get(), &problem);
  if (problem != Z_OK && problem != Z_STREAM_END)
    return invalid_input("the compressed file is cut off", name);
  if (text.starts_with("\xEF\xBB\xBF"))
    text.erase(0, 3);
  if (const auto at = first_byte_not_utf8(text); at != std::string::npos) {
    const auto line =
      std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n');
    return invalid_input("the text is not UTF-8", name + ":" + std::to_string(line + 1));
  }
  return text;
}

} // namespace oq::engine
