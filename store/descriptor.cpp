// What a signal interrupts goes on.
#include "store/descriptor.hpp"

#include <cerrno>
#include <unistd.h>

namespace oq::store {

namespace {

// `step(done)` reads or writes from there on, as the system calls do. How far it came.
template <class Step>
std::size_t repeat(std::size_t size, const Step& step) {
  std::size_t done = 0;
  while (done < size) {
    const auto more = step(done);
    if (more < 0 && errno == EINTR)
      continue;
    if (more <= 0)
      break;
    done += static_cast<std::size_t>(more);
  }
  return done;
}

} // namespace

Descriptor::~Descriptor() {
  if (fd_ >= 0)
    ::close(fd_);
}

bool Descriptor::write(const void* bytes, std::size_t size) const {
  return repeat(size,
                [&](std::size_t done) {
                  return ::write(fd_, static_cast<const char*>(bytes) + done, size - done);
                })
         == size;
}

bool Descriptor::write_at(std::uint64_t offset, const void* bytes, std::size_t size) const {
  return repeat(size,
                [&](std::size_t done) {
                  return ::pwrite(fd_, static_cast<const char*>(bytes) + done, size - done,
                                  static_cast<off_t>(offset + done));
                })
         == size;
}

std::size_t Descriptor::read(void* to, std::size_t size) const {
  return repeat(size, [&](std::size_t done) {
    return ::read(fd_, static_cast<char*>(to) + done, size - done);
  });
}

std::size_t Descriptor::read_at(std::uint64_t offset, void* to, std::size_t size) const {
  return repeat(size, [&](std::size_t done) {
    return ::pread(fd_, static_cast<char*>(to) + done, size - done,
                   static_cast<off_t>(offset + done));
  });
}

} // namespace oq::store
