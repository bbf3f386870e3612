// The ground-motion logic tree: one set of weighted models for each tectonic region.
#pragma once

#include "engine/job/job.hpp"
#include "engine/logictree/logic_tree.hpp"

#include <set>
#include <string>
#include <vector>

namespace oq::engine {

// The sets of the regions that occur, sorted by region. Every model is made once, so that an
// unknown name or a wrong argument is found now. Errors name file:line, or the `gsim` option.
Result<std::vector<GsimBranchSet>> read_gsim_branches(const Job& job,
                                                      const std::set<std::string>& regions);

// `Name`, or a TOML table: `[Name]` and lines `key = value`, with dotted keys and sub-tables.
Result<GsimSpec> parse_gsim(const std::string& text, const std::string& where);

} // namespace oq::engine
