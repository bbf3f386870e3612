// Consequences: what a damage state means for losses, people and function, by tag value.
#pragma once

#include "engine/risk/fragility.hpp"
#include "engine/risk/risk_files.hpp"

#include <map>

namespace oq::engine {

// Coefficients of the damage states after "no_damage".
struct ConsequenceTable {
  std::string consequence;                             // "losses", "fatalities"
  std::string tag;                                     // "taxonomy"
  std::string loss_type;                               // whose damage counts
  std::string peril;                                   // likewise
  std::map<std::string, std::vector<double>> by_value; // of the tag
};

// Reads `TAG, consequence, [peril,] [loss_type,] one column a limit state`; without those two
// columns the damage is of ground shaking, and structural. Errors name file and
// line: a column missing, an unknown consequence, a coefficient below 0.
Result<std::vector<ConsequenceTable>>
read_consequences(const RiskFiles& files, const std::vector<std::string>& limit_states);

// Key of Assets::values that the coefficients multiply; empty: the number of buildings.
std::string value_of_consequence(const std::string& consequence, const std::string& loss_type,
                                 const std::string& time_event);

} // namespace oq::engine
