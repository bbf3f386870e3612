// IPv4 and IPv6 listening sockets.
#include "http/socket.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

namespace oq::http {
namespace {

int listen_on(const addrinfo& info, int backlog) {
  const int fd =
    ::socket(info.ai_family, info.ai_socktype | SOCK_NONBLOCK | SOCK_CLOEXEC, info.ai_protocol);
  if (fd < 0)
    return -1;
  const int on = 1;
  ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (::bind(fd, info.ai_addr, info.ai_addrlen) == 0 && ::listen(fd, backlog) == 0)
    return fd;
  const int reason = errno;
  ::close(fd);
  errno = reason;
  return -1;
}

} // namespace

ListeningSocket::~ListeningSocket() {
  if (fd_ >= 0)
    ::close(fd_);
}

Result<ListeningSocket> ListeningSocket::open(const std::string& address, std::uint16_t port,
                                              int backlog) {
  const std::string where = address + ":" + std::to_string(port);
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  const int failure = ::getaddrinfo(address.empty() ? nullptr : address.c_str(),
                                    std::to_string(port).c_str(), &hints, &found);
  if (failure != 0)
    return Error{Errc::unavailable, std::string{"cannot listen: "} + ::gai_strerror(failure),
                 where};
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> list{found, &::freeaddrinfo};
  for (const addrinfo* info = list.get(); info != nullptr; info = info->ai_next)
    if (const int fd = listen_on(*info, backlog); fd >= 0)
      return ListeningSocket{fd};
  return Error{Errc::unavailable, std::string{"cannot listen: "} + std::strerror(errno), where};
}

void ListeningSocket::refuse_clients() noexcept {
  ::shutdown(fd_, SHUT_RDWR);
}

std::uint16_t ListeningSocket::port() const noexcept {
  sockaddr_storage address{};
  socklen_t length = sizeof address;
  if (::getsockname(fd_, reinterpret_cast<sockaddr*>(&address), &length) != 0)
    return 0;
  return ntohs(address.ss_family == AF_INET6
                 ? reinterpret_cast<const sockaddr_in6&>(address).sin6_port
                 : reinterpret_cast<const sockaddr_in&>(address).sin_port);
}

void allow_descriptors(std::size_t wanted) noexcept {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= wanted)
    return;
  limit.rlim_cur = std::min<rlim_t>(wanted, limit.rlim_max);
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

} // namespace oq::http
