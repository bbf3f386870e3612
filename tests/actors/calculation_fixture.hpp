// A calculation among actors and a store that the test holds in its hands.
#pragma once

#include "actors/calculation.hpp"
#include "actors/defaults.hpp"
#include "support/actor_probes.hpp"
#include "support/deterministic_actors.hpp"
#include "support/fake_engine.hpp"
#include "support/fake_summary_cache.hpp"
#include "support/memory_store.hpp"

namespace oq::actors {

class CalculationTest : public oq::testing::DeterministicActors {
protected:
  CalculationPeers peers() {
    CalculationPeers out;
    out.directory = owned(oq::testing::spawn_directory(system(), directory));
    out.catalog = owned(oq::testing::spawn_record_observer(system(), told));
    out.archive = owned(oq::testing::spawn_question_port(system(), passed_on));
    recorder_ =
      owned(system().spawn(recorder, [this]() -> Result<std::unique_ptr<store::CalculationStore>> {
        return std::unique_ptr<store::CalculationStore>(
          std::make_unique<oq::testing::MemoryStore>(store.tables()));
      }));
    out.recorder = recorder_;
    workforce_ = owned(system().spawn(workforce, WorkerFactory{}, GaugesPtr{}));
    out.workforce = workforce_;
    out.cache = owned(system().spawn(cache_link, cache));
    out.spawn_assembler = [this](caf::actor_system& where, engine::LogSink log) {
      assembler_ =
        owned(where.spawn(assembler, oq::testing::fake_engine_room(script), std::move(log)));
      return assembler_;
    };
    return out;
  }
  void add_worker() {
    tell(workforce_, enlist_atom::value, Worker(owned(system().spawn(polite_worker))));
  }
  // A calculation that waits for its turn.
  void submit(bool resumed = false, std::optional<Error> failure = std::nullopt) {
    store::CalculationRecord record;
    record.calculation_mode = "classical";
    record.description = "test";
    const auto id = *store.create(record);
    calculation_ = owned(system().spawn(
      calculation,
      CalculationStart{std::make_shared<const store::CalculationRecord>(*store.find(id)), 0,
                       resumed, failure},
      peers()));
    run();
  }
  void start() { tell(calculation_, start_atom::value); }
  oq::testing::RecordingSinkPtr abort() {
    const auto sink = new_sink();
    tell(calculation_, command_atom::value, Command::abort, SinkPtr(sink));
    return sink;
  }
  oq::testing::RecordingSinkPtr asked(QuestionKind kind, std::int64_t first = 0,
                                      std::int64_t last = 0) {
    const auto sink = new_sink();
    tell(calculation_, ask_atom::value, Question{kind, 1, base(), first, last}, SinkPtr(sink));
    return sink;
  }
  bool shows(const std::string& status) {
    return asked(QuestionKind::status)->body().find("\"status\": \"" + status + "\"")
           != std::string::npos;
  }
  std::vector<std::string> states_told() const {
    std::vector<std::string> states;
    for (const auto& record : *told)
      if (states.empty() || states.back() != record->status)
        states.push_back(record->status);
    return states;
  }
  const store::CalculationRecord& row() { return store.tables()->calculations.at(0); }
  std::string logged() {
    std::string text;
    for (const auto& line : store.tables()->logs[1])
      text += line.level + " " + line.message + "\n";
    return text;
  }

  oq::testing::MemoryStore store;
  oq::testing::EngineScriptPtr script = std::make_shared<oq::testing::EngineScript>();
  std::shared_ptr<oq::testing::FakeSummaryCache> cache =
    std::make_shared<oq::testing::FakeSummaryCache>();
  std::shared_ptr<oq::testing::DirectoryNotes> directory =
    std::make_shared<oq::testing::DirectoryNotes>();
  std::shared_ptr<oq::testing::RecordNotes> told = std::make_shared<oq::testing::RecordNotes>();
  std::shared_ptr<oq::testing::QuestionNotes> passed_on =
    std::make_shared<oq::testing::QuestionNotes>();
  Recorder recorder_;
  Workforce workforce_;
  Assembler assembler_;
  Calculation calculation_;
};

} // namespace oq::actors
