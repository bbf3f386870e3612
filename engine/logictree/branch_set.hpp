// BranchSet: one set of alternatives as a logic-tree file states it, not yet interpreted.
#pragma once

#include "engine/base/result.hpp"
#include "engine/gsim/imt.hpp"
#include "engine/logictree/uncertainty.hpp"

#include <boost/json/object.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace oq::engine {

// Weights of a branch for single intensity measure types; of the others the plain weight holds.
using ImtWeights = std::vector<std::pair<Imt, double>>;

double weight_for(const Imt& imt, double plain, const ImtWeights& weights);

struct Branch {
  std::string id;
  std::size_t ordinal = 0;               // within its set, as read: names its letter
  std::string model = {};                // text of uncertaintyModel, without blanks at its ends
  boost::json::object attributes = {};   // of uncertaintyModel: arguments in the 0.4 style
  std::optional<UncertaintyValue> value; // of a set that changes sources
  double weight = 1;
  ImtWeights imt_weights = {};
  std::string where = {};
};

struct BranchSet {
  std::string id, uncertainty;
  std::string tectonic_region;                // applyToTectonicRegionType, or empty
  std::string source_type;                    // applyToSourceType, or empty
  std::vector<std::string> apply_to_branches; // empty: all
  std::vector<std::string> apply_to_sources;  // empty: all
  std::vector<Branch> branches;               // weights sum to 1
  std::string where;
};

// Ground-motion trees in use have the same branch id in several sets, and even in one.
enum class BranchIds { unique, any };

// The branch sets of a file in their order, whether or not wrapped in branching levels. Errors name
// file:line: no branches, a weight that is none, weights that do not sum to 1, an id that comes
// twice, a value that its type of uncertainty cannot use.
Result<std::vector<BranchSet>> read_branch_sets(const std::filesystem::path& file, BranchIds ids);

} // namespace oq::engine
