// Tasks are blocks of events; losses of assets are added up block by block, in order.
#include "engine/risk/scenario_risk.hpp"

#include "engine/nrml/number.hpp"
#include "engine/risk/aggregate_table.hpp"
#include "engine/risk/datastore_keys.hpp"
#include "engine/risk/event_losses.hpp"
#include "engine/risk/quick_order.hpp"

#include <algorithm>
#include <cmath>

namespace oq::engine {
namespace {

constexpr std::size_t kMostTasks = 16; // each returns the losses of all assets

// Loss types as the reference engine orders them in tables of aggregate losses.
std::size_t table_rank(const std::string& loss_type) {
  constexpr std::string_view kOrder[] = {"business_interruption", "contents", "nonstructural",
                                         "structural", "occupants"};
  return static_cast<std::size_t>(std::ranges::find(kOrder, loss_type) - std::begin(kOrder));
}

class ScenarioRiskCalculator final : public Calculator {
public:
  ScenarioRiskCalculator(CalculatorInputs inputs, std::unique_ptr<EventBase> base,
                         std::unique_ptr<std::vector<VulnerabilityModel>> models,
                         EventLosses losses)
    : job_(std::move(inputs.job)), hazard_(std::move(inputs.hazard)), base_(std::move(base)),
      models_(std::move(models)), losses_(std::move(losses)),
      block_(std::max<std::size_t>(1, (base_->event_count() + kMostTasks - 1) / kMostTasks)),
      sums_(sum_count()), by_event_(base_->event_count() * columns()) {}

  std::size_t task_count() const override { return (base_->event_count() + block_ - 1) / block_; }
  double task_weight(std::size_t task) const override {
    return static_cast<double>((last(task) - task * block_) * base_->asset_count() + 1);
  }

  Result<TaskResult> run_task(std::size_t task, const StopToken& stop) const override {
    TaskResult result;
    result.values.assign(sum_count(), 0.0);
    std::vector<double> losses, totals;
    const std::size_t assets = base_->asset_count();
    for (std::size_t event = task * block_; event < last(task); ++event) {
      if (stop.stop_requested())
        return Error{Errc::aborted, "stopped on request", ""};
      losses_.compute(event, losses);
      double* const sums = result.values.data() + base_->realization_of(event) * columns() * assets;
      for (std::size_t column = 0; column < columns(); ++column) {
        double total = 0;
        for (std::size_t i = 0; i < assets; ++i) {
          sums[column * assets + i] += losses[column * assets + i];
          total += losses[column * assets + i];
        }
        totals.push_back(total);
      }
    }
    result.values.insert(result.values.end(), totals.begin(), totals.end());
    return result;
  }

  Result<void> reduce(std::size_t task, TaskResult result) override {
    const std::size_t events = last(task) - task * block_;
    if (result.values.size() != sum_count() + events * columns())
      return Error{Errc::internal, "a task returned a result of the wrong size",
                   "task " + std::to_string(task)};
    for (std::size_t i = 0; i < sum_count(); ++i)
      sums_[i] += result.values[i];
    std::copy(result.values.begin() + static_cast<std::ptrdiff_t>(sum_count()), result.values.end(),
              by_event_.begin() + static_cast<std::ptrdiff_t>(task * block_ * columns()));
    return {};
  }

  Result<void> finish(Datastore& datastore) override {
    std::vector<std::string> loss_types;
    for (const auto& column : losses_.columns())
      loss_types.push_back(column.name);
    OQ_CHECK(store_event_head(job_, *base_, loss_types, *hazard_, datastore));
    OQ_CHECK(write_averages(loss_types, datastore));
    OQ_CHECK(store_table("risk_by_event", table_by_event(), datastore));
    OQ_CHECK(store_table("aggrisk/0", aggregate(""), datastore));
    for (std::size_t i = 0; i < base_->aggregate_by.size(); ++i)
      OQ_CHECK(store_table("aggrisk/" + std::to_string(i + 1), aggregate(base_->aggregate_by[i]),
                           datastore));
    return datastore.put_attributes(
      "aggrisk", {{"exported", true}, {"tables", base_->aggregate_by.size() + 1}});
  }

private:
  std::size_t columns() const { return losses_.columns().size(); }
  std::size_t sum_count() const { return base_->weights.size() * columns() * base_->asset_count(); }
  std::size_t last(std::size_t task) const {
    return std::min((task + 1) * block_, base_->event_count());
  }
  // Mean over the events of a realization.
  double mean(std::size_t realization, std::size_t column, std::size_t position) const {
    const std::size_t assets = base_->asset_count();
    const double events = base_->events_of[realization];
    return events == 0 ? 0 : sums_[(realization * columns() + column) * assets + position] / events;
  }
  std::vector<std::size_t> table_order() const {
    std::vector<std::size_t> order(columns());
    for (std::size_t i = 0; i < order.size(); ++i)
      order[i] = i;
    std::ranges::stable_sort(order, {}, [&](std::size_t i) {
      return table_rank(losses_.columns()[i].name);
    });
    return order;
  }

