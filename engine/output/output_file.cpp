// Buffered writing to a temporary name, then one rename.
#include "engine/output/output_file.hpp"

#include <cerrno>
#include <cstring>
#include <system_error>

namespace oq::engine {
namespace {

constexpr std::size_t kBufferBytes = 1 << 16;

} // namespace

Result<OutputFile> OutputFile::create(const std::filesystem::path& path) {
  const auto part = path.string() + ".part";
  std::FILE* file = std::fopen(part.c_str(), "wb");
  if (file == nullptr)
    return Error{Errc::unavailable,
                 "cannot write " + path.filename().string() + ": " + std::strerror(errno), ""};
  std::setvbuf(file, nullptr, _IONBF, 0); // buffer_ is the buffer
  return OutputFile(path, file);
}

OutputFile::OutputFile(std::filesystem::path path, std::FILE* file)
  : path_(std::move(path)), part_(path_.string() + ".part"), file_(file) {
  buffer_.reserve(kBufferBytes);
}

OutputFile::~OutputFile() {
  if (!file_) // moved from, or committed
    return;
  file_.reset();
  std::error_code ignored;
  std::filesystem::remove(part_, ignored);
}

void OutputFile::write(std::string_view text) {
  buffer_ += text;
  if (buffer_.size() >= kBufferBytes)
    flush();
}

void OutputFile::flush() {
  errno = 0;
  if (failure_ == 0
      && std::fwrite(buffer_.data(), 1, buffer_.size(), file_.get()) != buffer_.size())
    failure_ = errno != 0 ? errno : EIO;
  buffer_.clear();
}

Result<std::filesystem::path> OutputFile::commit() {
  flush();
  if (failure_ != 0)
    return refused(failure_);
  if (std::FILE* file = file_.release(); std::fclose(file) != 0) {
    const int reason = errno;
    std::error_code ignored;
    std::filesystem::remove(part_, ignored);
    return refused(reason);
  }
  std::error_code problem;
  std::filesystem::rename(part_, path_, problem);
  if (problem) {
    std::error_code ignored;
    std::filesystem::remove(part_, ignored);
    return refused(problem.value());
  }
  return path_;
}

Error OutputFile::refused(int reason) const {
  return {Errc::unavailable,
          "cannot write " + path_.filename().string() + ": " + std::strerror(reason), ""};
}

} // namespace oq::engine
