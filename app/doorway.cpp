// Decided once, before anybody can ask.
#include "app/doorway.hpp"

#include "app/split.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace oq::app {
namespace {

bool is_loopback(const std::string& host) {
  return host.starts_with("127.") || host == "::1" || host == "localhost";
}

void write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR)
      continue;
    if (written <= 0)
      return; // a full disk must not stop the service
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

// A file that is opened again when it was renamed, as log rotation does.
class LogFile {
public:
  explicit LogFile(std::string path) : path_(std::move(path)) { open(); }
  ~LogFile() { close(); }
  LogFile(const LogFile&) = delete;
  LogFile& operator=(const LogFile&) = delete;

  bool is_open() const { return fd_ >= 0; }
  void write(std::string_view lines) {
    struct stat there {};
    struct stat ours {};
    if (::stat(path_.c_str(), &there) != 0 || ::fstat(fd_, &ours) != 0
        || there.st_ino != ours.st_ino || there.st_dev != ours.st_dev) {
      close();
      open();
    }
    if (is_open())
      write_all(fd_, lines);
  }

private:
  void open() {
    // Who asked for what is not everybody's business.
    constexpr mode_t kOwnerAndGroup = 0640;
    fd_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, kOwnerAndGroup);
  }
  void close() {
    if (fd_ >= 0)
      ::close(fd_);
    fd_ = -1;
  }
  std::string path_;
  int fd_ = -1;
};

// "https://host[:port]" of a URL.
std::string origin_of(const std::string& url) {
  const auto scheme = url.find("://");
  return scheme == url.npos ? std::string() : url.substr(0, url.find('/', scheme + 3));
}

bool is_origin(const std::string& text) {
  const bool has_scheme = text.starts_with("https://") || text.starts_with("http://");
  const bool is_plain = text.find_first_of(" \t\r\n\"\\@?#*") == text.npos;
  return has_scheme && is_plain && text == origin_of(text) && !text.ends_with("://");
}

} // namespace

Result<bool> asks_who(const AccessSettings& access, const std::string& listen_host,
                      bool has_users) {
  if (access.open && access.auth)
    return invalid_input("--open and --auth exclude each other");
  if (access.open)
    return false;
  if (access.auth || has_users)
    return true;
  if (is_loopback(listen_host))
    return false;
  return invalid_input(
    "there are no users: whoever reaches " + listen_host
      + " could do everything. Add one with `oq-engine-server user add NAME` (and the same "
        "--data-dir or --database), or say --open if that is meant",
    "--listen");
}

Result<http::GuardSettings> guard_settings(const AccessSettings& access,
                                           const std::string& base_url) {
  http::GuardSettings settings;
  settings.origins = split(access.cors_origin);
  for (const auto& origin : settings.origins)
    if (!is_origin(origin))
      return invalid_input("\"" + origin + "\" is not an origin such as https://maps.example.org",
                           "--cors-origin");
  OQ_TRY(settings.proxies, http::TrustedProxies::parse(split(access.trusted_proxies)));
  settings.own_origin = origin_of(base_url);
  return settings;
}

Result<std::shared_ptr<http::AccessLog>> open_access_log(const std::string& where,
                                                         const std::string& level) {
  using Log = std::shared_ptr<http::AccessLog>;
  if (where == "none" || (where == "-" && (level == "warning" || level == "error")))
    return Log();
  if (where == "-")
    return Log(std::make_shared<http::AccessLog>([](std::string_view lines) {
      write_all(STDERR_FILENO, lines);
    }));
  auto file = std::make_shared<LogFile>(where);
  if (!file->is_open())
    return Error{Errc::unavailable,
                 std::string("cannot open the access log: ") + std::strerror(errno), where};
  return Log(std::make_shared<http::AccessLog>([file](std::string_view lines) {
    file->write(lines);
  }));
}

} // namespace oq::app
