// A socket, one request of HTTP/1.0, and all bytes until the other side closes.
#include "app/http_get.hpp"

#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <netdb.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

namespace oq::app {
namespace {

constexpr std::size_t kLongestAnswer = 4 << 20; // bytes

class Socket {
public:
  explicit Socket(int fd) : fd_(fd) {}
  ~Socket() {
    if (fd_ >= 0)
      ::close(fd_);
  }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  int fd() const { return fd_; }

private:
  int fd_;
};

Error failure(const HttpUrl& url, const std::string& what) {
  const bool late = errno == EAGAIN || errno == EINPROGRESS;
  return {late ? Errc::timeout : Errc::unavailable,
          what + ": " + (late ? "no answer in time" : std::strerror(errno)),
          "http://" + url.host + ":" + url.port};
}

void set_patience(int fd, std::chrono::milliseconds patience) {
  const timeval time{patience.count() / 1000, patience.count() % 1000 * 1000};
  ::setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &time, sizeof time); // connect() too
  ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &time, sizeof time);
}

Result<std::unique_ptr<Socket>> connect_to(const HttpUrl& url, std::chrono::milliseconds patience) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (const int error = ::getaddrinfo(url.host.c_str(), url.port.c_str(), &hints, &found))
    return Error{Errc::unavailable, ::gai_strerror(error), url.host};
  const std::unique_ptr<addrinfo, void (*)(addrinfo*)> addresses(found, ::freeaddrinfo);
  for (const auto* address = found; address; address = address->ai_next) {
    auto socket =
      std::make_unique<Socket>(::socket(address->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0));
    set_patience(socket->fd(), patience);
    if (::connect(socket->fd(), address->ai_addr, address->ai_addrlen) == 0)
      return socket;
  }
  return failure(url, "cannot connect");
}

Result<std::string> exchange(const Socket& socket, const HttpUrl& url, const std::string& request) {
  if (::send(socket.fd(), request.data(), request.size(), MSG_NOSIGNAL) != ssize_t(request.size()))
    return failure(url, "cannot ask");
  std::string answer;
  std::array<char, 16 * 1024> buffer{};
  while (answer.size() < kLongestAnswer) {
    const ssize_t got = ::recv(socket.fd(), buffer.data(), buffer.size(), 0);
    if (got < 0)
      return failure(url, "cannot read the answer");
    if (got == 0)
      return answer;
    answer.append(buffer.data(), static_cast<std::size_t>(got));
  }
  return Error{Errc::unavailable, "the answer is too long", url.host};
}

} // namespace

Result<HttpUrl> parse_http_url(std::string_view text) {
  constexpr std::string_view kScheme = "http://";
  const auto refused =
    invalid_input("\"" + std::string(text) + "\" is not http://HOST:PORT", "--url");
  if (!text.starts_with(kScheme))
    return refused;
  text.remove_prefix(kScheme.size());
  const auto slash = text.find('/');
  auto authority = text.substr(0, slash);
  HttpUrl url{{}, "80", std::string(slash == text.npos ? "" : text.substr(slash))};
  while (url.path.ends_with('/'))
    url.path.pop_back();
  if (const auto colon = authority.rfind(':'); colon != authority.npos && authority.back() != ']') {
    url.port = authority.substr(colon + 1);
    authority = authority.substr(0, colon);
  }
  if (authority.starts_with('[') && authority.ends_with(']')) // [::1]
    authority = authority.substr(1, authority.size() - 2);
  url.host = authority;
  const bool digits = url.port.find_first_not_of("0123456789") == std::string::npos;
  if (url.host.empty() || url.port.empty() || !digits)
    return refused;
  return url;
}

Result<std::string> http_get(const HttpUrl& url, const std::string& path,
                             std::chrono::milliseconds patience, const std::string& key) {
  if (key.find_first_of("\r\n") != std::string::npos)
    return invalid_input("an API key is one line");
  const auto bearer = key.empty() ? std::string() : "Authorization: Bearer " + key + "\r\n";
  OQ_TRY(const auto socket, connect_to(url, patience));
  OQ_TRY(const auto answer, exchange(*socket, url,
                                     "GET " + url.path + path + " HTTP/1.0\r\nHost: " + url.host
                                       + "\r\n" + bearer + "\r\n"));
  const auto end_of_head = answer.find("\r\n\r\n");
  const auto status = answer.substr(0, answer.find("\r\n"));
  if (end_of_head == std::string::npos || !status.starts_with("HTTP/1.")
      || status.find(" 200") == std::string::npos)
    return Error{Errc::unavailable, "the answer is \"" + status.substr(0, 80) + "\" and not 200 OK",
                 "http://" + url.host + ":" + url.port + url.path + path};
  return answer.substr(end_of_head + 4);
}

} // namespace oq::app
