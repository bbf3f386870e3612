// What sites stand on: parameters of a site model, of the reference options, and derived ones.
#pragma once

#include "engine/geo/build_sites.hpp"
#include "engine/geo/site_model.hpp"

namespace oq::engine {

// Every site takes the parameters of the nearest point of the model, or of its own row when the
// sites are the model's. What the model does not have comes from the reference options.
Result<void> add_site_model(const Job& job, const SiteRequest& request, const SiteModel& model,
                            bool sites_are_its_points, BuiltSites& built);

// The same parameters for all sites; `table` is a sites_csv, perhaps with ids of its own, or empty.
Result<void> add_reference_parameters(const Job& job, const SiteRequest& request,
                                      const SiteModel& table, BuiltSites& built);

// With `override_vs30`: its value for every site, basin depths derived from it; with several
// values, every site once for each.
void override_vs30(const Job& job, SiteCollection& sites);

// Basin depths of Chiou & Youngs (2014), m, and Campbell & Bozorgnia (2014), km, for California.
double z1pt0_of_vs30(double vs30);
double z2pt5_of_vs30(double vs30);

} // namespace oq::engine
