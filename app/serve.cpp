// `serve`: the REST service until a signal ends it.
#include "actors/service.hpp"
#include "app/commands.hpp"
#include "app/doorway.hpp"
#include "app/logging.hpp"
#include "app/network.hpp"
#include "app/notice_sender.hpp"
#include "app/service.hpp"
#include "app/signals.hpp"
#include "app/version.hpp"
#include "engine/base/json.hpp"
#include "engine/gsim/registry.hpp"
#include "engine/job/ini_defaults.hpp"
#include "http/routes/api.hpp"
#include "http/server.hpp"
#include "store/user_store.hpp"

#include <boost/json/array.hpp>
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <unistd.h>

namespace oq::app {
namespace {

struct ListenAddress {
  std::string host;
  std::uint16_t port = 0;
};

Result<ListenAddress> parse_listen(const std::string& text) {
  const auto colon = text.rfind(':');
  const auto refuse = [&] {
    return invalid_input("\"" + text + "\" is not HOST:PORT", "--listen");
  };
  if (colon == std::string::npos || colon == 0)
    return refuse();
  ListenAddress address{text.substr(0, colon), 0};
  const char* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data() + colon + 1, end, address.port);
  if (error != std::errc{} || stopped != end)
    return refuse();
  if (address.host.size() > 2 && address.host.front() == '[' && address.host.back() == ']')
    address.host = address.host.substr(1, address.host.size() - 2); // [::1]:8800
  return address;
}

std::chrono::milliseconds milliseconds(double seconds) {
  return std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000));
}

// A long poll is over before the request is.
std::chrono::milliseconds longest_wait(const ServeSettings& settings) {
  return milliseconds(std::min(50.0, 0.8 * settings.request_timeout));
}

bool is_strict(const ServeSettings& settings) {
  return settings.compat == "strict-2013";
}

std::string gsims_text() {
  boost::json::array names;
  for (const auto& name : engine::available_ground_motion_models())
    names.emplace_back(name);
  return json_text(names);
}

http::ServerOptions server_options(const ServeSettings& settings, const ListenAddress& address) {
  http::ServerOptions options;
  options.address = address.host;
  options.port = address.port;
  options.threads = settings.http_threads;
  options.name = kProduct;
  options.spool_folder = settings.service.data_dir / "spool";
  options.precedence = settings.realtime;
  options.limits.max_head = settings.max_head;
  options.limits.max_target = settings.max_target;
  options.limits.max_body = settings.max_body;
  options.limits.handler_time = milliseconds(settings.request_timeout);
  options.limits.max_connections = settings.max_connections;
  options.limits.max_in_flight = settings.max_in_flight;
  return options;
}

void measure_disk(const std::filesystem::path& data_dir, actors::Gauges& gauges) {
  std::error_code error;
  const auto space = std::filesystem::space(data_dir, error);
  if (error)
    return;
  gauges.disk_free.set(static_cast<std::int64_t>(space.available));
  gauges.disk_size.set(static_cast<std::int64_t>(space.capacity));
}

int refuse(const Error& error, int exit_code) {
  fmt::print(stderr, "error: {}\n", error.text());
  return exit_code;
}

Result<NodeOptions> node_options(const ServeSettings& settings) {
  NodeOptions node;
  node.name = settings.node.empty() ? host_name() : settings.node;
  node.most_running = settings.max_running;
  node.most_waiting = settings.max_queue;
  node.computes = !settings.no_local_workers;
  if (!settings.cluster_listen.empty()) {
    OQ_TRY(node.listen, actors::parse_address(settings.cluster_listen, "--cluster-listen"));
  }
  OQ_TRY(node.peers, actors::parse_addresses(settings.peers, "--peers"));
  OQ_TRY(node.network, network_settings(settings.tls, node.listen));
  node.notice_sender =
    make_notice_sender({settings.notify_private, settings.notify_secret, kProduct});
  node.shared_data = settings.shared_data;
  if (!settings.client_files.empty()) {
    std::error_code missing;
    node.open_to_clients = std::filesystem::canonical(settings.client_files, missing);
    if (missing)
      return invalid_input("there is no such folder", "--client-files");
  }
  if (is_strict(settings))
    node.seed_words = actors::Vocabulary::seed_strict;
  node.on_superseded = [] {
    spdlog::critical("another process has taken this node's name: stopping");
    ::kill(::getpid(), SIGTERM);
  };
  return node;
}

