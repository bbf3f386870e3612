// RedisProcess: a real redis-server on a private unix socket, to be killed, frozen and restarted by
// tests.
#pragma once

#include "support/child_process.hpp"
#include "support/temporary_folder.hpp"

#include <cstdlib>
#include <cstring>
#include <memory>
#include <optional>
#include <sys/socket.h>
#include <sys/un.h>

namespace oq::testing {

class RedisProcess {
public:
  static bool is_installed() { return std::system("command -v redis-server >/dev/null 2>&1") == 0; }

  // In a folder of its own.
  RedisProcess() : own_folder_(std::in_place), folder_(own_folder_->path()) { start(); }
  explicit RedisProcess(const std::filesystem::path& folder) : folder_(folder) { start(); }

  std::string url() const { return "unix://" + socket().string(); }
  std::filesystem::path socket() const { return folder_ / "redis.sock"; }

  // Returns when the server answers.
  void start() {
    process_ = std::make_unique<ChildProcess>(
      std::vector<std::string>{"redis-server", "--port", "0", "--unixsocket", socket().string(),
                               "--save", "", "--appendonly", "no", "--dir", folder_.string()},
      folder_ / "redis.log");
    if (!eventually(
          [this] {
            return answers();
          },
          std::chrono::seconds(20)))
      throw std::runtime_error("redis-server does not answer, see "
                               + (folder_ / "redis.log").string());
  }
  // As if the machine's memory had run out: no farewell, the socket file stays.
  void kill() {
    process_->signal(SIGKILL);
    process_->wait();
  }
  void freeze() { process_->signal(SIGSTOP); }
  void thaw() { process_->signal(SIGCONT); }

private:
  bool answers() const {
    const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, socket().c_str(), sizeof(address.sun_path) - 1);
    char reply[7] = {};
    const bool pong =
      ::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0
      && ::send(fd, "PING\r\n", 6, MSG_NOSIGNAL) == 6 && ::recv(fd, reply, 7, MSG_WAITALL) == 7
      && std::strncmp(reply, "+PONG", 5) == 0;
    ::close(fd);
    return pong;
  }

  std::optional<TemporaryFolder> own_folder_;
  std::filesystem::path folder_;
  std::unique_ptr<ChildProcess> process_;
};

} // namespace oq::testing
