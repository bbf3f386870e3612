// Listening sockets, owned by their descriptor.
#pragma once

#include "engine/base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

namespace oq::http {

class ListeningSocket {
public:
  ListeningSocket() = default;
  ~ListeningSocket();
  ListeningSocket(ListeningSocket&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  ListeningSocket& operator=(ListeningSocket&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }

  // Bound, listening, non-blocking; TCP_NODELAY, which accepted sockets inherit.
  static Result<ListeningSocket> open(const std::string& address, std::uint16_t port, int backlog);

  // From now on the kernel refuses clients; the descriptor stays open for whoever polls it.
  void refuse_clients() noexcept;

  int fd() const noexcept { return fd_; }
  std::uint16_t port() const noexcept;

private:
  explicit ListeningSocket(int fd) : fd_(fd) {}
  int fd_ = -1;
};

// Raises what this process may open to at least `wanted` descriptors, or as near as its hard limit
// lets it: shells and service managers start programs with 1024.
void allow_descriptors(std::size_t wanted) noexcept;

} // namespace oq::http
