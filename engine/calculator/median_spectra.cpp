// Median spectra of the mean hazard (`median_spectrum.main`): what models predict for the ruptures
// behind a uniform hazard spectrum, group by group of sources and together.
#include "engine/calculator/mean_levels.hpp"
#include "engine/calculator/post_processor.hpp"
#include "engine/calculator/second_pass.hpp"
#include "engine/hazard/datastore_keys.hpp"
#include "engine/hazard/median_spectrum.hpp"

#include <boost/json/array.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

namespace oq::engine {

namespace {

constexpr std::size_t kSums = MedianSpectrumKernel::kSums;

// The parts of a group that are spectra of their own.
std::vector<LocationRange> faults_and_points(const RateGroup& group) {
  const std::size_t points = group.set.point_locations();
  return {{points, group.set.locations()}, {0, points}};
}
constexpr std::size_t kKinds = 2;

// Which source group of the input each rate group belongs to: one of a tectonic region and of the
// same paths, numbered as they come.
std::vector<std::size_t> source_groups(const ClassicalModel& model) {
  std::map<std::pair<std::size_t, std::vector<std::size_t>>, std::size_t> known;
  std::vector<std::size_t> numbers;
  for (const RateGroup& group : model.groups)
    numbers.push_back(
      known.try_emplace({group.gsim_set, group.source_paths}, known.size()).first->second);
  return numbers;
}

class MedianSpectra final : public PostProcessor {
public:
  Result<void> run(const Job& job, const FullLogicTree& tree, const ClassicalModel& model,
                   Datastore& datastore, const FinishWatch& watch) const override {
    OQ_TRY(std::vector<double> levels, mean_levels(job, datastore));
    const auto kernel = std::make_shared<MedianSpectrumKernel>(std::move(levels), model.imts(),
                                                               job.poes, model.settings.normal);
    const std::vector<std::size_t> numbers = source_groups(model);
    const auto sum_of = [&](std::size_t group, std::size_t kind) {
      return numbers[group] * kKinds + kind;
    };
    const std::size_t sums_wanted = numbers.empty() ? 0 : (1 + std::ranges::max(numbers)) * kKinds;
    OQ_TRY(const auto sums,
           second_pass(tree, model,
                       {kernel, job.poes.size() * kSums, faults_and_points, sums_wanted, sum_of},
                       watch));
    std::vector<double> spectra; // group x site x IMT x probability x sum
    std::size_t groups = 0;
    for (const std::vector<double>& sum : sums) {
      spectra.insert(spectra.end(), sum.begin(), sum.end());
      groups += !sum.empty();
    }
    return store(job, model, groups, std::move(spectra), datastore);
  }

private:
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
