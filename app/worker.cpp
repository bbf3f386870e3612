// `worker`: lends this machine's cores to a node until a signal ends it.
#include "actors/caf_error.hpp"
#include "actors/crew.hpp"
#include "actors/file_engine_room.hpp"
#include "app/commands.hpp"
#include "app/logging.hpp"
#include "app/network.hpp"
#include "app/scratch_folder.hpp"
#include "app/service.hpp"
#include "app/signals.hpp"
#include "app/version.hpp"

#include <caf/actor_system.hpp>
#include <caf/scoped_actor.hpp>
#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <thread>

namespace oq::app {
namespace {

constexpr std::chrono::seconds kEnterTimeout{10};
constexpr std::chrono::seconds kLeaveTimeout{10};

struct Config : caf::actor_system_config {
  explicit Config(const actors::NetworkSettings& network) {
    set("scheduler.policy", caf::atom("sharing"));
    set("scheduler.max-threads", std::size_t{1});
    set("logger.file-verbosity", caf::atom("quiet"));
    set("logger.console-verbosity", caf::atom("quiet"));
    actors::load_network(*this, network);
    actors::add_task_wire(*this);
  }
};

// Through the gate of the node, to whom it shows a worker.
Result<caf::actor> enter(caf::actor_system& system, const actors::NetworkAddress& node,
                         const actors::NetworkSettings& network) {
  OQ_TRY(const auto gate, actors::find_gate(system, node, network));
  caf::scoped_actor self{system};
  Result<caf::actor> door = Error{Errc::timeout, "the node does not answer", node.text()};
  self
    ->request(gate, kEnterTimeout, actors::enter_atom::value, std::string("worker"),
              std::string(kProduct))
    .receive(
      [&](const caf::actor& shown) {
        door = shown;
      },
      [&](const caf::error& error) {
        door = actors::from_caf(error);
      });
  return door;
}

Result<actors::Workshop> new_workshop(const ScratchFolder& scratch, double memory) {
  OQ_TRY(auto folder, ScratchFolder::make(scratch.path()));
  auto room = actors::make_file_engine_room({folder->path(), kProduct, memory});
  return actors::Workshop{std::move(room), std::move(folder)};
}

actors::CrewSetup crew_setup(const WorkerSettings& settings, caf::actor_system& system,
                             const actors::Dial& dial, const ScratchFolder& scratch) {
  actors::CrewSetup setup;
  const auto cores = std::max(1u, std::thread::hardware_concurrency());
  setup.offer.program = kProduct;
  setup.offer.name = settings.name.empty() ? host_name() : settings.name;
  setup.offer.threads = settings.threads > 0 ? static_cast<std::uint32_t>(settings.threads) : cores;
  setup.dialer = system.spawn<caf::detached>(actors::dialer, dial);
  setup.new_worker = [](caf::actor_system& where) {
    return where.spawn<caf::detached>(actors::worker);
  };
  setup.new_fetch = [](caf::actor_system& where, const actors::Foreman& foreman,
                       const actors::EngineRoomPtr& room) {
    return where.spawn<caf::detached>(actors::inputs_fetch, foreman, room);
  };
  setup.new_workshop = [&scratch, memory = static_cast<double>(settings.memory)] {
    return new_workshop(scratch, memory);
  };
  setup.log = program_log();
  return setup;
}

void work_until_signal(const WorkerSettings& settings, const actors::NetworkAddress& node,
                       const actors::NetworkSettings& network, const ScratchFolder& scratch,
                       const TerminationSignals& signals) {
  Config config(network);
  caf::actor_system system{config};
  const auto setup = crew_setup(
    settings, system,
    [node, network](caf::actor_system& where) {
      return enter(where, node, network);
    },
    scratch);
  const auto crew = system.spawn(actors::crew, setup);
  spdlog::info("leaving after signal {}", signals.wait());
  {
    caf::scoped_actor self{system};
    self->request(crew, kLeaveTimeout, actors::leave_atom::value)
      .receive([](bool) {},
               [](const caf::error&) {
                 // The node sees the connection end, and hands the tasks out again all the same.
               });
  }
  caf::anon_send_exit(crew, caf::exit_reason::user_shutdown);
  caf::anon_send_exit(setup.dialer, caf::exit_reason::user_shutdown);
  system.await_all_actors_done();
}

Result<void> work(const WorkerSettings& settings) {
  OQ_TRY(const auto node, actors::parse_address(settings.join, "--join"));
  OQ_TRY(const auto network, network_settings(settings.tls, std::nullopt));
  // Before any thread is made, so that all of them leave the signals to this one.
  const TerminationSignals signals;
  OQ_TRY(const auto scratch, ScratchFolder::make(settings.scratch));
  work_until_signal(settings, node, network, *scratch, signals);
  return {};
}

} // namespace

int worker(const WorkerSettings& settings) {
  start_logging(settings.log_level);
  if (const auto done = work(settings); !done) {
    fmt::print(stderr, "error: {}\n", done.error().text());
    return done.error().code == Errc::invalid_input ? 2 : 1;
  }
  return 0;
}

} // namespace oq::app
