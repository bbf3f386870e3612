// MemoryStore: a CalculationStore of plain vectors, for tests of those who use one.
#pragma once

#include "store/calculation_store.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>

namespace oq::testing {

struct MemoryNode {
  std::int64_t incarnation = 0;
  std::string address, info;
  std::int64_t expires_at = 0; // microseconds
};

// What several MemoryStore objects share, as several connections share one database.
struct MemoryTables {
  std::mutex mutex;
  std::vector<store::CalculationRecord> calculations; // id - 1 is the index
  std::vector<store::OutputRecord> outputs;           // id - 1 is the index
  std::map<store::CalculationId, std::vector<store::LogRow>> logs;
  std::map<store::CalculationId, std::map<std::string, std::string>> inputs;
  std::map<std::string, MemoryNode> nodes;
  std::int64_t now = 1'000'000; // microseconds; grows with every write, and as tests say
  bool refuses_writes = false;
  bool refuses_reads = false;
};

class MemoryStore : public store::CalculationStore {
public:
  MemoryStore() : MemoryStore(std::make_shared<MemoryTables>()) {}
  explicit MemoryStore(std::shared_ptr<MemoryTables> tables) : tables_(std::move(tables)) {}

  std::shared_ptr<MemoryTables> tables() const { return tables_; }
  // From now on every write (read) answers Errc::unavailable and changes nothing.
  void refuse_writes(bool refuse = true) {
    const std::lock_guard lock(tables_->mutex);
    tables_->refuses_writes = refuse;
  }
  void refuse_reads(bool refuse = true) {
    const std::lock_guard lock(tables_->mutex);
    tables_->refuses_reads = refuse;
  }

  Result<store::CalculationId> create(const store::CalculationRecord& record) override {
    const std::lock_guard lock(tables_->mutex);
    if (tables_->refuses_writes)
      return refusal();
    auto row = record;
    row.id = static_cast<store::CalculationId>(tables_->calculations.size()) + 1;
    row.status = "created";
    row.revision = 1;
    row.epoch = 1;
    row.changed_at = ++tables_->now;
    tables_->calculations.push_back(row);
    return row.id;
  }

  Result<std::vector<store::CalculationRecord>>
  apply(const std::vector<store::Transition>& transitions) override {
    const std::lock_guard lock(tables_->mutex);
    if (tables_->refuses_writes)
      return refusal();
    auto calculations = tables_->calculations;
    auto outputs = tables_->outputs;
    std::vector<store::CalculationRecord> changed;
    for (const auto& transition : transitions) {
      const auto row = row_of(calculations, transition.id);
      if (!row)
        return unknown(transition.id);
      if (transition.status.empty())
        return invalid_input("a transition needs a status");
      if (row->epoch != transition.epoch.value_or(row->epoch))
        return taken_over(transition.id);
      if (row->revision != transition.expected_revision)
        return Error{Errc::conflict, "calculation " + std::to_string(row->id) + " has changed", {}};
      change(*row, transition);
      row->changed_at = ++tables_->now;
      for (auto output : transition.outputs) {
        output.id = static_cast<std::int64_t>(outputs.size()) + 1;
        output.calculation_id = transition.id;
        outputs.push_back(std::move(output));
      }
      changed.push_back(*row);
    }
    for (const auto& row : changed)
      if (row.status != "created" && !is_running(row))
        tables_->inputs.erase(row.id);
    tables_->calculations = std::move(calculations);
    tables_->outputs = std::move(outputs);
    return changed;
  }

  Result<void> append_log(store::CalculationId id, const std::vector<store::LogRow>& rows,
                          std::optional<std::int64_t> epoch = {}) override {
    const std::lock_guard lock(tables_->mutex);
    if (tables_->refuses_writes)
      return refusal();
    const auto row = row_of(tables_->calculations, id);
    if (!row)
      return unknown(id);
    if (row->epoch != epoch.value_or(row->epoch))
      return taken_over(id);
    auto& log = tables_->logs[id];
    log.insert(log.end(), rows.begin(), rows.end());
    return {};
  }

