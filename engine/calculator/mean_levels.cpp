// MeanLevels: hazard maps of the mean, read again.
#include "engine/calculator/mean_levels.hpp"

#include "engine/hazard/datastore_keys.hpp"
#include "engine/hazard/hazard_map.hpp"

#include <cmath>

namespace oq::engine {

Result<std::vector<double>> mean_levels(const Job& job, const Datastore& datastore) {
  OQ_TRY(const Array curves, datastore.get(keys::kCurveStatistics));
  const auto& values = std::get<std::vector<double>>(curves.values);
  const std::size_t sites = curves.shape[0], imts = curves.shape[2], levels = curves.shape[3];
  const std::size_t poes = job.poes.size();
  std::vector<double> result(sites * imts * poes);
  for (std::size_t imt = 0; imt < imts; ++imt) {
    HazardMapReader reader(job.intensity_levels[imt].levels, job.poes);
    for (std::size_t site = 0; site < sites; ++site) {
      // The mean is the first of the statistics.
      const std::size_t row = site * curves.shape[1] * imts + imt;
      reader.read(std::span(values).subspan(row * levels, levels),
                  std::span(result).subspan((site * imts + imt) * poes, poes));
    }
  }
  for (double& level : result)
    level = std::log(level);
  return result;
}

} // namespace oq::engine
