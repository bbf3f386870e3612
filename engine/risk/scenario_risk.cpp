// Losses of assets by event, their means and their sums.
#include "engine/risk/scenario_risk.hpp"

#include "engine/risk/datastore_keys.hpp"
#include "engine/risk/event_calculator.hpp"
#include "engine/risk/event_losses.hpp"
#include "engine/risk/quick_order.hpp"
#include "engine/risk/reinsured_losses.hpp"

#include <algorithm>
#include <numeric>

namespace oq::engine {
namespace {

// Loss types as the reference engine orders them in tables of aggregate losses.
std::size_t table_rank(const std::string& loss_type) {
  constexpr std::string_view kOrder[] = {"business_interruption", "contents", "nonstructural",
                                         "structural", "occupants"};
  return static_cast<std::size_t>(std::ranges::find(kOrder, loss_type) - std::begin(kOrder));
}

class ScenarioRiskCalculator final : public EventCalculator {
public:
  ScenarioRiskCalculator(CalculatorInputs inputs, std::unique_ptr<EventBase> base,
                         std::unique_ptr<std::vector<VulnerabilityModel>> models,
                         EventLosses losses, std::optional<ReinsuredLosses> reinsured,
                         Widths widths)
    : EventCalculator(std::move(inputs), std::move(base), widths), models_(std::move(models)),
      losses_(std::move(losses)), reinsured_(std::move(reinsured)) {}

private:
  std::size_t columns() const { return losses_.columns().size(); }
  double mean_loss(std::size_t realization, std::size_t column, std::size_t position) const {
    return mean(realization, column * base().asset_count() + losses_.slot(position));
  }

  // Columns of averages and aggregates: the first ones.
  std::size_t shown() const {
    return static_cast<std::size_t>(
      std::ranges::count(losses_.columns(), false, &LossColumn::by_event_only));
  }
  std::size_t loss_sums() const { return columns() * base().asset_count(); }

  struct Room { // of a task
    EventLosses::Scratch scratch;
    std::vector<double> of_policies;
  };
  void add_event(std::size_t event, Room& room, std::span<double> sums,
                 std::span<double> totals) const {
    std::ranges::fill(room.of_policies, 0.0);
    losses_.compute(event, room.scratch,
                    [&](std::size_t column, std::size_t first, std::span<const double> losses) {
                      double* const to = &sums[column * base().asset_count() + first];
                      double total = totals[column];
                      for (std::size_t i = 0; i < losses.size(); ++i) {
                        to[i] += losses[i];
                        total += losses[i];
                      }
                      totals[column] = total;
                      if (reinsured_ && column == reinsured_->column())
                        reinsured_->collect(first, losses, room.of_policies);
                    });
    if (reinsured_)
      reinsured_->add(room.of_policies, sums.subspan(loss_sums()), totals.subspan(columns()));
  }

  AddEvent event_adder() const override {
    const auto room = std::make_shared<Room>();
    room->of_policies.resize(reinsured_ ? reinsured_->policies() : 0);
    return [this, room](std::size_t event, std::span<double> sums, std::span<double> totals) {
      add_event(event, *room, sums, totals);
    };
  }

  std::vector<std::string> loss_types() const override {
    std::vector<std::string> names;
    for (const auto& column : std::span(losses_.columns()).first(shown()))
      names.push_back(column.name);
    return names;
  }

  std::vector<std::size_t> table_order(std::size_t count) const {
    std::vector<std::size_t> order(count);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t i) {
      return table_rank(losses_.columns()[i].name);
    });
    return order;
  }

  Result<void> write_averages(Datastore& datastore) const override {
    std::vector<double> values;
    const auto names = kind_names(base());
    for (std::size_t i = 0; i < base().asset_count(); ++i) {
      std::vector<double> by_realization;
      for (std::size_t r = 0; r < base().weights.size(); ++r)
        for (std::size_t column = 0; column < shown(); ++column)
          by_realization.push_back(mean_loss(r, column, i));
      const auto kinds = kinds_of(base(), by_realization, shown());
      values.insert(values.end(), kinds.begin(), kinds.end());
    }
    const auto key = keys::kAverageLosses + kind_suffix(base());
    OQ_CHECK(
      datastore.put(key, {{base().asset_count(), names.size(), shown()}, std::move(values)}));
    return datastore.put_attributes(key, event_attributes(names, loss_types()));
  }

