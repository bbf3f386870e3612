// Axes of the risk arrays from their attributes.
#include "engine/extract/risk_result.hpp"

#include "engine/output/array_access.hpp"

namespace oq::engine {
namespace {

Error disagree(const std::string& key) {
  return {Errc::internal, "attributes and shape disagree", key};
}

} // namespace

Result<RiskResult> read_risk_result(const Datastore& datastore, const std::string& name,
                                    const std::string& as) {
  RiskResult result{name, {}, {}, {}, {}, {}};
  for (const bool statistics : {true, false}) {
    const auto key = name + (statistics ? "-stats" : "-rlzs");
    if (!datastore.contains(key))
      continue;
    auto& kinds = statistics ? result.statistics : result.realizations;
    OQ_TRY(const auto about, datastore.describe(key));
    OQ_TRY(const auto attributes, datastore.attributes(key));
    kinds = texts_attribute(attributes, "kinds");
    result.loss_types = texts_attribute(attributes, "loss_types");
    result.states = texts_attribute(attributes, "damage_states");
    result.poes = numbers_attribute(attributes, "poes");
    const std::size_t axes = result.states.empty() && result.poes.empty() ? 3 : 4;
    if (about.shape.size() != axes || about.shape[1] != kinds.size()
        || about.shape[2] != result.loss_types.size()
        || (axes == 4 && about.shape[3] != result.values_a_loss_type()))
      return disagree(key);
  }
  if (result.statistics.empty() && result.realizations.empty())
    return no_such_key(as);
  return result;
}

} // namespace oq::engine
