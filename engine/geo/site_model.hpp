// SiteModel: the ground that sites stand on, as CSV or NRML files describe it.
#pragma once

#include "engine/base/result.hpp"
#include "engine/geo/site_collection.hpp"
#include "engine/job/job.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace oq::engine {

// One row a point, in the order of the files.
struct SiteModel {
  std::vector<SitePoint> points;   // lon, lat to 5 decimals
  std::vector<SiteColumn> columns; // in the order of the first file, without coordinates

  const SiteColumn* column(std::string_view name) const;
};

// Several files make one model and must have the same parameters. Errc::invalid_input names
// file:line: no coordinates, a value that is no number, a point given twice, vs30 not above 0.
Result<SiteModel> read_site_model(const std::vector<std::filesystem::path>& files);

// How a parameter is shown and whether it is a word ("geology", "ampcode").
SiteColumn::Kind kind_of_site_parameter(std::string_view name);

} // namespace oq::engine
