// A tiny engine for actor tests: adds up numbers, task by task, and can be told to fail anywhere.
#pragma once

#include "actors/engine_room.hpp"

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <numeric>
#include <set>
#include <string>
#include <vector>

namespace oq::testing {

// What a test wants of the engine, and what it saw.
struct EngineScript {
  std::size_t tasks = 4;
  std::optional<Error> stage_error, settle_error, prepare_error, finish_error, commit_error;
  std::optional<Error> task_error; // of the last task
  std::optional<Error> reduce_error;
  std::optional<Error> export_error, extract_error;
  double finish_weight = 0;
  std::vector<double> finish_parts; // that it tells of
  bool is_risk = false;
  std::string description = "a fake";
  std::string parameters = R"({"calculation_mode": "classical"})";

  bool keeps = false;                             // results of tasks
  std::optional<Error> keep_error;                // when one is kept
  std::map<std::size_t, engine::TaskResult> kept; // what a restart finds

  std::vector<std::size_t> reduced; // in the order in which it happened
  std::atomic<int> tasks_run = 0;
  int commits = 0;
  std::vector<store::CalculationId> settled, files_removed;
};
using EngineScriptPtr = std::shared_ptr<EngineScript>;

class FakeCalculator : public engine::Calculator {
public:
  explicit FakeCalculator(EngineScriptPtr script) : script_(std::move(script)) {}

