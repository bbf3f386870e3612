// SoilCurves: the amplification of a job's hazard curves, site by site.
#pragma once

#include "engine/geo/site_collection.hpp"
#include "engine/hazard/amplification.hpp"
#include "engine/hazard/soil_kernel.hpp"
#include "engine/job/job.hpp"

#include <memory>
#include <optional>
#include <vector>

namespace oq::engine {

class SoilCurves {
public:
  // Nothing when the job has no amplification file, or amplifies single motions. Errors name what
  // does not fit: sites without codes or with unknown ones, vs30 other than the functions' rock,
  // unequal levels.
  static Result<std::optional<SoilCurves>> make(const Job& job, const SiteCollection& sites);

  // The levels that curves have afterwards, the same of every IMT.
  const std::vector<double>& levels() const noexcept { return soil_levels_; }
  // Curves site x kind x IMT x level of the sites from `first` on, rock in, soil out.
  std::vector<double> amplified(const std::vector<double>& curves, std::size_t kinds,
                                std::size_t first) const;

private:
  explicit SoilCurves(AmplificationTable table) : table_(std::move(table)) {}

  AmplificationTable table_;
  std::vector<std::string> codes_; // one a site
  std::vector<double> rock_levels_, soil_levels_;
  std::size_t imts_ = 0;
};

// What soil makes of single motions (kernel method); null when the job does not ask for that.
// Errors as above.
Result<std::shared_ptr<const SoilKernel>> soil_kernel(const Job& job, const SiteCollection& sites);
// Levels of curves on soil. REQUIRES: a job with an amplification file.
const std::vector<double>& soil_levels(const Job& job);

} // namespace oq::engine
