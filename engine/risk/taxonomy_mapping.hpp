// TaxonomyMapping: which risk functions, with which weights, stand for a taxonomy.
#pragma once

#include "engine/base/result.hpp"
#include "engine/risk/perils.hpp"
#include "engine/risk/risk_files.hpp"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace oq::engine {

struct RiskChoice {
  std::string function; // id of the risk function
  double weight = 1;
};

class TaxonomyMapping {
public:
  // The identity when the job has no mapping. Errc::invalid_input names file and line: weights that
  // do not add up to 1, a taxonomy without function.
  static Result<TaxonomyMapping> read(const RiskFiles& files);

  bool is_identity() const noexcept { return choices_.empty(); }
  // Errc::invalid_input when there is a mapping and the taxonomy is not in it for the peril.
  Result<std::vector<RiskChoice>> of(const std::string& taxonomy,
                                     const std::string& peril = kGroundShaking) const;

private:
  // By peril (every one: an empty text) and taxonomy.
  std::map<std::pair<std::string, std::string>, std::vector<RiskChoice>> choices_;
  std::string file_;
};

} // namespace oq::engine
