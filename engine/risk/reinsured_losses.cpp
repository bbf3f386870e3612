// Rows without a claim are left out, as in the reference engine's tables.
#include "engine/risk/reinsured_losses.hpp"

#include "engine/nrml/number.hpp"

#include <algorithm>

namespace oq::engine {
namespace {

constexpr std::size_t kClaim = 1; // after the retention, in every row

std::vector<std::string> names_of(const ReinsuranceModel& model, std::size_t treaties) {
  std::vector<std::string> names{"retention", "claim"};
  for (std::size_t t = 0; t < treaties; ++t)
    names.push_back(model.treaties[t].name);
  return names;
}

} // namespace

Result<ReinsuredLosses> ReinsuredLosses::make(const Job& job, ReinsuranceModel model,
                                              const EventLosses& losses, std::size_t assets) {
  ReinsuredLosses reinsured(std::move(model));
  const auto& columns = losses.columns();
  auto found = std::ranges::find(columns, reinsured.model_.loss_type, &LossColumn::name);
  if (found == columns.end())
    return invalid_input("reinsurance_file: there are no losses of "
                           + in_quotes(reinsured.model_.loss_type)
                           + "; a sum of loss types needs total_losses",
                         job.where("reinsurance_file"));
  // Less the deductibles of the assets, where they have some.
  const auto claims = std::ranges::find(columns, true, &LossColumn::by_event_only);
  if (claims != columns.end())
    found = claims;
  reinsured.column_ = static_cast<std::size_t>(found - columns.begin());
  reinsured.policy_of_slot_.resize(assets);
  for (std::size_t i = 0; i < assets; ++i)
    reinsured.policy_of_slot_[losses.slot(i)] = reinsured.model_.policy_of[i];
  return reinsured;
}

void ReinsuredLosses::collect(std::size_t first_slot, std::span<const double> losses,
                              std::span<double> of_policies) const {
  for (std::size_t i = 0; i < losses.size(); ++i)
    of_policies[policy_of_slot_[first_slot + i]] += losses[i];
}

TextTable ReinsuredLosses::by_policy(const EventBase& base, const Numbers& mean) const {
  TextTable table{"reinsurance-avg_policy",
                  {"rlz_id", "policy_id"},
                  names_of(model_, model_.policy_treaties()),
                  {{}, {}},
                  {},
                  false};
  const std::size_t width = model_.policy_width();
  for (std::size_t r = 0; r < base.weights.size(); ++r)
    for (std::size_t p = 0; p < model_.policies.size(); ++p) {
      if (!(mean(r, p * width + kClaim) > 0))
        continue;
      table.texts[0].push_back(std::to_string(r));
      table.texts[1].push_back(model_.policies[p].id);
      for (std::size_t i = 0; i < width; ++i)
        table.numbers.push_back(mean(r, p * width + i));
    }
  return table;
}

ReinsuredLosses::Columns ReinsuredLosses::portfolio_columns(const EventBase& base,
                                                            const Numbers& total) const {
  const std::size_t treaties = model_.treaties.size();
  Columns columns{names_of(model_, treaties), {}};
  for (std::size_t i = 0; i < columns.names.size(); ++i)
    columns.numbers.push_back(i);
  for (std::size_t t = 0; t < treaties; ++t) {
    const std::size_t number = 2 + treaties + t;
    for (std::size_t e = 0; e < base.event_count(); ++e)
      if (total(e, number) > 0) {
        columns.names.push_back("overspill_" + model_.treaties[t].name);
        columns.numbers.push_back(number);
        break;
      }
  }
  return columns;
}

Result<void> ReinsuredLosses::store(const EventBase& base, const Numbers& mean,
                                    const Numbers& total, Datastore& datastore) const {
  const auto columns = portfolio_columns(base, total);
  const std::size_t width = columns.numbers.size();
  TextTable events{
    "reinsurance-risk_by_event", {"event_id", "year"}, columns.names, {{}, {}}, {}, true};
  std::vector<double> sums(base.weights.size() * width);
  for (std::size_t e = 0; e < base.event_count(); ++e) {
    if (!(total(e, kClaim) > 0))
      continue;
    events.texts[0].push_back(std::to_string(e));
    events.texts[1].emplace_back("0");
    for (std::size_t i = 0; i < width; ++i) {
      events.numbers.push_back(total(e, columns.numbers[i]));
      sums[base.realization_of(e) * width + i] += events.numbers.back();
    }
  }
  TextTable portfolio{"reinsurance-avg_portfolio", {"rlz_id"}, columns.names, {{}}, {}, false};
  for (std::size_t r = 0; r < base.weights.size(); ++r) {
    if (!(sums[r * width + kClaim] > 0))
      continue;
    portfolio.texts[0].push_back(std::to_string(r));
    for (std::size_t i = 0; i < width; ++i)
      portfolio.numbers.push_back(sums[r * width + i] / base.events_of[r]);
  }
  for (const auto& table : {by_policy(base, mean), portfolio, events})
    OQ_CHECK(store_table(table.stem, table, datastore));
  return {};
}

} // namespace oq::engine