  Result<store::CalculationRecord> find(store::CalculationId id) const override {
    const std::lock_guard lock(tables_->mutex);
    if (tables_->refuses_reads)
      return refusal();
    const auto row = row_of(tables_->calculations, id);
    if (!row)
      return unknown(id);
    return *row;
  }

  Result<std::vector<store::CalculationRecord>>
  list(const store::ListFilter& filter) const override {
    const std::lock_guard lock(tables_->mutex);
    if (tables_->refuses_reads)
      return refusal();
    auto rows = matching([&](const auto& row) {
      return matches(filter, row);
    });
    if (!filter.ascending)
      std::reverse(rows.begin(), rows.end());
    const auto size = static_cast<std::int64_t>(rows.size());
    const auto first = std::clamp<std::int64_t>(filter.offset, 0, size);
    const auto count = filter.limit < 0 ? size - first : std::min(filter.limit, size - first);
    return std::vector(rows.begin() + first, rows.begin() + first + count);
  }

  Result<std::vector<store::CalculationRecord>> summaries(store::CalculationId after,
                                                          std::int64_t limit) const override {
    const std::lock_guard lock(tables_->mutex);
    if (tables_->refuses_reads)
      return refusal();
    auto rows = matching([&](const auto& row) {
      return row.id > after && row.status != "deleted";
    });
    rows.resize(std::min(rows.size(), static_cast<std::size_t>(limit)));
    return slim(std::move(rows));
  }

  Result<store::Changes> changed_since(std::int64_t at, std::int64_t limit) const override {
    const std::lock_guard lock(tables_->mutex);
    if (tables_->refuses_reads)
      return refusal();
    auto rows = matching([&](const auto& row) {
      return row.changed_at >= at;
    });
    std::ranges::stable_sort(rows, {}, &store::CalculationRecord::changed_at);
    auto kept = static_cast<std::size_t>(std::max<std::int64_t>(limit, 1));
    while (kept < rows.size() && rows[kept].changed_at == rows[kept - 1].changed_at)
      ++kept;
    rows.resize(std::min(rows.size(), kept));
    return store::Changes{slim(std::move(rows)), tables_->now};
  }

  Result<std::vector<store::CalculationRecord>> unfinished(const std::string& node) const override {
    const std::lock_guard lock(tables_->mutex);
    if (tables_->refuses_reads)
      return refusal();
    return matching([&](const auto& row) {
      return row.node == node && (row.status == "created" || is_running(row));
    });
  }

  Result<std::vector<store::CalculationId>> children(store::CalculationId id) const override {
    const std::lock_guard lock(tables_->mutex);
    if (tables_->refuses_reads)
      return refusal();
    std::vector<store::CalculationId> ids;
    for (const auto& row : tables_->calculations)
      if (row.hazard_calculation_id == id && row.status != "deleted")
        ids.push_back(row.id);
    return ids;
  }

  Result<std::vector<store::OutputRecord>> outputs(store::CalculationId id) const override {
    const std::lock_guard lock(tables_->mutex);
    if (tables_->refuses_reads)
      return refusal();
    std::vector<store::OutputRecord> found;
    std::copy_if(tables_->outputs.begin(), tables_->outputs.end(), std::back_inserter(found),
                 [id](const auto& output) {
                   return output.calculation_id == id;
                 });
    return found;
  }

  Result<store::OutputRecord> output(std::int64_t output_id) const override {
    const std::lock_guard lock(tables_->mutex);
    if (tables_->refuses_reads)
      return refusal();
    if (output_id < 1 || output_id > static_cast<std::int64_t>(tables_->outputs.size()))
      return Error{Errc::not_found, "there is no output " + std::to_string(output_id), {}};
    return tables_->outputs[static_cast<std::size_t>(output_id - 1)];
  }

