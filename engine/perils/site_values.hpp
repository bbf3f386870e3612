// Parameters of sites that perils read from the site model.
#pragma once

#include "engine/base/result.hpp"
#include "engine/geo/site_collection.hpp"

#include <string_view>
#include <vector>

namespace oq::engine {

// One value a site. Errc::invalid_input names the peril and the column that is missing.
Result<std::vector<double>> site_values(const SiteCollection& sites, std::string_view column,
                                        std::string_view peril);

} // namespace oq::engine
