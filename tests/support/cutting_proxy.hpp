// CuttingProxy: stands between a client and a server and cuts the line after a chosen request, so
// that its answer is lost.
#pragma once

#include "support/server_process.hpp"

#include <atomic>
#include <netinet/in.h>
#include <poll.h>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace oq::testing {

class CuttingProxy {
public:
  explicit CuttingProxy(std::uint16_t server) : server_(server) {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof(address);
    if (::bind(listener_, reinterpret_cast<const sockaddr*>(&address), size) != 0
        || ::listen(listener_, 8) != 0
        || ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) != 0)
      throw std::runtime_error("the proxy cannot listen");
    port_ = ntohs(address.sin_port);
    thread_ = std::jthread([this](const std::stop_token& stop) {
      while (!stop.stop_requested())
        if (readable(listener_))
          serve(::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC), stop);
    });
  }
  ~CuttingProxy() {
    thread_.request_stop();
    thread_.join();
    ::close(listener_);
  }
  CuttingProxy(const CuttingProxy&) = delete;
  CuttingProxy& operator=(const CuttingProxy&) = delete;

  std::uint16_t port() const { return port_; }
  // Once: of the request after the one that holds `word` the server's answer is swallowed, and the
  // line is cut.
  void cut_after(std::string_view word) {
    word_ = word;
    armed_ = true;
  }
  bool has_cut() const { return has_cut_; }

private:
  static sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    return address;
  }
  static bool readable(int socket) {
    pollfd wanted{socket, POLLIN, 0};
    return ::poll(&wanted, 1, 20) > 0;
  }
  // What was there; empty at the end of the stream.
  static std::string pass(int from, int to) {
    std::string bytes(1 << 16, '\0');
    const auto got = ::recv(from, bytes.data(), bytes.size(), 0);
    bytes.resize(static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    if (to >= 0 && !bytes.empty()
        && ::send(to, bytes.data(), bytes.size(), MSG_NOSIGNAL) != std::ssize(bytes))
      bytes.clear();
    return bytes;
  }

  // One client at a time.
  void serve(int client, const std::stop_token& stop) {
    const int server = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const auto address = loopback(server_);
    bool open =
      ::connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
    bool word_seen = false;
    while (open && !stop.stop_requested()) {
      if (readable(server))
        open = !pass(server, client).empty();
      if (!open || !readable(client))
        continue;
      const auto request = pass(client, server);
      open = !request.empty();
      if (word_seen && open) {
        pass(server, -1); // it has done what it was asked
        has_cut_ = true;
        break;
      }
      word_seen = armed_ && request.find(word_) != std::string::npos;
      armed_ = armed_ && !word_seen;
    }
    ::close(client);
    ::close(server);
  }

  std::uint16_t server_, port_ = 0;
  int listener_ = -1;
  std::string word_;
  std::atomic<bool> armed_ = false, has_cut_ = false;
  std::jthread thread_;
};

} // namespace oq::testing
