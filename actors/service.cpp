// Wiring: which actor runs where, and who knows whom.
#include "actors/service.hpp"

#include "actors/calculations.hpp"
#include "actors/catalog.hpp"
#include "actors/defaults.hpp"
#include "actors/gate.hpp"
#include "actors/herald.hpp"
#include "actors/inspector.hpp"
#include "actors/recovery.hpp"
#include "actors/recruiter.hpp"
#include "engine/base/json.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value_from.hpp>
#include <caf/actor_system.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/event_based_actor.hpp>
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
    if (!options.listen && options.peers.empty())
      return;
    load_network(*this, options.network);
    add_task_wire(*this);
    add_wire_types(*this);
  }
};

std::size_t cores() {
  return std::max(1u, std::thread::hardware_concurrency());
}

} // namespace

struct Service::Parts {
  explicit Parts(ServiceOptions given)
    : options(std::move(given)), config(options), system(config) {}

  void spawn(const Found& found);
  void spawn_links(const Found& found);
  void spawn_keeper(const Found& found);
  std::string info() const;
  void spawn_workers();
  Result<void> open_gate();
  void seek();
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
  // Null without a network.
  InputDesk desk;
  Recruiter recruiter;
  Gate gate;
  Intake intake;
  Exporter exporter;
  Inspector inspector;
  Calculations calculations;
  Herald herald;
  Notifier notifier; // null: nobody is told
  Handles handles;
  // Null where nobody asks who a client is.
  Identities identities;
  LogInDesk log_in_desk;
  Tags tags; // null: calculations have no words
  // Of other nodes; null without them.
  Neighbours neighbours;
  ClusterLinksPtr links;
  LeaseKeeper keeper;
  caf::actor door;
  std::vector<Seeker> seekers;
  bool stopped = false;
};

// Before all others: who answers needs to know whom to ask.
void Service::Parts::spawn_links(const Found& found) {
  if (!options.cluster)
    return;
  neighbours = system.spawn(actors::neighbours);
  auto lease = std::make_shared<Lease>();
  lease->hear(found.enrolled);
  lease->extend(found.enrolled + kLeaseTime - kLeaseMargin);
  const CourierSettings courier{neighbours, options.cluster->fetch_folder};
  *options.cluster->bring = [this, courier](const std::string& node, const Question& question) {
    return bring(system, courier, node, question);
  };
  links = std::make_shared<const ClusterLinks>(
    ClusterLinks{options.node, options.cluster->shared_data, std::move(lease), neighbours,
                 std::make_shared<Couriers>(system, courier)});
}

std::string Service::Parts::info() const {
  const auto& gauges = *options.gauges;
  boost::json::object out{{"running", gauges.executing.get()},
                          {"waiting", gauges.queue_waiting.get()},
                          {"workers", gauges.workers.get()},
                          {"remote_workers", gauges.remote_workers.get()},
                          {"draining", gauges.phase.load() == NodePhase::draining ? 1 : 0}};
  if (gauges.change_lag_ms.get() != Gauges::kNone)
    out["lag_ms"] = gauges.change_lag_ms.get();
  return json_text(out);
}

void Service::Parts::spawn_keeper(const Found& found) {
  if (!options.cluster)
    return;
  LeaseKeeperPeers peers;
  peers.node = options.node;
  peers.incarnation = found.incarnation;
  peers.changes_from = found.changes_from;
  for (const auto& page : found.all)
    for (const auto& record : *page)
      if (is_live(parse_state(record.status).value_or(State::failed)))
        peers.owners[record.id] = record.node;
  peers.lease = links->lease;
  peers.remove_files = options.room->remove_files;
  peers.open_cluster = options.cluster->open_store;
  peers.open_store = options.open_store;
  peers.directory = calculations;
  peers.archives = archives;
  peers.catalog = catalog;
  peers.gauges = options.gauges;
  peers.info = [this] {
    return info();
  };
  peers.on_superseded = options.cluster->on_superseded;
  keeper = system.spawn<caf::detached>(actors::lease_keeper, std::move(peers));
}

void Service::Parts::spawn(const Found& found) {
  spawn_links(found);
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
  catalog = system.spawn(actors::catalog, options.seed_words, links ? links->lease : nullptr);
  for (std::size_t i = 0; i < std::max<std::size_t>(options.archives, 1); ++i) {
    archives.push_back(system.spawn<caf::detached>(
      actors::archive, ArchivePeers{options.open_store, options.room, recorder, cache, catalog,
                                    links, options.seed_words}));
    caf::anon_send(cache, observe_atom::value, ChangeObserver(archives.back()));
  }
  spawn_workers();
  if (options.notices)
    notifier = system.spawn<caf::detached>(
      actors::notifier, NotifierSetup{options.notices->open_store, options.open_store,
                                      options.notices->sender, options.node, options.log});
  intake =
    system.spawn<caf::detached>(actors::intake, options.room, recorder, options.node, notifier);
  exporter = system.spawn<caf::detached>(actors::exporter, options.open_store, options.room, links);
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
  peers.links = links;
  peers.seed_words = options.seed_words;
  peers.catalog = catalog;
  calculations = system.spawn(actors::calculations, std::move(peers));
  inspector = system.spawn<caf::detached>(actors::inspector, options.room);
  herald = system.spawn(actors::herald, HeraldPeers{calculations, catalog});
  caf::anon_send(cache, observe_atom::value, ChangeObserver(herald));
  handles = {calculations, catalog, herald, inspector};
  if (options.open_tags)
    handles.tags = tags = system.spawn<caf::detached>(
      actors::tags, options.open_tags, TagObserver(catalog), options.cluster.has_value());
  if (!options.identities)
    return;
  handles.identities = identities = system.spawn<caf::detached>(
    actors::identities, options.identities->open_users, options.open_store);
  handles.log_in = log_in_desk = system.spawn<caf::detached>(
    actors::login_desk, options.identities->open_users, options.identities->rules);
}

