// MemoryClusterStore: leases and claims on the tables of a MemoryStore, with a clock that tests
// set.
#pragma once

#include "store/cluster_store.hpp"
#include "support/memory_store.hpp"

namespace oq::testing {

class MemoryClusterStore : public store::ClusterStore {
public:
  explicit MemoryClusterStore(std::shared_ptr<MemoryTables> tables) : tables_(std::move(tables)) {}

  // The database's clock goes forward.
  void advance(std::chrono::milliseconds time) {
    const std::lock_guard lock(tables_->mutex);
    tables_->now += microseconds(time);
  }

  Result<std::int64_t> enroll(const std::string& node, const std::string& address) override {
    const std::lock_guard lock(tables_->mutex);
    if (tables_->refuses_writes)
      return refusal();
    auto& row = tables_->nodes[node];
    row.address = address;
    row.info = "{}";
    return ++row.incarnation;
  }

  Result<void> renew(const std::string& node, std::int64_t incarnation,
                     std::chrono::milliseconds ttl, const std::string& info) override {
    const std::lock_guard lock(tables_->mutex);
    OQ_TRY(auto* row, own_row(node, incarnation));
    row->expires_at = tables_->now + microseconds(ttl);
    row->info = info;
    return {};
  }

  Result<void> release(const std::string& node, std::int64_t incarnation) override {
    const std::lock_guard lock(tables_->mutex);
    OQ_TRY(auto* row, own_row(node, incarnation));
    row->expires_at = tables_->now;
    return {};
  }

  Result<std::vector<store::NodeRecord>> nodes() const override {
    const std::lock_guard lock(tables_->mutex);
    if (tables_->refuses_reads)
      return refusal();
    std::vector<store::NodeRecord> rows;
    for (const auto& [name, row] : tables_->nodes)
      rows.push_back({name, row.incarnation, row.address, row.info,
                      std::chrono::milliseconds((row.expires_at - tables_->now) / 1000)});
    return rows;
  }

  Result<std::vector<store::CalculationRecord>>
  claim(const std::string& node, std::int64_t incarnation, std::int64_t limit) override {
    return take(node, incarnation, limit, [&](const auto& row) {
      const auto owner = tables_->nodes.find(row.node);
      return owner == tables_->nodes.end() || owner->second.expires_at <= tables_->now;
    });
  }

  Result<std::vector<store::CalculationRecord>> reclaim(const std::string& node,
                                                        std::int64_t incarnation) override {
    return take(node, incarnation, -1, [&](const auto& row) {
      return row.node == node;
    });
  }

  Result<bool> holds(store::CalculationId id, const std::string& node,
                     std::int64_t epoch) const override {
    const std::lock_guard lock(tables_->mutex);
    if (tables_->refuses_reads)
      return refusal();
    return std::ranges::any_of(tables_->calculations, [&](const auto& row) {
      return row.id == id && row.node == node && row.epoch == epoch;
    });
  }

private:
  static Error refusal() { return {Errc::unavailable, "the store does not answer", {}}; }
  static std::int64_t microseconds(std::chrono::milliseconds time) {
    return std::chrono::microseconds(time).count();
  }

  Result<MemoryNode*> own_row(const std::string& node, std::int64_t incarnation) {
    if (tables_->refuses_writes)
      return refusal();
    const auto found = tables_->nodes.find(node);
    if (found == tables_->nodes.end() || found->second.incarnation != incarnation)
      return Error{Errc::fenced, "another process runs as node " + node, {}};
    return &found->second;
  }

  template <class Predicate>
  Result<std::vector<store::CalculationRecord>>
  take(const std::string& node, std::int64_t incarnation, std::int64_t limit, Predicate may_take) {
    const std::lock_guard lock(tables_->mutex);
    if (tables_->refuses_writes)
      return refusal();
    std::vector<store::CalculationRecord> taken;
    const auto own = tables_->nodes.find(node);
    if (own == tables_->nodes.end() || own->second.incarnation != incarnation
        || own->second.expires_at <= tables_->now)
      return taken;
    for (auto& row : tables_->calculations) {
      const bool unfinished =
        row.status == "created" || row.status == "submitted" || row.status == "executing";
      if (std::ssize(taken) == limit || !unfinished || !may_take(row))
        continue;
      row.node = node;
      ++row.epoch;
      ++row.revision;
      row.changed_at = ++tables_->now;
      taken.push_back(row);
    }
    return taken;
  }

  std::shared_ptr<MemoryTables> tables_;
};

} // namespace oq::testing
