// Two loss models, as built and retrofitted, on the same hazard.
#include "engine/risk/classical_bcr.hpp"

#include "engine/nrml/number.hpp"
#include "engine/risk/datastore_keys.hpp"
#include "engine/risk/loss_units.hpp"
#include "engine/risk/risk_head.hpp"
#include "engine/risk/unit_calculator.hpp"

#include <cmath>

namespace oq::engine {
namespace {

constexpr std::size_t kOriginal = 0, kRetrofitted = 1; // models
constexpr std::size_t kColumns = 3;                    // annual_loss_orig, annual_loss_retro, bcr

struct Economy {
  double interest_rate = 0; // a year
  double life = 0;          // years
};

class ClassicalBcrCalculator final : public UnitCalculator {
public:
  ClassicalBcrCalculator(CalculatorInputs inputs, std::unique_ptr<RiskInputs> risk, Economy economy)
    : job_(std::move(inputs.job)), hazard_(std::move(inputs.hazard)), risk_(std::move(risk)),
      units_(*risk_), economy_(economy) {}

private:
  std::size_t unit_count() const override { return units_.size(); }
  std::size_t value_count(std::size_t unit) const override { return units_.value_count(unit); }
  double weight(std::size_t unit) const override { return units_.weight(unit); }
  Result<void> compute(std::size_t unit, std::vector<double>& values) const override {
    return units_.compute(unit, values);
  }

  double annual_loss(const std::vector<std::vector<double>>& results, std::size_t model,
                     std::size_t asset, std::size_t kind) const {
    const auto unit = units_.unit_of(model, asset);
    const auto width = 1 + units_.ratios(unit).size();
    return results[unit][kind * width];
  }

  Result<void> write(const std::vector<std::vector<double>>& results,
                     Datastore& datastore) override {
    const std::vector<std::string> loss_types{risk_->models.front().loss_type};
    OQ_CHECK(store_risk_head(job_, *risk_, loss_types, *hazard_, datastore));
    const auto& assets = risk_->exposure.assets;
    const auto& values = assets.values.at(risk_->models.front().value);
    const auto count = risk_->assets.asset.size();
    for (const auto& kinds : kind_ranges(*risk_)) {
      std::vector<double> rows;
      for (std::size_t i = 0; i < count; ++i)
        for (std::size_t kind = 0; kind < kinds.names.size(); ++kind) {
          const auto asset = risk_->assets.asset[i];
          const double value = values[asset];
          const double original = annual_loss(results, kOriginal, i, kinds.first + kind) * value;
          const double retrofitted =
            annual_loss(results, kRetrofitted, i, kinds.first + kind) * value;
          rows.insert(rows.end(), {original, retrofitted,
                                   benefit_cost_ratio(original, retrofitted, economy_.interest_rate,
                                                      economy_.life, assets.retrofitted[asset])});
        }
      const auto key = keys::kBenefitCost + kinds.suffix;
      OQ_CHECK(datastore.put(key, {{count, kinds.names.size(), kColumns}, std::move(rows)}));
      OQ_CHECK(datastore.put_attributes(key, risk_attributes(*risk_, kinds.names, loss_types)));
    }
    return {};
  }

  Job job_;
  std::shared_ptr<const Datastore> hazard_;
  std::unique_ptr<RiskInputs> risk_; // units_ refers to it
  LossUnits units_;
  Economy economy_;
};

Result<double> needed_option(const Job& job, const char* name) {
  if (const auto* value = job.parameters.if_contains(name); value != nullptr && value->is_double())
    return value->as_double();
  return invalid_input(std::string(name) + " is missing: classical_bcr needs it",
                       job.ini.filename().string());
}

Result<void> check_costs(const RiskInputs& risk) {
  const auto& assets = risk.exposure.assets;
  for (const auto asset : risk.assets.asset)
    if (assets.retrofitted.empty() || !(assets.retrofitted[asset] > 0))
      return invalid_input("asset " + in_quotes(assets.id[asset])
                             + ": no cost of retrofitting above 0",
                           assets.where(asset));
  return {};
}

} // namespace

double benefit_cost_ratio(double loss_original, double loss_retrofitted, double interest_rate,
                          double life_years, double cost) {
  return (loss_original - loss_retrofitted) * -std::expm1(-interest_rate * life_years)
         / (interest_rate * cost);
}

Result<std::unique_ptr<Calculator>> make_classical_bcr_calculator(CalculatorInputs inputs) {
  if (!inputs.hazard)
    return invalid_input("classical_bcr starts from hazard curves: give hazard_curves_file, a "
                         "source model, or a calculation with hazard_calculation_id or --hc",
                         inputs.job.ini.filename().string());
  Economy economy;
  OQ_TRY(economy.interest_rate, needed_option(inputs.job, "interest_rate"));
  OQ_TRY(economy.life, needed_option(inputs.job, "asset_life_expectancy"));
  if (!(economy.interest_rate > 0))
    return invalid_input("interest_rate must be above 0", inputs.job.where("interest_rate"));
  OQ_TRY(auto risk, read_risk_inputs(inputs.job, *inputs.hazard));
  if (risk.models.size() != 1 || risk.models.front().loss_type != "structural")
    return invalid_input("classical_bcr takes structural_vulnerability_file only",
                         inputs.job.ini.filename().string());
  OQ_TRY(const auto files, RiskFiles::read(inputs.job, inputs.hazard.get()));
  OQ_TRY(auto retrofitted, read_retrofitted_model(inputs.job, files));
  risk.models.push_back(std::move(retrofitted));
  OQ_CHECK(check_models(risk));
  OQ_CHECK(check_costs(risk));
  if (risk.weights.size() == 1) { // its own name: rlz-000
    risk.statistics.clear();
    risk.keeps_realizations = true;
  }
  return std::unique_ptr<Calculator>(std::make_unique<ClassicalBcrCalculator>(
    std::move(inputs), std::make_unique<RiskInputs>(std::move(risk)), economy));
}

} // namespace oq::engine
