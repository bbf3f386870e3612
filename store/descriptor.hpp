// Descriptor: an open file, closed with this object; reads and writes that end only when all is
// done.
#pragma once

#include <cstddef>
#include <cstdint>

namespace oq::store {

class Descriptor {
public:
  // As open(2) gave it; below 0: it could not be opened.
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor();
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  explicit operator bool() const { return fd_ >= 0; }
  int get() const { return fd_; }

  // Whether all was written; errno says why not.
  bool write(const void* bytes, std::size_t size) const;
  bool write_at(std::uint64_t offset, const void* bytes, std::size_t size) const;
  // How many bytes there were, up to `size`; fewer as well when the disk refuses.
  std::size_t read(void* to, std::size_t size) const;
  std::size_t read_at(std::uint64_t offset, void* to, std::size_t size) const;

private:
  int fd_;
};

} // namespace oq::store
