// Tasks are blocks of events; damage of assets is added up block by block, in order.
#include "engine/risk/scenario_damage.hpp"

#include "engine/nrml/number.hpp"
#include "engine/risk/aggregate_table.hpp"
#include "engine/risk/datastore_keys.hpp"
#include "engine/risk/event_damage.hpp"

#include <boost/json/array.hpp>

#include <algorithm>

namespace oq::engine {
namespace {

constexpr std::size_t kMostTasks = 16; // each returns the damage of all assets

class ScenarioDamageCalculator final : public Calculator {
public:
  ScenarioDamageCalculator(CalculatorInputs inputs, std::unique_ptr<EventBase> base,
                           std::unique_ptr<std::vector<FragilityModel>> models, EventDamage damage)
    : job_(std::move(inputs.job)), hazard_(std::move(inputs.hazard)), base_(std::move(base)),
      models_(std::move(models)), damage_(std::move(damage)), width_(damage_.width()),
      block_(std::max<std::size_t>(1, (base_->event_count() + kMostTasks - 1) / kMostTasks)),
      sums_(base_->weights.size() * cells()), by_event_(base_->event_count() * model_width()) {}

  std::size_t task_count() const override { return (base_->event_count() + block_ - 1) / block_; }
  double task_weight(std::size_t task) const override {
    return static_cast<double>((last(task) - task * block_) * base_->asset_count() + 1);
  }

  Result<TaskResult> run_task(std::size_t task, const StopToken& stop) const override {
    TaskResult result;
    result.values.assign(sums_.size(), 0.0);
    std::vector<double> damage;
    for (std::size_t event = task * block_; event < last(task); ++event) {
      if (stop.stop_requested())
        return Error{Errc::aborted, "stopped on request", ""};
      damage_.compute(event, damage);
      double* const sums = result.values.data() + base_->realization_of(event) * cells();
      std::vector<double> totals(model_width(), 0.0);
      for (std::size_t i = 0; i < damage.size(); ++i) {
        sums[i] += damage[i];
        totals[i % totals.size()] += damage[i];
      }
      result.values.insert(result.values.end(), totals.begin(), totals.end());
    }
    return result;
  }

  Result<void> reduce(std::size_t task, TaskResult result) override {
    const std::size_t events = last(task) - task * block_;
    if (result.values.size() != sums_.size() + events * model_width())
      return Error{Errc::internal, "a task returned a result of the wrong size",
                   "task " + std::to_string(task)};
    for (std::size_t i = 0; i < sums_.size(); ++i)
      sums_[i] += result.values[i];
    std::copy(result.values.begin() + static_cast<std::ptrdiff_t>(sums_.size()),
              result.values.end(),
              by_event_.begin() + static_cast<std::ptrdiff_t>(task * block_ * model_width()));
    return {};
  }

