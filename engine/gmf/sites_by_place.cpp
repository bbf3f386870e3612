// Collections have five decimals already; what is looked for gets them.
#include "engine/gmf/sites_by_place.hpp"

#include "engine/geo/five_decimals.hpp"

namespace oq::engine {

SitesByPlace::SitesByPlace(const SiteCollection& sites) {
  for (std::size_t site = 0; site < sites.size(); ++site)
    sites_[{sites.lon[site], sites.lat[site]}] = static_cast<std::int32_t>(site);
}

std::optional<std::int32_t> SitesByPlace::find(double lon, double lat) const {
  const auto found = sites_.find({five_decimals(lon), five_decimals(lat)});
  return found == sites_.end() ? std::nullopt : std::optional(found->second);
}

} // namespace oq::engine
