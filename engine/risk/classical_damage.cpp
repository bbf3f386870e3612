// Damage of assets: the shares of their unit times their number of buildings.
#include "engine/risk/classical_damage.hpp"

#include "engine/risk/damage_units.hpp"
#include "engine/risk/datastore_keys.hpp"
#include "engine/risk/risk_head.hpp"
#include "engine/risk/unit_calculator.hpp"

#include <boost/json/array.hpp>

namespace oq::engine {
namespace {

class ClassicalDamageCalculator final : public UnitCalculator {
public:
  ClassicalDamageCalculator(CalculatorInputs inputs, std::unique_ptr<DamageInputs> damage,
                            DamageUnits units)
    : job_(std::move(inputs.job)), hazard_(std::move(inputs.hazard)), damage_(std::move(damage)),
      units_(std::move(units)) {}

private:
  std::size_t unit_count() const override { return units_.size(); }
  std::size_t value_count(std::size_t) const override { return units_.value_count(); }
  double weight(std::size_t unit) const override { return units_.weight(unit); }
  Result<void> compute(std::size_t unit, std::vector<double>& values) const override {
    return units_.compute(unit, values);
  }

  Result<void> write(const std::vector<std::vector<double>>& results,
                     Datastore& datastore) override {
    std::vector<std::string> loss_types;
    for (const auto& model : damage_->models)
      loss_types.push_back(model.loss_type);
    OQ_CHECK(store_risk_head(job_, *damage_, loss_types, *hazard_, datastore));
    for (const auto& kinds : kind_ranges(*damage_))
      OQ_CHECK(write_damage(results, kinds, loss_types, datastore));
    return {};
  }

  Result<void> write_damage(const std::vector<std::vector<double>>& results, const KindRange& kinds,
                            const std::vector<std::string>& loss_types,
                            Datastore& datastore) const {
    const auto states = units_.damage_states();
    const auto count = damage_->assets.asset.size();
    std::vector<double> values;
    values.reserve(count * kinds.names.size() * loss_types.size() * states);
    for (std::size_t asset = 0; asset < count; ++asset) {
      const double number = damage_->exposure.assets.number[damage_->assets.asset[asset]];
      for (std::size_t kind = 0; kind < kinds.names.size(); ++kind)
        for (std::size_t model = 0; model < loss_types.size(); ++model) {
          const auto& shares = results[units_.unit_of(model, asset)];
          for (std::size_t state = 0; state < states; ++state)
            values.push_back(shares[(kinds.first + kind) * states + state] * number);
        }
    }
    const auto key = keys::kDamages + kinds.suffix;
    OQ_CHECK(datastore.put(
      key, {{count, kinds.names.size(), loss_types.size(), states}, std::move(values)}));
    auto about = risk_attributes(*damage_, kinds.names, loss_types);
    boost::json::array names{"no_damage"};
    for (const auto& state : damage_->models.front().limit_states)
      names.emplace_back(state);
    about["damage_states"] = std::move(names);
    return datastore.put_attributes(key, about);
  }

  Job job_;
  std::shared_ptr<const Datastore> hazard_;
  std::unique_ptr<DamageInputs> damage_; // units_ refers to it
  DamageUnits units_;
};

int steps_per_interval(const Job& job) {
  const auto* steps = job.parameters.if_contains("steps_per_interval");
  return steps == nullptr ? 1 : static_cast<int>(std::min<std::int64_t>(steps->as_int64(), 1000));
}

} // namespace

Result<std::unique_ptr<Calculator>> make_classical_damage_calculator(CalculatorInputs inputs) {
  if (!inputs.hazard)
    return invalid_input("classical_damage starts from hazard curves: give hazard_curves_file, a "
                         "source model, or a calculation with hazard_calculation_id or --hc",
                         inputs.job.ini.filename().string());
  auto damage = std::make_unique<DamageInputs>();
  OQ_TRY(static_cast<RiskBase&>(*damage), read_risk_base(inputs.job, *inputs.hazard));
  OQ_TRY(const auto files, RiskFiles::read(inputs.job, inputs.hazard.get()));
  OQ_TRY(damage->models, read_fragility_models(files, inputs.job.ini.filename().string()));
  for (const auto& model : damage->models)
    if (model.peril != kGroundShaking)
      return invalid_input("classical_damage is of ground shaking alone",
                           inputs.job.where(model.peril + "_fragility_file"));
  damage->steps = steps_per_interval(inputs.job);
  // A single realization keeps its own name: rlz-000 (not "mean").
  if (damage->weights.size() == 1) {
    damage->statistics.clear();
    damage->keeps_realizations = true;
  }
  OQ_TRY(const auto mapping, TaxonomyMapping::read(files));
  OQ_TRY(auto units, DamageUnits::make(*damage, mapping));
  return std::unique_ptr<Calculator>(std::make_unique<ClassicalDamageCalculator>(
    std::move(inputs), std::move(damage), std::move(units)));
}

} // namespace oq::engine