  Result<void> finish(Datastore& datastore) override {
    std::vector<std::string> loss_types;
    for (const auto& model : *models_)
      loss_types.push_back(model.loss_type);
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
  std::size_t model_width() const { return models_->size() * width_; }
  std::size_t cells() const { return base_->asset_count() * model_width(); }
  std::size_t last(std::size_t task) const {
    return std::min((task + 1) * block_, base_->event_count());
  }
  double number(std::size_t position) const {
    return base_->exposure.assets.number[base_->assets.asset[position]];
  }
  // Mean over the events of a realization: "no_damage", limit states, consequences.
  std::vector<double> means(std::size_t realization, std::size_t model,
                            std::size_t position) const {
    const double events = std::max(base_->events_of[realization], 1.0);
    const double* const sums =
      &sums_[realization * cells() + (position * models_->size() + model) * width_];
    std::vector<double> out{number(position)};
    for (std::size_t i = 0; i < width_; ++i) {
      out.push_back(sums[i] / events);
      if (i < damage_.state_count())
        out.front() -= out.back();
    }
    return out;
  }

  Result<void> write_averages(const std::vector<std::string>& loss_types,
                              Datastore& datastore) const {
    std::vector<double> values;
    const auto names = kind_names(*base_);
    for (std::size_t i = 0; i < base_->asset_count(); ++i) {
      std::vector<double> by_realization;
      for (std::size_t r = 0; r < base_->weights.size(); ++r)
        for (std::size_t model = 0; model < models_->size(); ++model) {
          const auto cells_of = means(r, model, i);
          by_realization.insert(by_realization.end(), cells_of.begin(), cells_of.end());
        }
      const auto kinds = kinds_of(*base_, by_realization, models_->size() * (width_ + 1));
      values.insert(values.end(), kinds.begin(), kinds.end());
    }
    const auto key = keys::kDamages + kind_suffix(*base_);
    OQ_CHECK(datastore.put(
      key, {{base_->asset_count(), names.size(), models_->size(), width_ + 1}, std::move(values)}));
    auto about = event_attributes(names, loss_types);
    boost::json::array columns{"no_damage"};
    for (const auto& name : column_names())
      columns.emplace_back(name);
    about["damage_states"] = std::move(columns);
    about["stem"] = "avg_damages";
    const auto* modal = job_.parameters.if_contains("modal_damage_state");
    about["modal"] = modal != nullptr && modal->is_bool() && modal->get_bool()
                       ? static_cast<std::int64_t>(damage_.state_count() + 1)
                       : std::int64_t{0};
    return datastore.put_attributes(key, about);
  }

  std::vector<std::string> column_names() const {
    std::vector<std::string> names = models_->front().limit_states;
    names.insert(names.end(), damage_.consequences().begin(), damage_.consequences().end());
    return names;
  }

  // By loss type, then event; events that shake no asset are left out.
  TextTable table_by_event() const {
    TextTable table{"risk_by_event", {"event_id", "loss_type"}, column_names(), {{}, {}}, {}, true};
    for (std::size_t model = 0; model < models_->size(); ++model)
      for (std::size_t event = 0; event < base_->event_count(); ++event) {
        const auto first =
          by_event_.begin() + static_cast<std::ptrdiff_t>(event * model_width() + model * width_);
        const auto end = first + static_cast<std::ptrdiff_t>(width_);
        if (!shakes_assets(*base_, event))
          continue;
        table.texts[0].push_back(std::to_string(event));
        table.texts[1].push_back((*models_)[model].loss_type);
        table.numbers.insert(table.numbers.end(), first, end);
      }
    return table;
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
    table.number_columns = {"no_damage"};
    for (const auto& state : models_->front().limit_states)
      table.number_columns.push_back(state);
    for (const auto& name : damage_.consequences()) {
      table.number_columns.push_back(name + "_value");
      table.number_columns.push_back(name + "_ratio");
    }
    table.texts.resize(table.text_columns.size());
    for (const auto& assets : asset_groups(*base_, tags))
      for (std::size_t model = 0; model < models_->size(); ++model)
        for (std::size_t r = 0; r < base_->weights.size(); ++r)
          add_row(assets, model, r, several, table);
    return table;
  }

  void add_row(const AssetGroup& group, std::size_t model, std::size_t realization, bool several,
               TextTable& table) const {
    std::vector<double> sums(width_ + 1, 0.0), bases(damage_.consequences().size(), 0.0);
    double numbers = 0;
    for (const auto position : group.positions) {
      const auto cells_of = means(realization, model, position);
      for (std::size_t i = 0; i < sums.size(); ++i)
        sums[i] += cells_of[i];
      for (std::size_t c = 0; c < bases.size(); ++c)
        bases[c] += damage_.base_of(c, model, position);
      numbers += number(position);
    }
    // As the reference engine has it: all loss types share what is not damaged.
    double damaged = 0;
    for (std::size_t i = 1; i <= damage_.state_count(); ++i)
      damaged += sums[i];
    sums.front() = numbers - damaged / static_cast<double>(models_->size());
    table.texts[0].push_back((*models_)[model].loss_type);
    for (std::size_t i = 0; i < group.values.size(); ++i)
      table.texts[i + 1].push_back(group.values[i]);
    if (several)
      table.texts.back().push_back(std::to_string(realization));
    const std::size_t states = damage_.state_count() + 1;
    table.numbers.insert(table.numbers.end(), sums.begin(),
                         sums.begin() + static_cast<std::ptrdiff_t>(states));
    for (std::size_t c = 0; c < bases.size(); ++c) {
      table.numbers.push_back(sums[states + c]);
      table.numbers.push_back(bases[c] == 0 ? 0 : sums[states + c] / bases[c]);
    }
  }

  Job job_;
  std::shared_ptr<const Datastore> hazard_;
  std::unique_ptr<EventBase> base_; // damage_ refers to it and to the models
  std::unique_ptr<std::vector<FragilityModel>> models_;
  EventDamage damage_;
  std::size_t width_;            // limit states and consequences
  std::size_t block_;            // events a task
  std::vector<double> sums_;     // realization x asset x model x width
  std::vector<double> by_event_; // event x model x width
};

} // namespace

Result<std::unique_ptr<Calculator>> make_scenario_damage_calculator(CalculatorInputs inputs) {
  if (!inputs.hazard)
    return invalid_input("scenario_damage starts from ground-motion fields: give a rupture, "
                         "gmfs_file, or a calculation with hazard_calculation_id or --hc",
                         inputs.job.ini.filename().string());
  const auto* networks = inputs.job.parameters.if_contains("infrastructure_connectivity_analysis");
  if (networks != nullptr && networks->is_bool() && networks->get_bool() && inputs.log)
    inputs.log(LogLevel::warning,
               "infrastructure_connectivity_analysis is not supported yet: damage "
               "is computed, the connectivity of networks is not");
  OQ_TRY(auto base, read_event_base(inputs.job, *inputs.hazard));
  OQ_TRY(const auto files, RiskFiles::read(inputs.job, inputs.hazard.get()));
  OQ_TRY(auto models, read_fragility_models(files, inputs.job.ini.filename().string()));
  OQ_TRY(const auto mapping, TaxonomyMapping::read(files));
  OQ_TRY(auto consequences, read_consequences(files, models.front().limit_states));
  auto kept_base = std::make_unique<EventBase>(std::move(base));
  auto kept_models = std::make_unique<std::vector<FragilityModel>>(std::move(models));
  OQ_TRY(auto damage,
         EventDamage::make(inputs.job, *kept_base, *kept_models, mapping, std::move(consequences)));
  return std::unique_ptr<Calculator>(std::make_unique<ScenarioDamageCalculator>(
    std::move(inputs), std::move(kept_base), std::move(kept_models), std::move(damage)));
}

} // namespace oq::engine
