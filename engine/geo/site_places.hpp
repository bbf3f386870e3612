// Where the sites of a job are: listed, on a grid, of a site model, or where assets stand.
#pragma once

#include "engine/geo/build_sites.hpp"
#include "engine/geo/site_model.hpp"

namespace oq::engine {

struct SitePlaces {
  std::vector<SitePoint> points; // 5 decimals
  bool of_site_model = false;    // one a row of the site model, in its order
};

// `site_model` may be null.
Result<SitePlaces> site_places(const Job& job, const SiteRequest& request,
                               const SiteModel* site_model);

} // namespace oq::engine
