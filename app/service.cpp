// Opens what a node needs, in the order in which failures are easiest to understand.
#include "app/service.hpp"

#include "actors/file_engine_room.hpp"
#include "app/version.hpp"
#include "cache/open_cache.hpp"
#include "store/sql_store.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <pwd.h>
#include <unistd.h>

namespace oq::app {
namespace {

constexpr const char* kRun = ":run:";

} // namespace

std::string host_name() {
  std::array<char, 256> name{};
  return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "localhost";
}

std::string owner_name() {
  const passwd* user = ::getpwuid(::geteuid());
  return (user ? std::string(user->pw_name) : std::to_string(::geteuid())) + "@" + host_name();
}

std::string run_node_name() {
  return host_name() + kRun + std::to_string(::getpid());
}

namespace {

// A `run` of this machine whose process has ended; services are never given up here.
bool is_gone(const std::string& node) {
  const auto prefix = host_name() + kRun;
  if (!node.starts_with(prefix))
    return false;
  const auto process = std::strtol(node.c_str() + prefix.size(), nullptr, 10);
  return process > 0 && ::kill(static_cast<pid_t>(process), 0) != 0 && errno == ESRCH;
}

} // namespace

Result<std::unique_ptr<actors::Service>> start_service(const ServiceSettings& settings,
                                                       const NodeOptions& node) {
  std::error_code error;
  const auto data_dir = std::filesystem::absolute(settings.data_dir, error);
  std::filesystem::create_directories(data_dir, error);
  if (error)
    return Error{Errc::unavailable, "cannot make the data directory: " + error.message(),
                 data_dir.string()};
  const auto url =
    settings.database.empty() ? "sqlite://" + (data_dir / "oq.sqlite").string() : settings.database;

  OQ_TRY(auto cache, cache::open_cache(settings.redis));
  actors::ServiceOptions options;
  options.node = node.name;
  options.is_gone = is_gone;
  options.open_store = [url] {
    return store::open_store(url);
  };
  options.room =
    actors::make_file_engine_room({data_dir, kProduct, static_cast<double>(settings.memory)});
  options.cache = std::move(cache);

  options.workers = settings.workers;
  options.most_running = node.most_running;
  options.most_waiting = node.most_waiting;
  options.gauges = node.gauges;
  if (settings.redis != "none")
    options.gauges->cache_up.set(0);
  return actors::Service::start(std::move(options));
}

} // namespace oq::app
