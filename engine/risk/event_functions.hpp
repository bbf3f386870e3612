// The risk functions of an event's assets: one look-up for losses and for damage.
#pragma once

#include "engine/risk/check_assets.hpp"
#include "engine/risk/event_base.hpp"
#include "engine/risk/fragility.hpp"
#include "engine/risk/loss_models.hpp"

#include <type_traits>

namespace oq::engine {

// A function for some of the buildings of a taxonomy, and the intensity measure that it needs.
template <class Function>
struct EventFunction {
  const Function* function = nullptr;
  std::size_t field = 0; // index into FieldTable::imts
  double weight = 1;
};

inline std::string imt_of(const VulnerabilityFunction& function) {
  return function.imt.name();
}
inline const std::string& imt_of(const FragilityFunction& function) {
  return function.imt;
}

inline const char* peril_of(const VulnerabilityModel&) {
  return kGroundShaking;
}
inline const std::string& peril_of(const FragilityModel& model) {
  return model.peril;
}

template <class Model>
using FunctionOf = std::remove_cvref_t<decltype(*std::declval<const Model&>().find(""))>;

// The first of several models of a loss type, each of another peril: in the reference engine all
// of them take the intensity measure of its function. Null when `model` is the first itself.
template <class Model>
const Model* leader_of(const std::vector<Model>& models, std::size_t model) {
  for (std::size_t i = 0; i < model; ++i)
    if (models[i].loss_type == models[model].loss_type)
      return &models[i];
  return nullptr;
}

// For each taxonomy and each model the functions of the mapping. `kind` is for messages.
// Errc::invalid_input names the asset without function, or the function without field.
template <class Model>
using FunctionTable = std::vector<std::vector<std::vector<EventFunction<FunctionOf<Model>>>>>;

template <class Model>
Result<FunctionTable<Model>>
functions_of(const EventBase& base, const std::vector<TaxonomyAssets>& taxonomies,
             const std::vector<Model>& models, const TaxonomyMapping& mapping, const char* kind) {
  FunctionTable<Model> table;
  for (const auto& taxonomy : taxonomies) {
    const auto first = base.assets.asset[taxonomy.positions.front().front()];
    auto& by_model = table.emplace_back();
    for (const auto& model : models) {
      OQ_TRY(const auto choices, mapping.of(taxonomy.taxonomy, peril_of(model)));
      const auto* leader = leader_of(models, by_model.size());
      auto& functions = by_model.emplace_back();
      for (const auto& choice : choices) {
        const auto* function = model.find(choice.function);
        if (function == nullptr)
          return missing_function(base.exposure.assets, first, model.loss_type, kind,
                                  choice.function);
        if (leader != nullptr) {
          const auto field =
            by_model[static_cast<std::size_t>(leader - models.data())].front().field;
          functions.push_back({function, field, choice.weight});
          continue;
        }
        OQ_TRY(const auto field, field_of(base, imt_of(*function), function->id, function->where));
        functions.push_back({function, field, choice.weight});
      }
    }
  }
  return table;
}

} // namespace oq::engine