  Result<void> write_averages(const std::vector<std::string>& loss_types,
                              Datastore& datastore) const {
    std::vector<double> values;
    const auto names = kind_names(*base_);
    for (std::size_t i = 0; i < base_->asset_count(); ++i) {
      std::vector<double> by_realization;
      for (std::size_t r = 0; r < base_->weights.size(); ++r)
        for (std::size_t column = 0; column < columns(); ++column)
          by_realization.push_back(mean(r, column, i));
      const auto kinds = kinds_of(*base_, by_realization, columns());
      values.insert(values.end(), kinds.begin(), kinds.end());
    }
    const auto key = keys::kAverageLosses + kind_suffix(*base_);
    OQ_CHECK(
      datastore.put(key, {{base_->asset_count(), names.size(), columns()}, std::move(values)}));
    return datastore.put_attributes(key, event_attributes(names, loss_types));
  }

  // By loss type, then realization, then loss.
  TextTable table_by_event() const {
    TextTable table{"risk_by_event", {"event_id", "loss_type"}, {"loss"}, {{}, {}}, {}, true};
    for (const auto column : table_order())
      for (std::size_t r = 0; r < base_->weights.size(); ++r)
        add_events(column, r, table);
    return table;
  }

  void add_events(std::size_t column, std::size_t realization, TextTable& table) const {
    std::vector<std::size_t> events;
    std::vector<float> losses;
    for (std::size_t e = 0; e < base_->event_count(); ++e)
      if (const double loss = by_event_[e * columns() + column];
          loss > 0 && base_->realization_of(e) == realization) {
        events.push_back(e);
        losses.push_back(static_cast<float>(loss));
      }
    for (const auto i : quick_order(losses)) {
      table.texts[0].push_back(std::to_string(events[i]));
      table.texts[1].push_back(losses_.columns()[column].name);
      table.numbers.push_back(losses[i]);
    }
  }

  TextTable aggregate(const std::string& group) const {
    std::vector<std::string> tags;
    for (const auto tag : split_list(group, ListSeparators::blanks_and_commas))
      tags.emplace_back(tag);
    const bool several = base_->weights.size() > 1;
    TextTable table;
    table.stem = "aggrisk-";
    for (std::size_t i = 0; i < tags.size(); ++i)
      table.stem += (i == 0 ? "" : "-") + tags[i];
    table.text_columns = {"loss_type"};
    table.text_columns.insert(table.text_columns.end(), tags.begin(), tags.end());
    if (several)
      table.text_columns.emplace_back("rlz_id");
    table.number_columns = {"loss_value", "loss_ratio"};
    table.texts.resize(table.text_columns.size());
    for (const auto& assets : asset_groups(*base_, tags))
      for (const auto column : table_order())
        for (std::size_t r = 0; r < base_->weights.size(); ++r)
          add_row(assets, column, r, several, table);
    return table;
  }

  void add_row(const AssetGroup& group, std::size_t column, std::size_t realization, bool several,
               TextTable& table) const {
    double loss = 0, value = 0;
    for (const auto position : group.positions) {
      loss += mean(realization, column, position);
      value += losses_.value(column, position);
    }
    if (loss == 0)
      return;
    const auto& given = losses_.columns()[column];
    table.texts[0].push_back(given.name == "occupants" ? given.value : given.name);
    for (std::size_t i = 0; i < group.values.size(); ++i)
      table.texts[i + 1].push_back(group.values[i]);
    if (several)
      table.texts.back().push_back(std::to_string(realization));
    table.numbers.push_back(loss);
    table.numbers.push_back(loss / value);
  }

  Job job_;
  std::shared_ptr<const Datastore> hazard_;
  std::unique_ptr<EventBase> base_; // losses_ refers to it and to the models
  std::unique_ptr<std::vector<VulnerabilityModel>> models_;
  EventLosses losses_;
  std::size_t block_;            // events a task
  std::vector<double> sums_;     // realization x column x asset
  std::vector<double> by_event_; // event x column
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
  return std::unique_ptr<Calculator>(std::make_unique<ScenarioRiskCalculator>(
    std::move(inputs), std::move(kept_base), std::move(kept_models), std::move(losses)));
}

} // namespace oq::engine
