// BranchSet: one set of alternatives as a logic-tree file states it, not yet interpreted.
#pragma once

#include "engine/base/result.hpp"

#include <boost/json/object.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace oq::engine {

struct Branch {
  std::string id;
  std::string model;              // text of uncertaintyModel, without blanks at its ends
  boost::json::object attributes; // of uncertaintyModel: arguments in the 0.4 style
  double weight = 1;
  std::string where;
};

struct BranchSet {
  std::string id, uncertainty;
  std::string tectonic_region;                // applyToTectonicRegionType, or empty
  std::vector<std::string> apply_to_branches; // empty: all
  std::vector<std::string> apply_to_sources;  // empty: all
  std::vector<Branch> branches;               // weights sum to 1
  std::string where;
};

// The branch sets of a file in their order, whether or not wrapped in branching levels. Errors name
// file:line: no branches, a weight that is none, weights that do not sum to 1, an id that comes
// twice.
Result<std::vector<BranchSet>> read_branch_sets(const std::filesystem::path& file);

} // namespace oq::engine
