// Options of the program: flags, OQ_… environment variables and a TOML file, with one table of
// defaults.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace oq::app {

// How machines find each other and whom they trust.
struct TlsSettings {
  std::string certificate, key, authority; // PEM files; all of them or none
};

// What `serve` and `run` share: where calculations live and who computes them.
struct ServiceSettings {
  std::filesystem::path data_dir;            // one folder a calculation, and the embedded database
  std::string database;                      // URL; empty: sqlite in data_dir
  std::string redis = "none";                // URL or "none"
  std::size_t workers = 0;                   // 0: one a core
  std::size_t memory = std::size_t{4} << 30; // bytes, for the results of one calculation
  std::string log_level = "info";
};

// Who may do what with the service.
struct AccessSettings {
  bool open = false;       // everybody may do everything
  bool auth = false;       // nobody may without logging in, even before there are users
  bool read_only = false;  // nothing is run, aborted or removed
  std::string cors_origin; // ORIGIN,ORIGIN; empty: any
  std::string trusted_proxies = "127.0.0.1,::1";
  std::string access_log = "-"; // a file, "-" (standard error) or "none"
  double session_hours = 12;
};

struct ServeSettings {
  ServiceSettings service;
  AccessSettings access;
  std::string listen = "127.0.0.1:8800";
  std::string base_url; // of the links in answers; empty: from the request's Host
  std::size_t http_threads = 2;
  std::string node; // name of this node; empty: the host's
  std::string engine_version = "3.24.0-oqes";
  std::string compat;                 // "strict-2013", or empty
  std::filesystem::path client_files; // whose files clients may name; empty: none
  std::size_t max_running = 2;        // calculations computing at the same time
  std::size_t max_queue = 1000;       // calculations waiting for their turn
  std::size_t max_connections = 10'000;
  std::size_t max_in_flight = 20'000;
  std::size_t max_head = 16 * 1024;  // bytes of request line and headers
  std::size_t max_target = 8 * 1024; // bytes
  std::size_t max_body = std::size_t{1} << 30;
  double request_timeout = 60; // seconds until an unanswered request is a 504
  bool realtime = false;       // threads that answer ask for a real-time priority
  bool notify_private = false; // addresses of our own network may be told too
  std::string notify_secret;   // signs notices; empty: they are not signed
  double drain = 0;            // seconds between the signal and the end of listening
  double grace = 10;           // seconds given to running requests at shutdown
  std::string cluster_listen;  // HOST:PORT for workers and other nodes; empty: nowhere
  std::string peers;           // HOST:PORT,HOST:PORT
  bool shared_data = false;    // the data directory is the same on all nodes
  TlsSettings tls;
  bool no_local_workers = false; // only joined workers compute
};

struct WorkerSettings {
  std::string join;                          // HOST:PORT of a node's cluster port
  std::size_t threads = 0;                   // 0: one a core
  std::string name;                          // empty: the host's
  std::filesystem::path scratch;             // for inputs; empty: the system's temporary folder
  std::size_t memory = std::size_t{4} << 30; // bytes, for the results of one calculation
  std::string log_level = "info";
  TlsSettings tls;
};

struct RunSettings {
  ServiceSettings service;
  std::vector<std::filesystem::path> inis; // hazard, then risk
  std::optional<long> hazard_calculation;
  std::vector<std::string> exports;
  std::filesystem::path output = ".";
  bool quiet = false;
};

struct CheckSettings {
  std::filesystem::path ini;
  bool has_hazard = false;
};

struct ClusterSettings {
  std::string url = "http://127.0.0.1:8800"; // of any node
};

struct UserSettings {
  enum class Action { list, add, change, passwd, remove, key_add, key_list, key_remove };
  Action action = Action::list;
  std::filesystem::path data_dir;
  std::string database; // as of the service
  std::string name;
  std::optional<long> level;
  std::optional<bool> superuser, disabled;
  std::optional<std::string> groups; // GROUP,GROUP
  bool without_password = false;
  std::string key_label;
  long key_days = 0; // 0: for ever
  long key = 0;
};

enum class Command { none, serve, run, worker, check, cluster, user, gsims, version };

struct Settings {
  Command command = Command::none;
  ServeSettings serve;
  RunSettings run;
  WorkerSettings worker;
  CheckSettings check;
  ClusterSettings cluster;
  UserSettings user;
};

// Where calculations live when nobody says: $XDG_DATA_HOME or ~/.local/share, then
// oq-engine-server.
std::filesystem::path default_data_dir();

// Declares every command and option on `parser`; parsing it fills `settings`.
void declare(CLI::App& parser, Settings& settings);

} // namespace oq::app
