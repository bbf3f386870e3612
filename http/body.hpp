// Body: the bytes a client sent, in memory when small, in an unnamed temporary file when not.
#pragma once

#include "engine/base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace oq::http {

// An open temporary file without a name: it is gone with its last descriptor, also after a crash.
class SpoolFile {
public:
  SpoolFile() = default;
  ~SpoolFile();
  SpoolFile(SpoolFile&& other) noexcept;
  SpoolFile& operator=(SpoolFile&& other) noexcept;

  static Result<SpoolFile> create(const std::filesystem::path& folder);

  bool is_open() const noexcept { return fd_ >= 0; }
  int fd() const noexcept { return fd_; }
  Result<void> append(std::string_view bytes);

private:
  explicit SpoolFile(int fd) : fd_(fd) {}
  int fd_ = -1;
};

// Where bodies go: above `threshold` bytes to a file in `folder`.
struct SpoolPolicy {
  std::size_t threshold = 1024 * 1024;
  std::filesystem::path folder;
};

class Body {
public:
  std::uint64_t size() const noexcept { return size_; }
  bool empty() const noexcept { return size_ == 0; }
  bool in_memory() const noexcept { return !file_.is_open(); }

  // The bytes; empty when they are in a file.
  std::string_view bytes() const noexcept { return memory_; }

  // The file's descriptor (its offset is nobody's), -1 when in memory.
  int fd() const noexcept { return file_.fd(); }
  // A path by which the file can be opened while this body lives; empty when in memory.
  std::string file_path() const;

  // All bytes, wherever they are; invalid_input when there are more than `limit`.
  Result<std::string> read_all(std::uint64_t limit) const;
  // Writes all bytes to a new file at `path`, replacing what is there.
  Result<void> save_to(const std::filesystem::path& path) const;

  Result<void> append(std::string_view bytes, const SpoolPolicy& policy);

private:
  std::uint64_t size_ = 0;
  std::string memory_;
  SpoolFile file_;
};

} // namespace oq::http
