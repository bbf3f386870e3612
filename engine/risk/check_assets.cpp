// Each taxonomy is looked up once.
#include "engine/risk/check_assets.hpp"

#include "engine/nrml/number.hpp"
#include "engine/risk/fragility.hpp"
#include "engine/risk/loss_models.hpp"
#include "engine/risk/taxonomy_mapping.hpp"

#include <cmath>
#include <unordered_set>

namespace oq::engine {
namespace {

template <class Model>
Result<void> check_functions(const std::vector<Model>& models, const char* kind,
                             const TaxonomyMapping& mapping, const Assets& assets,
                             const std::vector<std::size_t>& chosen) {
  std::unordered_set<std::string_view> known;
  for (const auto asset : chosen) {
    const auto& taxonomy = assets.taxonomy[asset];
    if (!known.insert(taxonomy).second)
      continue;
    const auto choices = mapping.of(taxonomy);
    if (!choices)
      return invalid_input("asset " + in_quotes(assets.id[asset]) + ": " + choices.error().message,
                           assets.where(asset));
    for (const auto& model : models)
      for (const auto& choice : *choices)
        if (model.find(choice.function) == nullptr)
          return missing_function(assets, asset, model.loss_type, kind, choice.function);
  }
  return {};
}

Result<void> check_values(const std::vector<VulnerabilityModel>& models, const Assets& assets,
                          const std::vector<std::size_t>& chosen) {
  for (const auto& model : models) {
    const auto values = assets.values.find(model.value);
    for (const auto asset : chosen)
      if (values == assets.values.end() || std::isnan(values->second[asset]))
        return missing_value(assets, asset, model.value,
                             "the " + model.loss_type + " vulnerability model");
  }
  return {};
}

} // namespace

Error missing_function(const Assets& assets, std::size_t asset, const std::string& loss_type,
                       const std::string& kind, const std::string& function) {
  return invalid_input("asset " + in_quotes(assets.id[asset]) + ": the " + loss_type + " " + kind
                         + " model has no function for taxonomy " + in_quotes(function),
                       assets.where(asset));
}

Error missing_value(const Assets& assets, std::size_t asset, const std::string& value,
                    const std::string& needed_by) {
  return invalid_input("asset " + in_quotes(assets.id[asset]) + ": no value of " + value
                         + ", which " + needed_by + " needs",
                       assets.where(asset));
}

Result<void> check_assets(const Job& job, const RiskFiles& files, const Assets& assets,
                          const std::vector<std::size_t>& chosen) {
  OQ_TRY(const auto mapping, TaxonomyMapping::read(files));
  const bool of_damage =
    job.mode == CalculationMode::scenario_damage || job.mode == CalculationMode::classical_damage;
  if (of_damage) {
    OQ_TRY(const auto models, read_fragility_models(files, job.ini.filename().string()));
    return check_functions(models, "fragility", mapping, assets, chosen);
  }
  OQ_TRY(const auto models, read_vulnerability_models(job, files));
  OQ_CHECK(check_functions(models, "vulnerability", mapping, assets, chosen));
  return check_values(models, assets, chosen);
}

} // namespace oq::engine