  std::size_t task_count() const override { return script_->tasks; }
  double task_weight(std::size_t) const override { return 1; }
  Result<engine::TaskResult> run_task(std::size_t task, const StopToken& stop) const override {
    ++script_->tasks_run;
    if (stop.stop_requested())
      return Error{Errc::aborted, "stopped", {}};
    if (script_->task_error && task + 1 == script_->tasks)
      return *script_->task_error;
    return engine::TaskResult{{static_cast<double>(task)}, {}};
  }
  Result<void> reduce(std::size_t task, engine::TaskResult result) override {
    if (script_->reduce_error)
      return *script_->reduce_error;
    sum_ += result.values.front();
    script_->reduced.push_back(task);
    return {};
  }
  double finish_weight() const override { return script_->finish_weight; }
  void watch(const engine::FinishWatch& watch) override { watch_ = watch; }
  Result<void> finish(engine::Datastore&) override {
    for (const double part : script_->finish_parts)
      watch_.progress(part);
    if (script_->finish_error)
      return *script_->finish_error;
    return {};
  }

private:
  EngineScriptPtr script_;
  engine::FinishWatch watch_;
  double sum_ = 0;
};

class FakeDatastore : public engine::Datastore {
public:
  Result<void> put(const std::string&, const engine::Array&) override { return {}; }
  Result<engine::Array> get(const std::string&) const override { return engine::Array{}; }
  Result<void> put_attributes(const std::string&, const engine::Attributes&) override { return {}; }
  Result<engine::Attributes> attributes(const std::string&) const override {
    return engine::Attributes{};
  }
  bool contains(const std::string&) const override { return false; }
  std::vector<std::string> keys() const override { return {}; }
};

class FakeResultFile : public actors::ResultFile {
public:
  explicit FakeResultFile(EngineScriptPtr script) : script_(std::move(script)) {}
  engine::Datastore& datastore() override { return datastore_; }
  Result<std::int64_t> commit() override {
    if (script_->commit_error)
      return *script_->commit_error;
    ++script_->commits;
    return std::int64_t{1048576};
  }

private:
  EngineScriptPtr script_;
  FakeDatastore datastore_;
};

class FakeKeptResults : public actors::KeptResults {
public:
  explicit FakeKeptResults(EngineScriptPtr script) : script_(std::move(script)) {}
  std::vector<std::size_t> tasks() const override {
    std::vector<std::size_t> out;
    for (const auto& [task, result] : script_->kept)
      out.push_back(task);
    return out;
  }
  std::optional<engine::TaskResult> load(std::size_t task) const override {
    const auto& result = script_->kept.at(task);
    return result.values.empty() ? std::nullopt : std::optional(result); // empty: damaged
  }
  Result<void> keep(std::size_t task, const engine::TaskResult& result) override {
    if (script_->keep_error)
      return *script_->keep_error;
    script_->kept[task] = result;
    return {};
  }
  void remove() override { script_->kept.clear(); }

private:
  EngineScriptPtr script_;
};

inline actors::StagedJob fake_stage(const EngineScript& script,
                                    const actors::Submission& submission) {
  actors::StagedJob staged{.record = {}, .folder = {}, .error = script.stage_error};
  staged.record.is_risk = script.is_risk;
  staged.record.calculation_mode = script.is_risk ? "classical_risk" : "classical";
  staged.record.description = script.description;
  staged.record.parameters = script.parameters;
  staged.record.hazard_calculation_id = submission.hazard_calculation_id;
  return staged;
}

inline actors::EngineRoomPtr fake_engine_room(const EngineScriptPtr& script) {
  auto room = std::make_shared<actors::EngineRoom>();
  room->stage = [script](const actors::Submission& submission) {
    return fake_stage(*script, submission);
  };
  room->settle = [script](const actors::StagedJob&, actors::CalculationId id) -> Result<void> {
    if (script->settle_error)
      return *script->settle_error;
    script->settled.push_back(id);
    return {};
  };
  room->make_calculator =
    [script](const store::CalculationRecord&,
             engine::LogSink log) -> Result<std::unique_ptr<engine::Calculator>> {
    if (script->prepare_error)
      return *script->prepare_error;
    if (log)
      log(engine::LogLevel::warning, "the fake engine speaks");
    return std::unique_ptr<engine::Calculator>(std::make_unique<FakeCalculator>(script));
  };
  room->create_result_file =
    [script](const store::CalculationRecord&) -> Result<std::unique_ptr<actors::ResultFile>> {
    return std::unique_ptr<actors::ResultFile>(std::make_unique<FakeResultFile>(script));
  };
  if (script->keeps)
    room->kept_results = [script](const store::CalculationRecord&, const engine::Calculator&) {
      return std::make_unique<FakeKeptResults>(script);
    };
  room->outputs_of = [](const engine::Datastore&) {
    return std::vector<engine::OutputDescription>{{"hcurves", "Hazard Curves", {"csv", "xml"}}};
  };
  room->export_output = [script](const store::CalculationRecord& record,
                                 const store::OutputRecord& output,
                                 const std::string& format) -> Result<actors::FileAnswer> {
    if (script->export_error)
      return *script->export_error;
    const auto name = "output-" + std::to_string(output.id) + "-" + output.type + "_"
                      + std::to_string(record.id) + "." + format;
    return actors::FileAnswer{"/exports/" + name, name};
  };
  room->extract = [script](const store::CalculationRecord& record,
                           const actors::Extract& request) -> Result<actors::FileAnswer> {
    if (script->extract_error)
      return *script->extract_error;
    const bool is_json = request.form == actors::ExtractForm::json;
    return actors::FileAnswer{"/exports/" + std::to_string(record.id) + "/" + request.what,
                              is_json ? std::string() : request.what + ".npz"};
  };
  room->pack = [](const store::CalculationRecord&, actors::FileAnswer file,
                  actors::ContentCoding coding) {
    file.coding = coding;
    return file;
  };
  room->datastore_path = [](const store::CalculationRecord& record) {
    return std::filesystem::path("/data/calc_" + std::to_string(record.id) + ".hdf5");
  };
  room->oqparam = [](const store::CalculationRecord&) -> Result<std::string> {
    return std::string(R"({"poes": [0.1]})");
  };
  room->remove_files = [script](const store::CalculationRecord& record) {
    script->files_removed.push_back(record.id);
  };
  return room;
}

} // namespace oq::testing
