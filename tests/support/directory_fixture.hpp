// DirectoryFixture: the directory of calculations with real neighbours on one thread.
#pragma once

#include "actors/calculations.hpp"
#include "actors/catalog.hpp"
#include "support/cluster_probes.hpp"
#include "support/deterministic_actors.hpp"
#include "support/fake_engine.hpp"
#include "support/fake_summary_cache.hpp"
#include "support/memory_store.hpp"

namespace oq::actors {

class DirectoryFixture : public oq::testing::DeterministicActors {
protected:
  StoreFactory opener() {
    return [this]() -> Result<std::unique_ptr<store::CalculationStore>> {
      return std::unique_ptr<store::CalculationStore>(
        std::make_unique<oq::testing::MemoryStore>(store.tables()));
    };
  }
  CalculationPeers calculation_peers() {
    CalculationPeers peers;
    peers.catalog = catalog_;
    peers.links = links;
    peers.archive = archive_;
    peers.recorder = recorder_;
    peers.workforce = workforce_;
    peers.cache = cache_link_;
    peers.spawn_assembler = [this](caf::actor_system& where, engine::LogSink log) {
      return owned(where.spawn(assembler, room, std::move(log)));
    };
    return peers;
  }
  void begin(std::size_t most_running = 1, std::size_t most_waiting = 3,
             std::size_t ended_kept = 8) {
    recorder_ = owned(system().spawn(recorder, opener()));
    cache_link_ = owned(system().spawn(cache_link, cache));
    catalog_ = owned(system().spawn(catalog, Vocabulary::seed, LeasePtr()));
    archive_ = owned(system().spawn(
      archive, ArchivePeers{opener(), room, recorder_, cache_link_, catalog_, links}));
    workforce_ = owned(system().spawn(workforce, WorkerFactory{}, GaugesPtr{}));
    CalculationsPeers peers;
    peers.spawn_calculation = [this](caf::actor_system& where, CalculationObserver directory,
                                     CalculationStart start) {
      auto own = calculation_peers();
      own.directory = directory;
      last_ = owned(where.spawn(calculation, std::move(start), std::move(own)));
      return last_;
    };
    peers.intake = owned(system().spawn(intake, room, recorder_, "node-1", Notifier()));
    peers.exporter = owned(system().spawn(exporter, opener(), room, ClusterLinksPtr()));
    peers.recorder = recorder_;
    peers.archives = {archive_};
    peers.links = links;
    peers.most_running = most_running;
    peers.most_waiting = most_waiting;
    peers.ended_kept = ended_kept;
    calculations_ = owned(system().spawn(calculations, std::move(peers)));
  }
  void add_worker() {
    tell(workforce_, enlist_atom::value, Worker(owned(system().spawn(polite_worker))));
  }
  oq::testing::RecordingSinkPtr submit(SubmissionKind kind = SubmissionKind::modern) {
    auto submission = std::make_shared<Submission>();
    submission->kind = kind;
    submission->base = base();
    const auto sink = new_sink();
    tell(calculations_, submit_atom::value, SubmissionPtr(submission), SinkPtr(sink));
    return sink;
  }
  oq::testing::RecordingSinkPtr commanded(CalculationId id, Command command) {
    const auto sink = new_sink();
    tell(calculations_, command_atom::value, id, command, SinkPtr(sink));
    return sink;
  }
  oq::testing::RecordingSinkPtr asked(CalculationId id, QuestionKind kind = QuestionKind::status) {
    const auto sink = new_sink();
    tell(calculations_, ask_atom::value, Question{kind, id, base()}, SinkPtr(sink));
    return sink;
  }
  std::string status(CalculationId id) {
    return store.tables()->calculations.at(static_cast<std::size_t>(id - 1)).status;
  }
  std::string listed() {
    const auto sink = new_sink();
    ListQuestion question;
    question.base = base();
    tell(catalog_, list_atom::value, question, SinkPtr(sink));
    return sink->body();
  }

  oq::testing::MemoryStore store;
  std::shared_ptr<oq::testing::FakeSummaryCache> cache =
    std::make_shared<oq::testing::FakeSummaryCache>();
  oq::testing::EngineScriptPtr script = std::make_shared<oq::testing::EngineScript>();
  EngineRoomPtr room = oq::testing::fake_engine_room(script);
  Recorder recorder_;
  CacheLink cache_link_;
  Catalog catalog_;
  Archive archive_;
  std::shared_ptr<ClusterLinks> links;
  Workforce workforce_;
  Calculation last_; // spawned
  Calculations calculations_;
};

} // namespace oq::actors
