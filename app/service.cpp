// Opens what a node needs, in the order in which failures are easiest to understand.
#include "app/service.hpp"

#include "actors/cluster_room.hpp"
#include "actors/file_engine_room.hpp"
#include "app/network.hpp"
#include "app/version.hpp"
#include "cache/open_cache.hpp"
#include "store/sql_cluster_store.hpp"
#include "store/sql_notice_store.hpp"
#include "store/sql_store.hpp"
#include "store/tag_store.hpp"
#include "store/user_store.hpp"

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

bool is_shared_database(const std::string& url) {
  return url.starts_with("postgresql://") || url.starts_with("postgres://");
}

// One database for several nodes: leases, takeovers, files of other nodes.
void join_cluster(const std::string& url, const std::filesystem::path& data_dir,
                  const NodeOptions& node, actors::ServiceOptions& options) {
  actors::ClusterOptions cluster;
  cluster.open_store = [url] {
    return store::open_cluster_store(url);
  };
  cluster.shared_data = node.shared_data;
  cluster.fetch_folder = data_dir / "incoming";
  cluster.on_superseded = node.on_superseded;
  actors::ClusterRoomSettings room;
  room.data_directory = data_dir;
  room.node = node.name;
  room.shared_data = cluster.shared_data;
  room.open_store = options.open_store;
  room.open_cluster = cluster.open_store;
  room.bring = cluster.bring;
  options.room = actors::make_cluster_room(options.room, room);
  options.cluster = std::move(cluster);
}

} // namespace

Result<std::string> database_of(const std::filesystem::path& folder, const std::string& url) {
  std::error_code error;
  const auto data_dir = std::filesystem::absolute(folder, error);
  std::filesystem::create_directories(data_dir, error);
  if (error)
    return Error{Errc::unavailable, "cannot make the data directory: " + error.message(),
                 data_dir.string()};
  return url.empty() ? "sqlite://" + (data_dir / "oq.sqlite").string() : url;
}

Result<std::unique_ptr<actors::Service>> start_service(const ServiceSettings& settings,
                                                       const NodeOptions& node) {
  OQ_TRY(const auto url, database_of(settings.data_dir, settings.database));
  const auto data_dir = std::filesystem::absolute(settings.data_dir);

  OQ_TRY(auto cache, cache::open_cache(settings.redis));
  actors::ServiceOptions options;
  options.node = node.name;
  options.is_gone = is_gone;
  options.open_store = [url] {
    return store::open_store(url);
  };
  options.room = actors::make_file_engine_room(
    {data_dir, kProduct, static_cast<double>(settings.memory), node.open_to_clients});
  options.seed_words = node.seed_words;
  options.cache = std::move(cache);

  options.workers = settings.workers;
  options.most_running = node.most_running;
  options.most_waiting = node.most_waiting;
  options.gauges = node.gauges;
  options.listen = node.listen;
  options.peers = node.peers;
  options.network = node.network;
  options.computes = node.computes;
  options.open_tags = [url] {
    return store::open_tag_store(url);
  };
  if (node.log_in)
    options.identities = actors::IdentityOptions{[url] {
                                                   return store::open_user_store(url);
                                                 },
                                                 *node.log_in};
  options.program = kProduct;
  options.log = program_log();
  if (node.notice_sender)
    options.notices = actors::NoticeOptions{[url] {
                                              return store::open_notice_store(url);
                                            },
                                            node.notice_sender};
  if (is_shared_database(url))
    join_cluster(url, data_dir, node, options);
  else if (!node.peers.empty())
    return invalid_input("several nodes need one database: give --database postgresql://…",
                         "--peers");
  if (settings.redis != "none")
    options.gauges->cache_up.set(0);
  return actors::Service::start(std::move(options));
}

} // namespace oq::app
