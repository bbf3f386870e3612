// Wiring: which actor runs where, and who knows whom.
#include "actors/service.hpp"

#include "actors/calculations.hpp"
#include "actors/catalog.hpp"

#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/scoped_actor.hpp>
#include <caf/send.hpp>

#include <thread>

namespace oq::actors {
namespace {

struct Config : caf::actor_system_config {
  explicit Config(const ServiceOptions& options) {
    set("scheduler.policy", caf::atom("sharing"));
    set("scheduler.max-threads", options.scheduler_threads);
    set("logger.file-verbosity", caf::atom("quiet"));
    set("logger.console-verbosity", caf::atom("quiet"));
  }
};

struct Unfinished {
  RecordPtr record;
  std::int64_t log_rows = 0;
};

// What the store knows when the service starts.
struct Found {
  RecordsPtr all;
  std::vector<Unfinished> ours;      // to be run again
  std::vector<Unfinished> abandoned; // of nodes that are gone
};

Result<std::vector<Unfinished>> with_log_sizes(const store::CalculationStore& store,
                                               std::vector<store::CalculationRecord> records) {
  std::vector<Unfinished> out;
  for (auto& record : records) {
    OQ_TRY(const auto rows, store.log_size(record.id));
    out.push_back({std::make_shared<const store::CalculationRecord>(std::move(record)), rows});
  }
  return out;
}

std::vector<store::CalculationRecord>
left_by_the_gone(const std::vector<store::CalculationRecord>& all, const ServiceOptions& options) {
  std::vector<store::CalculationRecord> out;
  for (const auto& record : all)
    if (is_live(parse_state(record.status).value_or(State::failed)) && record.node != options.node
        && options.is_gone && options.is_gone(record.node))
      out.push_back(record);
  return out;
}

Result<Found> look_around(const ServiceOptions& options) {
  OQ_TRY(auto store, options.open_store());
  Found found;
  store::ListFilter everything;
  everything.limit = -1;
  everything.ascending = true;
  OQ_TRY(auto all, store->list(everything));
  OQ_TRY(auto ours, store->unfinished(options.node));
  OQ_TRY(found.ours, with_log_sizes(*store, std::move(ours)));
  OQ_TRY(found.abandoned, with_log_sizes(*store, left_by_the_gone(all, options)));
  found.all = std::make_shared<const std::vector<store::CalculationRecord>>(std::move(all));
  return found;
}

std::size_t cores() {
  return std::max(1u, std::thread::hardware_concurrency());
}

} // namespace

struct Service::Parts {
  explicit Parts(ServiceOptions given)
    : options(std::move(given)), config(options), system(config) {}

  void spawn();
  void spawn_workers();
  CalculationPeers calculation_peers() const;
  void load(const Found& found);
  void stop();

