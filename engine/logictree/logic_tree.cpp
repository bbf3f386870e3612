// FullLogicTree: finding the branches of a region.
#include "engine/logictree/logic_tree.hpp"

#include <algorithm>
#include <cassert>

namespace oq::engine {

std::size_t FullLogicTree::gsim_set(const std::string& tectonic_region) const {
  const auto found = std::find_if(gsims.begin(), gsims.end(), [&](const auto& set) {
    return set.tectonic_region == tectonic_region;
  });
  assert(found != gsims.end());
  return static_cast<std::size_t>(found - gsims.begin());
}

} // namespace oq::engine
