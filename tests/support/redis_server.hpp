// RedisServer: a real redis-server on a private socket, to be killed, frozen and restarted by
// tests.
#pragma once

#include "support/temporary_folder.hpp"

#include <chrono>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace oq::testing {

class RedisServer {
public:
  static bool is_installed() { return std::system("command -v redis-server >/dev/null 2>&1") == 0; }

  RedisServer() { start(); }
  ~RedisServer() { kill(); }
  RedisServer(const RedisServer&) = delete;
  RedisServer& operator=(const RedisServer&) = delete;

  std::string socket() const { return (folder_ / "redis.sock").string(); }
  std::string url() const { return "unix://" + socket(); }

  // Returns when the server accepts connections; false when it never does.
  bool start() {
    process_ = ::fork();
    if (process_ == 0)
      run_server();
    for (int attempt = 0; attempt < 2000 && !accepts(); ++attempt)
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    return accepts();
  }
  // As if the machine's memory had run out: no farewell, the socket file stays.
  void kill() {
    if (process_ <= 0)
      return;
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
    process_ = -1;
  }
  void freeze() const { ::kill(process_, SIGSTOP); }
  void thaw() const { ::kill(process_, SIGCONT); }

private:
  [[noreturn]] void run_server() const {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    const int null = ::open("/dev/null", O_RDWR);
    ::dup2(null, STDIN_FILENO);
    ::dup2(null, STDOUT_FILENO);
    const auto folder = folder_.path().string();
    const auto path = socket();
    ::execlp("redis-server", "redis-server", "--port", "0", "--unixsocket", path.c_str(), "--save",
             "", "--appendonly", "no", "--dir", folder.c_str(), nullptr);
    ::_exit(127);
  }

  bool accepts() const {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, socket().c_str(), sizeof address.sun_path - 1);
    const int probe = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const bool connected =
      ::connect(probe, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    ::close(probe);
    return connected;
  }

  TemporaryFolder folder_;
  pid_t process_ = -1;
};

} // namespace oq::testing