  ServiceOptions options;
  Config config;
  caf::actor_system system;
  Recorder recorder;
  CacheLink cache;
  Catalog catalog;
  std::vector<Archive> archives;
  Workforce workforce;
  Intake intake;
  Exporter exporter;
  Calculations calculations;
  Handles handles;
  bool stopped = false;
};

void Service::Parts::spawn() {
  recorder = system.spawn<caf::detached>(
    [gauges = options.gauges](Recorder::stateful_pointer<RecorderState> self, StoreFactory open) {
      self->state.gauges = gauges;
      return actors::recorder(self, std::move(open));
    },
    options.open_store);
  cache = system.spawn(
    [gauges = options.gauges](CacheLink::stateful_pointer<CacheLinkState> self,
                              std::shared_ptr<cache::SummaryCache> summaries) {
      self->state.gauges = gauges;
      return actors::cache_link(self, std::move(summaries));
    },
    options.cache);
  catalog = system.spawn(actors::catalog, options.seed_words);
  for (std::size_t i = 0; i < std::max<std::size_t>(options.archives, 1); ++i) {
    archives.push_back(system.spawn<caf::detached>(
      actors::archive, ArchivePeers{options.open_store, options.room, recorder, cache, catalog}));
    caf::anon_send(cache, observe_atom::value, ChangeObserver(archives.back()));
  }
  spawn_workers();
  intake = system.spawn<caf::detached>(actors::intake, options.room, recorder, options.node);
  exporter = system.spawn<caf::detached>(actors::exporter, options.open_store, options.room);
  CalculationsPeers peers;
  peers.spawn_calculation = [common = calculation_peers(), archives_ = archives](
                              caf::actor_system& where, CalculationObserver directory,
                              CalculationStart start) {
    auto own = common;
    own.directory = std::move(directory);
    own.archive = archives_[static_cast<std::uint64_t>(start.record->id) % archives_.size()];
    return where.spawn(actors::calculation, std::move(start), std::move(own));
  };
  peers.intake = intake;
  peers.exporter = exporter;
  peers.recorder = recorder;
  peers.archives = archives;
  peers.most_running = options.most_running;
  peers.most_waiting = options.most_waiting;
  peers.node = options.node;
  peers.gauges = options.gauges;
  calculations = system.spawn(actors::calculations, std::move(peers));
  handles = {calculations, catalog};
}

void Service::Parts::spawn_workers() {
  const WorkerFactory new_worker = [](caf::actor_system& where) {
    return where.spawn<caf::detached>(actors::worker);
  };
  workforce = system.spawn(actors::workforce, new_worker);
  const std::size_t count = options.workers > 0 ? options.workers : cores();
  for (std::size_t i = 0; i < count; ++i)
    caf::anon_send(workforce, enlist_atom::value, new_worker(system));
}

CalculationPeers Service::Parts::calculation_peers() const {
  CalculationPeers peers;
  peers.catalog = catalog;
  peers.recorder = recorder;
  peers.workforce = workforce;
  peers.cache = cache;
  peers.spawn_assembler = [room = options.room](caf::actor_system& where, engine::LogSink log) {
    return where.spawn<caf::detached>(actors::background_assembler, room, std::move(log));
  };
  return peers;
}

void Service::Parts::load(const Found& found) {
  caf::anon_send(catalog, known_atom::value, found.all);
  for (const auto& archive : archives)
    caf::anon_send(archive, known_atom::value, found.all);
  for (const auto& [record, log_rows] : found.ours)
    caf::anon_send(calculations, resume_atom::value, record, log_rows);
  for (const auto& [record, log_rows] : found.abandoned)
    caf::anon_send(calculations, abandon_atom::value, record, log_rows,
                   "the process that ran the calculation (" + record->node + ") is gone");
  caf::anon_send(archives.front(), refresh_atom::value);
}

void Service::Parts::stop() {
  if (std::exchange(stopped, true))
    return;
  {
    caf::scoped_actor self{system};
    auto ignore = [](bool) {};
    auto give_up = [](const caf::error&) {
      // It did not answer in time: the store is consistent all the same.
    };
    self->request(calculations, kDrainTimeout, drain_atom::value).receive(ignore, give_up);
    self->request(recorder, kDrainTimeout, sync_atom::value).receive(ignore, give_up);
  }
  const auto exit = [](const auto& handle) {
    caf::anon_send_exit(handle, caf::exit_reason::user_shutdown);
  };
  exit(calculations);
  exit(intake);
  exit(exporter);
  exit(workforce);
  std::ranges::for_each(archives, exit);
  exit(catalog);
  exit(cache);
  exit(recorder);
  system.await_all_actors_done();
  options.cache.reset(); // its callbacks speak to actors: it goes before the system does
}

Service::Service(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Service::~Service() {
  stop();
}

Result<std::unique_ptr<Service>> Service::start(ServiceOptions options) {
  OQ_TRY(const auto found, look_around(options));
  auto parts = std::make_unique<Parts>(std::move(options));
  parts->spawn();
  parts->load(found);
  return std::unique_ptr<Service>(new Service(std::move(parts)));
}

const Handles& Service::handles() const noexcept {
  return parts_->handles;
}

void Service::refresh_gauges() const {
  auto& gauges = *parts_->options.gauges;
  if (gauges.cache_up.get() != Gauges::kNone && parts_->options.cache)
    gauges.cache_up.set(parts_->options.cache->healthy());
}

void Service::stop() {
  parts_->stop();
}

} // namespace oq::actors
