// ReinsuredLosses: claims, cessions and retentions of a calculation by event, and their tables.
#pragma once

#include "engine/risk/aggregate_table.hpp"
#include "engine/risk/event_losses.hpp"
#include "engine/risk/reinsurance.hpp"

#include <functional>

namespace oq::engine {

class ReinsuredLosses {
public:
  // Errc::invalid_input: no losses of the model's type. REQUIRES: the model is for these assets.
  static Result<ReinsuredLosses> make(const Job& job, ReinsuranceModel model,
                                      const EventLosses& losses, std::size_t assets);

  // Numbers that are added up over the events of a realization, and numbers of an event.
  std::size_t sum_count() const { return model_.policies.size() * model_.policy_width(); }
  std::size_t total_count() const { return model_.portfolio_width(); }

  // Which losses count, and where they go: a sum for each policy, which the caller sets to 0 before
  // an event.
  std::size_t column() const noexcept { return column_; }
  std::size_t policies() const { return model_.policies.size(); }
  void collect(std::size_t first_slot, std::span<const double> losses,
               std::span<double> of_policies) const;
  void add(std::span<const double> of_policies, std::span<double> sums,
           std::span<double> totals) const {
    add_reinsured(model_, of_policies, sums, totals);
  }

  // A realization's mean of a sum; a number of an event.
  using Numbers = std::function<double(std::size_t, std::size_t)>;
  // "reinsurance-avg_policy", "reinsurance-avg_portfolio", "reinsurance-risk_by_event".
  Result<void> store(const EventBase& base, const Numbers& mean, const Numbers& total,
                     Datastore& datastore) const;

private:
  explicit ReinsuredLosses(ReinsuranceModel model) : model_(std::move(model)) {}
  // Of portfolio tables: without the treaties that left nothing over.
  struct Columns {
    std::vector<std::string> names;
    std::vector<std::size_t> numbers;
  };
  Columns portfolio_columns(const EventBase& base, const Numbers& total) const;
  TextTable by_policy(const EventBase& base, const Numbers& mean) const;

  ReinsuranceModel model_;
  std::size_t column_ = 0; // of the losses that are claimed
  std::vector<std::size_t> policy_of_slot_;
};

} // namespace oq::engine