  Result<std::vector<store::LogRow>> log(store::CalculationId id, std::int64_t first,
                                         std::int64_t last) const override {
    const std::lock_guard lock(tables_->mutex);
    if (tables_->refuses_reads)
      return refusal();
    const auto found = tables_->logs.find(id);
    if (found == tables_->logs.end())
      return std::vector<store::LogRow>{};
    const auto& rows = found->second;
    const auto size = static_cast<std::int64_t>(rows.size());
    const auto begin = std::clamp<std::int64_t>(first, 0, size);
    const auto end = last == 0 ? size : std::clamp<std::int64_t>(last, begin, size);
    return std::vector(rows.begin() + begin, rows.begin() + end);
  }

  Result<std::int64_t> log_size(store::CalculationId id) const override {
    const std::lock_guard lock(tables_->mutex);
    if (tables_->refuses_reads)
      return refusal();
    const auto found = tables_->logs.find(id);
    return found == tables_->logs.end() ? 0 : static_cast<std::int64_t>(found->second.size());
  }

  Result<void> put_inputs(store::CalculationId id, const std::string& name,
                          std::string_view bytes) override {
    const std::lock_guard lock(tables_->mutex);
    if (tables_->refuses_writes)
      return refusal();
    if (!row_of(tables_->calculations, id))
      return unknown(id);
    tables_->inputs[id][name] = std::string(bytes);
    return {};
  }

  Result<std::vector<store::InputFile>> get_inputs(store::CalculationId id) const override {
    const std::lock_guard lock(tables_->mutex);
    if (tables_->refuses_reads)
      return refusal();
    std::vector<store::InputFile> files;
    if (const auto found = tables_->inputs.find(id); found != tables_->inputs.end())
      for (const auto& [name, bytes] : found->second)
        files.push_back({name, bytes});
    return files;
  }

private:
  static Error refusal() { return {Errc::unavailable, "the store does not answer", {}}; }
  static Error unknown(store::CalculationId id) {
    return {Errc::not_found, "there is no calculation " + std::to_string(id), {}};
  }
  static Error taken_over(store::CalculationId id) {
    return {Errc::fenced, "another node took calculation " + std::to_string(id) + " over", {}};
  }
  static std::vector<store::CalculationRecord> slim(std::vector<store::CalculationRecord> rows) {
    for (auto& row : rows)
      row.parameters = row.error = row.traceback = "";
    return rows;
  }
  static bool is_running(const store::CalculationRecord& row) {
    return row.status == "submitted" || row.status == "executing";
  }

  template <class Rows>
  static auto row_of(Rows& rows, store::CalculationId id) -> decltype(rows.data()) {
    if (id < 1 || id > static_cast<store::CalculationId>(rows.size()))
      return nullptr;
    return &rows[static_cast<std::size_t>(id - 1)];
  }

  static void change(store::CalculationRecord& row, const store::Transition& transition) {
    row.status = transition.status;
    row.phase = transition.phase;
    row.error = transition.error.value_or(row.error);
    row.traceback = transition.traceback.value_or(row.traceback);
    row.started_at = transition.started_at.value_or(row.started_at);
    row.stopped_at = transition.stopped_at.value_or(row.stopped_at);
    row.size_bytes = transition.size_bytes.value_or(row.size_bytes);
    ++row.revision;
  }

  static bool matches(const store::ListFilter& filter, const store::CalculationRecord& row) {
    return row.status != "deleted" && filter.is_risk.value_or(row.is_risk) == row.is_risk
           && filter.is_running.value_or(is_running(row)) == is_running(row)
           && filter.calculation_mode.value_or(row.calculation_mode) == row.calculation_mode
           && filter.started_since.value_or(row.started_at) <= row.started_at;
  }

  template <class Predicate>
  std::vector<store::CalculationRecord> matching(Predicate predicate) const {
    std::vector<store::CalculationRecord> rows;
    std::copy_if(tables_->calculations.begin(), tables_->calculations.end(),
                 std::back_inserter(rows), predicate);
    return rows;
  }

  std::shared_ptr<MemoryTables> tables_;
};

} // namespace oq::testing
