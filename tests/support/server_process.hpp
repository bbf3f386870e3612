// ServerProcess: the real program, serving on a free port of 127.0.0.1.
#pragma once

#include "support/child_process.hpp"

#include <arpa/inet.h>
#include <cstdint>
#include <memory>
#include <netinet/in.h>
#include <sys/socket.h>

namespace oq::testing {

inline std::uint16_t free_port() {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  const bool found = ::bind(fd, reinterpret_cast<const sockaddr*>(&address), size) == 0
                     && ::getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) == 0;
  ::close(fd);
  if (!found)
    throw std::runtime_error("no free port");
  return ntohs(address.sin_port);
}

inline bool listens(std::uint16_t port) {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  const bool connected =
    ::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0;
  ::close(fd);
  return connected;
}

class ServerProcess {
public:
  ServerProcess(std::string program, const std::filesystem::path& folder,
                std::vector<std::string> options)
    : port_(free_port()), log_(folder / "server.log") {
    command_ = {std::move(program), "serve", "--listen", host()};
    command_.insert(command_.end(), options.begin(), options.end());
    start();
  }

  // Starts, or starts again at the same address.
  void start() {
    process_ = std::make_unique<ChildProcess>(command_, log_);
    const bool ready = eventually([this] {
      return !process_->alive() || listens(port_);
    });
    if (!ready || !process_->alive())
      throw std::runtime_error("the server did not start, see " + log_.string());
  }
  // As a power cut would.
  void kill() {
    process_->signal(SIGKILL);
    process_->wait();
  }
  // As an administrator would; returns the exit code.
  int terminate() { return process_->terminate(); }

  std::uint16_t port() const { return port_; }
  std::string host() const { return "127.0.0.1:" + std::to_string(port_); }
  std::string base() const { return "http://" + host(); }
  const std::filesystem::path& log() const { return log_; }
  ChildProcess& process() { return *process_; }

private:
  std::uint16_t port_;
  std::filesystem::path log_;
  std::vector<std::string> command_;
  std::unique_ptr<ChildProcess> process_;
};

} // namespace oq::testing