  // By loss type, then realization, then loss.
  TextTable table_by_event() const override {
    TextTable table{"risk_by_event", {"event_id", "loss_type"}, {"loss"}, {{}, {}}, {}, true};
    for (const auto column : table_order(columns()))
      for (std::size_t r = 0; r < base().weights.size(); ++r)
        add_events(column, r, table);
    return table;
  }

  void add_events(std::size_t column, std::size_t realization, TextTable& table) const {
    std::vector<std::size_t> events;
    std::vector<float> losses;
    for (std::size_t e = 0; e < base().event_count(); ++e)
      if (const double loss = total(e, column);
          loss > 0 && base().realization_of(e) == realization) {
        events.push_back(e);
        losses.push_back(static_cast<float>(loss));
      }
    for (const auto i : quick_order(losses)) {
      table.texts[0].push_back(std::to_string(events[i]));
      table.texts[1].push_back(losses_.columns()[column].name);
      table.numbers.push_back(losses[i]);
    }
  }

  std::vector<std::string> aggregate_columns() const override {
    return {"loss_value", "loss_ratio"};
  }

  void add_rows(const AssetGroup& group, TextTable& table) const override {
    for (const auto column : table_order(shown()))
      for (std::size_t r = 0; r < base().weights.size(); ++r)
        add_row(group, column, r, table);
  }

  void add_row(const AssetGroup& group, std::size_t column, std::size_t realization,
               TextTable& table) const {
    double loss = 0, value = 0;
    for (const auto position : group.positions) {
      loss += mean_loss(realization, column, position);
      value += losses_.value(column, position);
    }
    if (loss == 0)
      return;
    const auto& given = losses_.columns()[column];
    add_texts(group, given.name == "occupants" ? given.value : given.name, realization, table);
    table.numbers.push_back(loss);
    table.numbers.push_back(loss / value);
  }

  Result<void> write_more(Datastore& datastore) const override {
    if (!reinsured_)
      return {};
    return reinsured_->store(
      base(),
      [this](std::size_t realization, std::size_t sum) {
        return mean(realization, loss_sums() + sum);
      },
      [this](std::size_t event, std::size_t number) {
        return total(event, columns() + number);
      },
      datastore);
  }

  std::unique_ptr<std::vector<VulnerabilityModel>> models_; // losses_ refers to them
  EventLosses losses_;
  std::optional<ReinsuredLosses> reinsured_;
};

} // namespace

Result<std::unique_ptr<Calculator>> make_scenario_risk_calculator(CalculatorInputs inputs) {
  if (!inputs.hazard)
    return invalid_input("scenario_risk starts from ground-motion fields: give a rupture, "
                         "gmfs_file, or a calculation with hazard_calculation_id or --hc",
                         inputs.job.ini.filename().string());
  OQ_TRY(auto base, read_event_base(inputs.job, *inputs.hazard));
  OQ_TRY(const auto files, RiskFiles::read(inputs.job, inputs.hazard.get()));
  OQ_TRY(auto models, read_vulnerability_models(inputs.job, files));
  OQ_TRY(const auto mapping, TaxonomyMapping::read(files));
  auto kept_base = std::make_unique<EventBase>(std::move(base));
  auto kept_models = std::make_unique<std::vector<VulnerabilityModel>>(std::move(models));
  OQ_TRY(auto losses, EventLosses::make(inputs.job, *kept_base, *kept_models, mapping, files));
  EventCalculator::Widths widths;
  widths.totals = losses.columns().size();
  widths.sums = widths.totals * kept_base->asset_count();
  std::optional<ReinsuredLosses> reinsured;
  if (has_reinsurance(inputs.job)) {
    OQ_TRY(auto model,
           read_reinsurance(inputs.job, kept_base->exposure.assets, kept_base->assets.asset));
    OQ_TRY(reinsured,
           ReinsuredLosses::make(inputs.job, std::move(model), losses, kept_base->asset_count()));
    widths.sums += reinsured->sum_count();
    widths.totals += reinsured->total_count();
  }
  return std::unique_ptr<Calculator>(std::make_unique<ScenarioRiskCalculator>(
    std::move(inputs), std::move(kept_base), std::move(kept_models), std::move(losses),
    std::move(reinsured), widths));
}

} // namespace oq::engine
