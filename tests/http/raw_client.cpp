// Sockets of the tests.
#include "http/raw_client.hpp"

#include "http/head_parser.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <cerrno>
#include <cstdlib>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

namespace oq::http::testing {

std::string Answer::header(std::string_view name) const {
  std::string_view rest = head;
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find("\r\n"));
    rest.remove_prefix(std::min(rest.size(), line.size() + 2));
    const std::size_t colon = line.find(": ");
    if (colon != std::string_view::npos && same_token(line.substr(0, colon), name))
      return std::string{line.substr(colon + 2)};
  }
  return {};
}

RawClient::RawClient(std::uint16_t port, std::chrono::milliseconds patience)
  : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int on = 1;
  ::setsockopt(fd_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  const timeval wait{patience.count() / 1000, (patience.count() % 1000) * 1000};
  ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
  ::setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof wait);
  if (::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    ::close(std::exchange(fd_, -1));
}

RawClient::~RawClient() {
  if (fd_ >= 0)
    ::close(fd_);
}

RawClient::RawClient(RawClient&& other) noexcept
  : fd_(std::exchange(other.fd_, -1)), buffer_(std::move(other.buffer_)) {}

RawClient& RawClient::operator=(RawClient&& other) noexcept {
  std::swap(fd_, other.fd_);
  std::swap(buffer_, other.buffer_);
  return *this;
}

bool RawClient::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0)
      return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool RawClient::fill() {
  char block[16 * 1024];
  const ssize_t got = ::recv(fd_, block, sizeof block, 0);
  if (got <= 0)
    return false;
  buffer_.append(block, static_cast<std::size_t>(got));
  return true;
}

std::optional<Answer> RawClient::receive(bool head_only) {
  std::size_t end = 0;
  while ((end = buffer_.find("\r\n\r\n")) == std::string::npos)
    if (!fill())
      return std::nullopt;
  Answer answer;
  answer.head = buffer_.substr(0, end + 2);
  buffer_.erase(0, end + 4);
  answer.status = answer.head.size() > 12 ? std::atoi(answer.head.c_str() + 9) : 0;
  if (head_only || answer.status < 200)
    return answer;
  const auto length = static_cast<std::size_t>(std::atoll(answer.header("Content-Length").c_str()));
  while (buffer_.size() < length)
    if (!fill())
      return std::nullopt;
  answer.body = buffer_.substr(0, length);
  buffer_.erase(0, length);
  return answer;
}

std::optional<std::string> RawClient::receive_to_end() {
  errno = 0;
  while (fill()) {
  }
  if (errno == EAGAIN || errno == EWOULDBLOCK)
    return std::nullopt;
  return std::exchange(buffer_, {});
}

void RawClient::shutdown_sending() {
  ::shutdown(fd_, SHUT_WR);
}

void RawClient::reset() {
  const linger hard{1, 0};
  ::setsockopt(fd_, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
  ::close(std::exchange(fd_, -1));
}

std::string get(std::string_view path, std::string_view more_lines) {
  return "GET " + std::string{path} + " HTTP/1.1\r\nHost: localhost\r\n" + std::string{more_lines}
         + "\r\n";
}

std::string post(std::string_view path, std::string_view body, std::string_view more_lines) {
  return "POST " + std::string{path}
         + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + std::to_string(body.size()) + "\r\n"
         + std::string{more_lines} + "\r\n" + std::string{body};
}

} // namespace oq::http::testing
