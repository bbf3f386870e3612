// Median spectra of the mean hazard (`median_spectrum.main`): what models predict for the ruptures
// behind a uniform hazard spectrum, group by group of sources and together.
#include "engine/calculator/mean_levels.hpp"
#include "engine/calculator/post_processor.hpp"
#include "engine/calculator/second_pass.hpp"
#include "engine/hazard/datastore_keys.hpp"
#include "engine/hazard/median_spectrum.hpp"

#include <boost/json/array.hpp>
#include <fmt/format.h>

namespace oq::engine {

namespace {

constexpr std::size_t kSums = MedianSpectrumKernel::kSums;

bool same_group(const RateGroup& a, const RateGroup& b) {
  return a.gsim_set == b.gsim_set && a.source_paths == b.source_paths;
}

LocationRange points_of(const RateGroup& group) {
  return {0, group.set.point_locations()};
}
LocationRange faults_of(const RateGroup& group) {
  return {group.set.point_locations(), group.set.locations()};
}

class MedianSpectra final : public PostProcessor {
public:
  Result<void> run(const Job& job, const FullLogicTree& tree, const ClassicalModel& model,
                   Datastore& datastore) const override {
    OQ_TRY(std::vector<double> levels, mean_levels(job, datastore));
    const auto kernel = std::make_shared<MedianSpectrumKernel>(std::move(levels), model.imts(),
                                                               job.poes, model.settings.normal);
    std::vector<double> spectra; // group x site x IMT x probability x sum
    std::size_t groups = 0;
    for (std::size_t first = 0; first < model.groups.size(); ++first)
      if (is_first(model, first))
        for (const auto kind : {faults_of, points_of}) {
          OQ_TRY(const auto sums, sums_of(tree, model, first, kind, kernel, job.poes.size()));
          spectra.insert(spectra.end(), sums.begin(), sums.end());
          groups += !sums.empty();
        }
    return store(job, model, groups, std::move(spectra), datastore);
  }

private:
  static bool is_first(const ClassicalModel& model, std::size_t group) {
    for (std::size_t before = 0; before < group; ++before)
      if (same_group(model.groups[before], model.groups[group]))
        return false;
    return true;
  }

  // Of all rate groups of one tectonic region and the same paths; nothing when there are no such
  // sources.
  static Result<std::vector<double>> sums_of(const FullLogicTree& tree, const ClassicalModel& model,
                                             std::size_t first,
                                             LocationRange (*kind)(const RateGroup&),
                                             std::shared_ptr<const MotionKernel> kernel,
                                             std::size_t poes) {
    bool any = false;
    const auto chosen = [&](const RateGroup& group) -> LocationRange {
      if (!same_group(group, model.groups[first]))
        return {};
      any = any || kind(group).begin < kind(group).end;
      return kind(group);
    };
    OQ_TRY(const auto rates, second_pass(model, std::move(kernel), poes * kSums, chosen));
    std::vector<double> sums;
    if (!any)
      return sums;
    sums.resize(model.sites.size() * model.imts() * poes * kSums);
    for (std::size_t g = 0; g < model.groups.size(); ++g) {
      const std::vector<double> added = means_of_group(tree, model, g, rates[g]);
      for (std::size_t i = 0; i < added.size(); ++i)
        sums[i] += added[i];
    }
    return sums;
  }

  static Result<void> store(const Job& job, const ClassicalModel& model, std::size_t groups,
                            std::vector<double> spectra, Datastore& datastore) {
    boost::json::array periods;
    for (const Imt& imt : model.settings.imts)
      periods.emplace_back(imt.period);
    OQ_CHECK(datastore.put(
      keys::kMedianSpectra,
      {{groups, model.sites.size(), model.imts(), job.poes.size(), kSums}, std::move(spectra)}));
    return datastore.put_attributes(
      keys::kMedianSpectra,
      {{"shape_descr", boost::json::array{"grp_id", "site_id", "period", "poe", "kind"}},
       {"kind", boost::json::array{"mea", "sig", "wei"}},
       {"period", periods},
       {"poe", boost::json::array(job.poes.begin(), job.poes.end())},
       {"exported", true}});
  }
};

} // namespace

Result<std::unique_ptr<PostProcessor>> make_median_spectra(const Job& job, const SiteCollection&) {
  const auto refused = [&](std::string message) -> Error {
    return invalid_input(std::move(message), job.where("postproc_func"));
  };
  for (const IntensityLevels& given : job.intensity_levels)
    if (!given.imt.is_sa() && given.imt.kind != ImtKind::pga)
      return refused(fmt::format("median_spectrum is not for {}", given.imt.name()));
  if (job.poes.empty() || !job.mean)
    return refused("median_spectrum needs poes, and the mean hazard");
  return std::unique_ptr<PostProcessor>(std::make_unique<MedianSpectra>());
}

} // namespace oq::engine
