// PostgresProcess: a real PostgreSQL server of its own, to be stopped, frozen and restarted by
// tests.
#pragma once

#include "support/child_process.hpp"
#include "support/server_process.hpp"
#include "support/temporary_folder.hpp"

#include <algorithm>
#include <fstream>
#include <memory>
#include <pwd.h>
#include <sys/stat.h>

namespace oq::testing {

// The server refuses to run as root: then it runs as the package's own user. Without that user, or
// without the package, is_installed() is false.
class PostgresProcess {
public:
  static bool is_installed() { return !programs().empty() && (::geteuid() != 0 || account()); }

  PostgresProcess() : port_(free_port()) {
    give(folder_.path());
    run("initdb", {"--pgdata", data(), "--auth=trust", "--username=oq", "--encoding=UTF8",
                   "--locale=C", "--no-sync", "--no-instructions"});
    start();
  }
  ~PostgresProcess() {
    thaw();
    stop();
  }
  PostgresProcess(const PostgresProcess&) = delete;
  PostgresProcess& operator=(const PostgresProcess&) = delete;

  // Of the database that comes with the server, or of another one.
  std::string url(const std::string& database = "postgres") const {
    return "postgresql://oq@127.0.0.1:" + std::to_string(port_) + "/" + database;
  }
  std::uint16_t port() const { return port_; }
  std::filesystem::path log() const { return folder_ / "postgres.log"; }

  // The URL of a new, empty database.
  std::string fresh_database() {
    const auto name = "fresh_" + std::to_string(++databases_);
    execute("CREATE DATABASE " + name);
    return url(name);
  }
  // Runs one statement through psql, as another program would; throws when it fails.
  void execute(const std::string& statement, const std::string& database = "postgres") {
    run("psql",
        {"--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--host=127.0.0.1",
         "--port=" + std::to_string(port_), "--username=oq", "--command=" + statement, database});
  }

  // Returns when the server takes connections. fsync is off: no test cuts the machine's power.
  void start() {
    process_ = spawn("postgres", {"-D", data(), "-k", folder_.path().string(), "-p",
                                  std::to_string(port_), "-c", "listen_addresses=127.0.0.1", "-c",
                                  "fsync=off", "-c", "max_connections=200"});
    const bool ready = eventually(
      [this] {
        return !process_->alive() || answers();
      },
      std::chrono::seconds(60));
    if (!ready || !process_->alive())
      throw std::runtime_error("PostgreSQL does not start, see " + log().string());
  }
  // Connections are cut at once; what was committed stays.
  void stop() {
    process_->signal(SIGINT);
    if (!eventually(
          [this] {
            return !process_->alive();
          },
          std::chrono::seconds(20)))
      kill();
  }
  void restart() {
    stop();
    start();
  }
  // As if the memory had run out: the server and all of its processes at once.
  void kill() {
    signal_all(SIGKILL);
    process_->wait();
  }
  // No process of the server does anything; its connections stay open.
  void freeze() { signal_all(SIGSTOP); }
  void thaw() { signal_all(SIGCONT); }

private:
  static const passwd* account() { return ::getpwnam("postgres"); }

  // The folder of the newest version's programs.
  static std::filesystem::path programs() {
    std::filesystem::path newest;
    std::error_code ignored;
    for (const auto& version : std::filesystem::directory_iterator("/usr/lib/postgresql", ignored))
      if (std::filesystem::exists(version.path() / "bin/initdb"))
        newest = std::max(newest, version.path() / "bin");
    return newest;
  }

  std::string data() const { return (folder_ / "data").string(); }

  static void give(const std::filesystem::path& path) {
    if (::geteuid() == 0 && ::chown(path.c_str(), account()->pw_uid, account()->pw_gid) != 0)
      throw std::runtime_error("cannot give " + path.string() + " away");
  }

  std::unique_ptr<ChildProcess> spawn(const std::string& program,
                                      const std::vector<std::string>& arguments) const {
    std::vector<std::string> command;
    if (::geteuid() == 0)
      command = {"setpriv",       "--reuid=postgres",   "--regid=postgres",
                 "--init-groups", "--pdeathsig=SIGINT", "--"};
    command.push_back((programs() / program).string());
    command.insert(command.end(), arguments.begin(), arguments.end());
    return std::make_unique<ChildProcess>(command, log());
  }
  void run(const std::string& program, const std::vector<std::string>& arguments) const {
    if (spawn(program, arguments)->wait() != 0)
      throw std::runtime_error(program + " failed, see " + log().string() + ":\n"
                               + file_text(log()));
  }
  bool answers() const {
    return spawn("pg_isready", {"--quiet", "--host=127.0.0.1", "--port=" + std::to_string(port_)})
             ->wait()
           == 0;
  }

  void signal_all(int number) const {
    const auto pid = std::to_string(process_->pid());
    std::ifstream children("/proc/" + pid + "/task/" + pid + "/children");
    process_->signal(number); // first: it must not start another
    for (pid_t child = 0; children >> child;)
      ::kill(child, number);
  }

  TemporaryFolder folder_;
  std::uint16_t port_;
  std::unique_ptr<ChildProcess> process_;
  int databases_ = 0;
};

// One server for all tests of a program, or null where PostgreSQL is not installed.
inline PostgresProcess* shared_postgres() {
  static const auto server =
    PostgresProcess::is_installed() ? std::make_unique<PostgresProcess>() : nullptr;
  return server.get();
}

} // namespace oq::testing
