// Spooling of request bodies to unnamed temporary files.
#include "http/body.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

namespace oq::http {
namespace {

Error system_error(const std::string& what) {
  return {Errc::unavailable, what + ": " + std::strerror(errno), {}};
}

Result<void> write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR)
      continue;
    if (written <= 0)
      return system_error("cannot write a temporary file");
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

// Reads the file from its start in blocks, without touching its offset.
template <class Sink>
Result<void> for_each_block(int fd, std::uint64_t size, Sink&& sink) {
  std::array<char, 64 * 1024> block;
  for (std::uint64_t at = 0; at < size;) {
    const ssize_t got = ::pread(fd, block.data(), block.size(), static_cast<off_t>(at));
    if (got < 0 && errno == EINTR)
      continue;
    if (got <= 0)
      return system_error("cannot read a temporary file");
    OQ_CHECK(sink(std::string_view{block.data(), static_cast<std::size_t>(got)}));
    at += static_cast<std::uint64_t>(got);
  }
  return {};
}

} // namespace

SpoolFile::~SpoolFile() {
  if (fd_ >= 0)
    ::close(fd_);
}

SpoolFile::SpoolFile(SpoolFile&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

SpoolFile& SpoolFile::operator=(SpoolFile&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}

Result<SpoolFile> SpoolFile::create(const std::filesystem::path& folder) {
  const int fd = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (fd >= 0)
    return SpoolFile{fd};
  // Some file systems have no O_TMPFILE: a name that lives for an instant does as well.
  std::string name = (folder / "spool-XXXXXX").string();
  const int named = ::mkostemp(name.data(), O_CLOEXEC);
  if (named < 0)
    return system_error("cannot create a temporary file in " + folder.string());
  ::unlink(name.c_str());
  return SpoolFile{named};
}

Result<void> SpoolFile::append(std::string_view bytes) {
  return write_all(fd_, bytes);
}

std::string Body::file_path() const {
  return in_memory() ? std::string{} : "/proc/self/fd/" + std::to_string(file_.fd());
}

Result<void> Body::append(std::string_view bytes, const SpoolPolicy& policy) {
  size_ += bytes.size();
  if (in_memory() && size_ <= policy.threshold) {
    memory_.append(bytes);
    return {};
  }
  if (in_memory()) {
    OQ_TRY(file_, SpoolFile::create(policy.folder));
    OQ_CHECK(file_.append(memory_));
    memory_ = std::string{};
  }
  return file_.append(bytes);
}

Result<std::string> Body::read_all(std::uint64_t limit) const {
  if (size_ > limit)
    return invalid_input("the content is larger than " + std::to_string(limit) + " bytes");
  if (in_memory())
    return memory_;
  std::string all;
  all.reserve(size_);
  OQ_CHECK(for_each_block(file_.fd(), size_, [&](std::string_view block) -> Result<void> {
    all.append(block);
    return {};
  }));
  return all;
}

Result<void> Body::save_to(const std::filesystem::path& path) const {
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (fd < 0)
    return system_error("cannot create " + path.string());
  Result<void> written = in_memory()
                           ? write_all(fd, memory_)
                           : for_each_block(file_.fd(), size_, [fd](std::string_view block) {
                               return write_all(fd, block);
                             });
  if (::close(fd) != 0 && written)
    written = system_error("cannot write " + path.string());
  return written;
}

} // namespace oq::http
