// The command line, declared once; CLI11 adds environment variables and the TOML file.
#include "app/options.hpp"

#include "app/user_options.hpp"

#include <CLI/CLI.hpp>

#include <cstdlib>

namespace oq::app {
namespace {

// An option with its environment variable: --data-dir is also OQ_DATA_DIR.
template <class T>
CLI::Option* add(CLI::App& command, const std::string& flag, T& value, const std::string& help) {
  std::string variable = "OQ" + flag.substr(1); // "--data-dir" -> "OQ-data-dir"
  for (char& c : variable)
    c = c == '-' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return command.add_option(flag, value, help)->envname(variable)->capture_default_str();
}

void declare_service(CLI::App& command, ServiceSettings& settings) {
  add(command, "--data-dir", settings.data_dir,
      "folder of the calculations and of the embedded database");
  add(command, "--database", settings.database,
      "sqlite:///FILE or postgresql://…; default: oq.sqlite in the data directory");
  add(command, "--workers", settings.workers, "calculation threads; 0: one a core");
  add(command, "--memory", settings.memory,
      "what the results of one calculation may take (for instance 8GiB); larger jobs go in tiles")
    ->transform(CLI::AsSizeValue(false));
  add(command, "--log-level", settings.log_level, "what is written to standard error")
    ->check(CLI::IsMember({"debug", "info", "warning", "error"}));
}

void declare_tls(CLI::App& command, TlsSettings& settings) {
  add(command, "--tls-cert", settings.certificate, "this machine's certificate (PEM)");
  add(command, "--tls-key", settings.key, "its private key (PEM)");
  add(command, "--tls-ca", settings.authority, "the authority that signed all certificates (PEM)");
}

void declare_access(CLI::App& command, AccessSettings& settings) {
  command
    .add_flag("--open", settings.open,
              "whoever reaches the service may do everything, off loopback too")
    ->envname("OQ_OPEN");
  command
    .add_flag("--auth", settings.auth,
              "clients have to log in; the default as soon as there are users")
    ->envname("OQ_AUTH");
  command
    .add_flag("--read-only", settings.read_only, "nothing can be run, aborted or removed (404)")
    ->envname("OQ_READ_ONLY");
  add(command, "--cors-origin", settings.cors_origin,
      "ORIGIN,ORIGIN: sites whose pages may read answers; default: any");
  add(command, "--trusted-proxies", settings.trusted_proxies,
      "ADDRESS,NETWORK/BITS: proxies whose X-Forwarded-For and -Proto are believed");
  add(command, "--access-log", settings.access_log,
      "a line for every request to a file, - (standard error) or none");
  add(command, "--session-hours", settings.session_hours, "how long a login lasts")
    ->check(CLI::PositiveNumber);
}

void declare_serve(CLI::App& command, ServeSettings& settings) {
  declare_access(command, settings.access);
  declare_service(command, settings.service);
  add(command, "--listen", settings.listen, "HOST:PORT to listen on; port 0 takes a free one");
  add(command, "--redis", settings.service.redis, "redis://HOST:PORT, unix:///SOCKET or none");
  add(command, "--base-url", settings.base_url,
      "start of the links in answers; default: the request's Host");
  add(command, "--http-threads", settings.http_threads, "threads that serve connections")
    ->check(CLI::Range(1, 256));
  add(command, "--node", settings.node,
      "name of this node, the owner of what it runs; default: the host's name");
  add(
    command, "--engine-version", settings.engine_version,
    "what /v1/engine_version answers: clients compare the numbers before the dash with their own");
  add(command, "--compat", settings.compat,
      "strict-2013: the founding lists know only the states of 2013, and an empty one is a 404")
    ->check(CLI::IsMember({"", "strict-2013"}));
  add(command, "--client-files", settings.client_files,
      "folder whose files clients may name instead of sending them (run_ini, on_same_fs); default: "
      "none");
  add(command, "--max-running", settings.max_running, "calculations that compute at the same time")
    ->check(CLI::Range(1, 1000));
  add(command, "--max-queue", settings.max_queue,
      "calculations that may wait for their turn (503 beyond)");
  add(command, "--max-connections", settings.max_connections, "clients connected at the same time");
  add(command, "--max-in-flight", settings.max_in_flight,
      "requests that may wait for their answers (503 beyond)")
    ->check(CLI::Range(1, 10'000'000));
  add(command, "--max-head", settings.max_head, "largest request line and headers (431)")
    ->transform(CLI::AsSizeValue(false));
  add(command, "--max-target", settings.max_target, "longest request target (414)")
    ->transform(CLI::AsSizeValue(false));
  add(command, "--max-body", settings.max_body, "largest request body (413)")
    ->transform(CLI::AsSizeValue(false));
  add(command, "--request-timeout", settings.request_timeout,
      "seconds until a request without an answer is a 504");
  command
    .add_flag("--realtime", settings.realtime,
              "threads that answer ask for real-time priority: computing delays no poll")
    ->envname("OQ_REALTIME");
  add(
    command, "--notify-secret", settings.notify_secret,
    "key of the signature of notices (notify_to, callback_url); better given as OQ_NOTIFY_SECRET");
  command
    .add_flag("--notify-private", settings.notify_private,
              "notices may go to loopback and private addresses too")
    ->envname("OQ_NOTIFY_PRIVATE");
  add(command, "--drain", settings.drain,
      "seconds to go on serving after a signal, not ready and closing connections after answers");
  add(command, "--grace", settings.grace, "seconds that requests get to finish at shutdown");
  add(command, "--cluster-listen", settings.cluster_listen,
      "HOST:PORT where workers and other nodes enter; off loopback only with --tls-cert, --tls-key "
      "and --tls-ca");
  declare_tls(command, settings.tls);
  add(command, "--peers", settings.peers,
      "cluster addresses of the other nodes, HOST:PORT,HOST:PORT; all need the same PostgreSQL");
  command
    .add_flag("--shared-data", settings.shared_data,
              "the data directory is one that every node mounts")
    ->envname("OQ_SHARED_DATA");
  command
    .add_flag("--no-local-workers", settings.no_local_workers,
              "only workers that joined compute, none of this machine")
    ->envname("OQ_NO_LOCAL_WORKERS");
}

void declare_worker(CLI::App& command, WorkerSettings& settings) {
  add(command, "--join", settings.join, "HOST:PORT, a node's --cluster-listen")->required();
  add(command, "--threads", settings.threads, "calculation threads; 0: one a core")
    ->check(CLI::Range(0, 1024));
  add(command, "--name", settings.name, "name in the node's log; default: the host's name");
  add(command, "--scratch", settings.scratch,
      "folder for inputs while they are needed; default: the system's temporary folder");
  add(command, "--memory", settings.memory,
      "what the results of one calculation may take; tasks of larger jobs are declined")
    ->transform(CLI::AsSizeValue(false));
  declare_tls(command, settings.tls);
  add(command, "--log-level", settings.log_level, "what is written to standard error")
    ->check(CLI::IsMember({"debug", "info", "warning", "error"}));
}

void declare_run(CLI::App& command, RunSettings& settings) {
  declare_service(command, settings.service);
  command
    .add_option("ini", settings.inis, "job.ini; a second one starts from the results of the first")
    ->required()
    ->expected(1, 2)
    ->check(CLI::ExistingFile);
  command.add_option("--hc", settings.hazard_calculation,
                     "id of the hazard calculation to start from");
  command.add_option("--exports", settings.exports, "formats to export, for instance csv,xml")
    ->delimiter(',');
  command.add_option("--output", settings.output, "folder for the exported files")
    ->capture_default_str();
  command.add_flag("--quiet", settings.quiet, "no progress bar");
}

} // namespace

std::filesystem::path default_data_dir() {
  if (const char* home = std::getenv("XDG_DATA_HOME"); home && *home)
    return std::filesystem::path(home) / "oq-engine-server";
  const char* home = std::getenv("HOME");
  return std::filesystem::path(home && *home ? home : "/tmp") / ".local/share/oq-engine-server";
}

void declare(CLI::App& parser, Settings& settings) {
  settings.serve.service.data_dir = settings.run.service.data_dir = settings.user.data_dir =
    default_data_dir();
  settings.run.service.log_level = "warning";
  parser.require_subcommand(1);
  parser.fallthrough();
  // CLI11 reads the file before the environment, so that an envname() would come too late.
  const char* config = std::getenv("OQ_CONFIG");
  parser.set_config("--config", config ? config : "",
                    "TOML file with the same options, a [table] a command (also OQ_CONFIG)",
                    config && *config);

  auto* serve = parser.add_subcommand("serve", "answer the REST API and run what it is given");
  declare_serve(*serve, settings.serve);
  serve->callback([&settings] {
    settings.command = Command::serve;
  });

  auto* run = parser.add_subcommand("run", "run one calculation and export its results");
  declare_run(*run, settings.run);
  run->callback([&settings] {
    settings.command = Command::run;
  });

  auto* worker = parser.add_subcommand("worker", "lend this machine's cores to a node that serves");
  declare_worker(*worker, settings.worker);
  worker->callback([&settings] {
    settings.command = Command::worker;
  });

  auto* check =
    parser.add_subcommand("check", "read and check every input of a job without running it");
  check->add_option("ini", settings.check.ini, "job.ini")->required()->check(CLI::ExistingFile);
  check->add_flag("--has-hazard", settings.check.has_hazard,
                  "the hazard is there already: a risk job");
  check->callback([&settings] {
    settings.command = Command::check;
  });

  auto* cluster = parser.add_subcommand("cluster", "what one node knows of all: who runs what");
  add(*cluster, "--url", settings.cluster.url, "a node's address");
  cluster->callback([&settings] {
    settings.command = Command::cluster;
  });

  declare_user(*parser.add_subcommand("user", "who may log in, and the API keys of programs"),
               settings);
  parser.add_subcommand("gsims", "names of the ground-motion models")->callback([&settings] {
    settings.command = Command::gsims;
  });
  parser.add_subcommand("version", "version of the program")->callback([&settings] {
    settings.command = Command::version;
  });
}

} // namespace oq::app
