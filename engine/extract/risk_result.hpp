// Results by asset as extractions see them: average losses, loss maps, and buildings by damage
// state.
#pragma once

#include "engine/extract/extractors.hpp"
#include "engine/extract/parameters.hpp"

#include <string>
#include <vector>

namespace oq::engine {

// The arrays NAME-stats and NAME-rlzs: assets x kinds x loss types [x damage states or
// probabilities].
struct RiskResult {
  std::string name; // "avg_losses"
  std::vector<std::string> statistics, realizations;
  std::vector<std::string> loss_types;
  std::vector<std::string> states; // of damages
  std::vector<double> poes;        // of loss maps

  std::size_t values_a_loss_type() const {
    return !states.empty() ? states.size() : !poes.empty() ? poes.size() : 1;
  }
  std::string key_of(const Kind& kind) const {
    return name + (kind.is_statistic ? "-stats" : "-rlzs");
  }
};

// `as` is the name to complain about when there is neither array.
Result<RiskResult> read_risk_result(const Datastore& datastore, const std::string& name,
                                    const std::string& as);

} // namespace oq::engine