// Whether clients have to log in, and how; and that nobody serves the world by mistake.
Result<std::optional<actors::LogInRules>> log_in_rules(const ServeSettings& settings,
                                                       const ListenAddress& address) {
  OQ_TRY(const auto url, database_of(settings.service.data_dir, settings.service.database));
  OQ_TRY(const auto users, store::open_user_store(url));
  OQ_TRY(const auto all, users->users());
  OQ_TRY(const bool asks, asks_who(settings.access, address.host, !all.empty()));
  std::optional<actors::LogInRules> rules;
  if (!asks)
    return rules;
  if (all.empty())
    spdlog::warn("there are no users yet: nobody can log in");
  rules.emplace().lifetime =
    std::chrono::seconds(static_cast<std::int64_t>(settings.access.session_hours * 3600));
  return rules;
}

http::ApiSettings api_settings(const ServeSettings& settings, http::GuardSettings guard) {
  http::ApiSettings api;
  api.base_url = settings.base_url;
  api.engine_version = settings.engine_version;
  api.available_gsims = gsims_text();
  api.ini_defaults = json_text(engine::ini_defaults());
  api.owner = owner_name();
  api.precedence = settings.realtime;
  api.strict_2013 = is_strict(settings);
  api.longest_wait = longest_wait(settings);
  api.read_only = settings.access.read_only;
  api.guard = std::move(guard);
  return api;
}

int serve_until_signal(const ServeSettings& settings, const ListenAddress& address,
                       const NodeOptions& node, const TerminationSignals& signals) {
  const auto& gauges = node.gauges;
  auto guard = guard_settings(settings.access, settings.base_url);
  if (!guard)
    return refuse(guard.error(), 2);
  auto access_log = open_access_log(settings.access.access_log, settings.service.log_level);
  if (!access_log)
    return refuse(access_log.error(), 1);
  http::Telemetry telemetry(gauges);
  auto service = start_service(settings.service, node);
  if (!service)
    return refuse(service.error(), 1);
  telemetry.refresh_by([&] {
    (*service)->refresh_gauges();
    measure_disk(settings.service.data_dir, *gauges);
  });
  auto options = server_options(settings, address);
  options.access_log = *access_log;
  std::error_code ignored;
  std::filesystem::create_directories(options.spool_folder, ignored);
  auto api = std::make_shared<http::Api>((*service)->handles(),
                                         api_settings(settings, *std::move(guard)), telemetry);
  auto server = http::Server::start(options, std::move(api));
  if (!server)
    return refuse(server.error(), 1);
  telemetry.watch(**server);
  gauges->phase = actors::NodePhase::serving;
  fmt::print("{} listening on http://{}:{}\n", kProduct, address.host, (*server)->port());
  std::fflush(stdout);

  spdlog::info("stopping after signal {}", signals.wait());
  (*server)->drain(); // from here on clients are told to go elsewhere
  gauges->phase = actors::NodePhase::draining;
  (*service)->let_clients_go();
  signals.wait_for(milliseconds(settings.drain)); // a second signal ends the patience
  const auto grace = milliseconds(settings.grace);
  if (!(*server)->shutdown(grace))
    spdlog::warn("requests were cut off after {} s", settings.grace);
  (*service)->stop();
  return 0;
}

} // namespace

int serve(const ServeSettings& settings) {
  start_logging(settings.service.log_level);
  const auto address = parse_listen(settings.listen);
  if (!address)
    return refuse(address.error(), 2);
  auto node = node_options(settings);
  if (!node)
    return refuse(node.error(), 2);
  auto rules = log_in_rules(settings, *address);
  if (!rules)
    return refuse(rules.error(), rules.error().code == Errc::invalid_input ? 2 : 1);
  node->log_in = *std::move(rules);
  // Before any thread is made, so that all of them leave the signals to this one.
  const TerminationSignals signals;
  return serve_until_signal(settings, *address, *node, signals);
}

} // namespace oq::app