void Service::Parts::spawn_workers() {
  const WorkerFactory new_worker = [](caf::actor_system& where) {
    return where.spawn<caf::detached>(actors::worker);
  };
  workforce = system.spawn(actors::workforce, new_worker, options.gauges);
  if (!options.computes)
    return;
  const std::size_t count = options.workers > 0 ? options.workers : cores();
  for (std::size_t i = 0; i < count; ++i)
    caf::anon_send(workforce, enlist_atom::value, new_worker(system));
}

void Service::Parts::seek() {
  for (const auto& peer : options.peers)
    seekers.push_back(system.spawn<caf::detached>(
      actors::seeker,
      SeekerSettings{peer, options.network, options.node, options.program, door, neighbours}));
}

// What is behind it comes first: nobody comes in before everything is there.
Result<void> Service::Parts::open_gate() {
  if (!options.listen) {
    seek();
    return {};
  }
  DoorPeers peers{options.node, calculations, {}, keeper, neighbours};
  for (const auto& archive : archives)
    peers.observers.push_back(archive);
  peers.observers.push_back(herald);
  door = system.spawn<caf::detached>(actors::door, std::move(peers));
  desk = system.spawn<caf::detached>(actors::input_desk, options.room);
  recruiter =
    system.spawn(actors::recruiter, RecruiterSetup{options.program, workforce, desk, options.log});
  gate = system.spawn(actors::gate, options.program,
                      Doors{{"node", door}, {"worker", caf::actor_cast<caf::actor>(recruiter)}});
  const auto port = publish(gate, *options.listen, options.network);
  if (!port)
    return port.error();
  seek();
  return {};
}

CalculationPeers Service::Parts::calculation_peers() const {
  CalculationPeers peers;
  peers.catalog = catalog;
  peers.recorder = recorder;
  peers.workforce = workforce;
  peers.cache = cache;
  peers.links = links;
  if (notifier)
    peers.notifier = notifier;
  peers.seed_words = options.seed_words;
  peers.spawn_assembler = [room = options.room](caf::actor_system& where, engine::LogSink log) {
    return where.spawn<caf::detached>(actors::background_assembler, room, std::move(log));
  };
  return peers;
}

void Service::Parts::load(const Found& found) {
  for (const auto& page : found.all) {
    caf::anon_send(catalog, known_atom::value, page);
    for (const auto& archive : archives)
      caf::anon_send(archive, known_atom::value, page);
  }
  caf::anon_send(catalog, observe_atom::value, ListObserver(herald)); // of what comes after this
  for (const auto& [record, log_rows] : found.ours)
    caf::anon_send(calculations, resume_atom::value, record, log_rows);
  for (const auto& [record, log_rows] : found.abandoned)
    caf::anon_send(calculations, abandon_atom::value, record, log_rows,
                   "the process that ran the calculation (" + record->node + ") is gone");
  if (notifier)
    caf::anon_send(notifier, look_atom::value);
  if (!options.cluster) // there the keeper hears of every change
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
    if (keeper) {
      self->request(keeper, kDrainTimeout, drain_atom::value).receive(ignore, give_up);
      self->send(neighbours, left_atom::value);
    }
  }
  const auto exit = [](const auto& handle) {
    caf::anon_send_exit(handle, caf::exit_reason::user_shutdown);
  };
  const auto exit_if = [&exit](const auto& handle) {
    if (handle)
      exit(handle);
  };
  exit_if(gate);
  exit_if(door);
  exit_if(keeper);
  std::ranges::for_each(seekers, exit);
  exit_if(neighbours);
  exit_if(identities);
  exit_if(log_in_desk);
  exit_if(tags);
  exit(herald);
  exit(calculations);
  exit_if(notifier);
  exit(intake);
  exit(exporter);
  exit(inspector);
  exit_if(recruiter);
  exit(workforce);
  exit_if(desk);
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
  parts->spawn(found);
  parts->load(found);
  parts->spawn_keeper(found);
  std::unique_ptr<Service> service(new Service(std::move(parts)));
  OQ_CHECK(service->parts_->open_gate());
  return service;
}

const Handles& Service::handles() const noexcept {
  return parts_->handles;
}

void Service::let_clients_go() const {
  caf::scoped_actor self{parts_->system};
  // Waits: what ends its connection next must not come before the farewells.
  self->request(parts_->herald, kStoreTimeout, drain_atom::value)
    .receive([] {}, [](const caf::error&) {});
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
