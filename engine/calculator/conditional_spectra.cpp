// Conditional spectra of the mean hazard (`conditional_spectrum.main`): means and standard
// deviations of the motions of all periods when the motion of `imt_ref` is exceeded.
#include "engine/calculator/mean_levels.hpp"
#include "engine/calculator/post_processor.hpp"
#include "engine/calculator/second_pass.hpp"
#include "engine/gsim/baker_jayaram_2008.hpp"
#include "engine/hazard/conditional_spectrum.hpp"
#include "engine/hazard/datastore_keys.hpp"

#include <boost/json/array.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace oq::engine {

namespace {

constexpr std::size_t kMoments = ConditionalSpectrumKernel::kMoments;

class ConditionalSpectra final : public PostProcessor {
public:
  explicit ConditionalSpectra(std::size_t reference) : reference_(reference) {}

  Result<void> run(const Job& job, const FullLogicTree& tree, const ClassicalModel& model,
                   Datastore& datastore, const FinishWatch& watch) const override {
    OQ_TRY(std::vector<double> levels, reference_levels(job, datastore));
    std::vector<double> correlation;
    // PGA has a period of 0, which the relation is not made for but OpenQuake takes.
    for (const Imt& imt : model.settings.imts)
      correlation.push_back(baker_jayaram_2008(imt.period, model.settings.imts[reference_].period));
    const std::size_t values = job.poes.size() * kMoments;
    const auto kernel = std::make_shared<ConditionalSpectrumKernel>(
      std::move(levels), reference_, std::move(correlation), model.settings.normal);
    const auto all = [](const RateGroup& group) {
      return std::vector{all_locations(group)};
    };
    const auto together = [](std::size_t, std::size_t) {
      return std::size_t{0};
    };
    OQ_TRY(auto sums, second_pass(tree, model, {kernel, values, all, 1, together}, watch));
    std::vector<double>& moments = sums.front();
    moments.resize(model.sites.size() * model.imts() * values); // when there are no sources
    return store(job, model, moments, datastore);
  }

private:
  // Logarithms: site x probability.
  Result<std::vector<double>> reference_levels(const Job& job, const Datastore& datastore) const {
    OQ_TRY(const std::vector<double> all, mean_levels(job, datastore));
    const std::size_t poes = job.poes.size(), imts = job.intensity_levels.size();
    std::vector<double> levels;
    for (std::size_t row = reference_ * poes; row < all.size(); row += imts * poes)
      levels.insert(levels.end(), all.begin() + static_cast<std::ptrdiff_t>(row),
                    all.begin() + static_cast<std::ptrdiff_t>(row + poes));
    return levels;
  }

  // Site x statistic x probability x IMT x {mean, standard deviation}. OpenQuake divides by the
  // number of exceedances that the probability stands for, not by what they sum up to.
  Result<void> store(const Job& job, const ClassicalModel& model,
                     const std::vector<double>& moments, Datastore& datastore) const {
    const std::size_t sites = model.sites.size(), poes = job.poes.size(), imts = model.imts();
    std::vector<double> spectra;
    for (std::size_t site = 0; site < sites; ++site)
      for (std::size_t p = 0; p < poes; ++p) {
        const double exceedances = -std::log1p(-job.poes[p]);
        for (std::size_t imt = 0; imt < imts; ++imt) {
          const double* const sum = moments.data() + ((site * imts + imt) * poes + p) * kMoments;
          const double mean = sum[1] / exceedances;
          const double variance = (sum[2] - 2 * mean * sum[1] + mean * mean * sum[0]) / exceedances;
          spectra.push_back(std::exp(mean));
          spectra.push_back(std::sqrt(std::max(variance, 0.0)));
        }
      }
    boost::json::array periods;
    for (const Imt& imt : model.settings.imts)
      periods.emplace_back(imt.period);
    OQ_CHECK(
      datastore.put(keys::kConditionalSpectra, {{sites, 1, poes, imts, 2}, std::move(spectra)}));
    return datastore.put_attributes(
      keys::kConditionalSpectra,
      {{"shape_descr", boost::json::array{"site_id", "stat", "poe", "period", "cs"}},
       {"stat", boost::json::array{"mean"}},
       {"poe", boost::json::array(job.poes.begin(), job.poes.end())},
       {"period", periods},
       {"exported", true},
       {"cs", boost::json::array{"mea", "std"}}});
  }

  std::size_t reference_; // index of imt_ref
};

} // namespace

Result<std::unique_ptr<PostProcessor>> make_conditional_spectra(const Job& job,
                                                                const SiteCollection&) {
  const auto refused = [&](const char* option, std::string message) -> Error {
    return invalid_input(std::move(message),
                         job.where(job.option(option) ? option : "postproc_func"));
  };
  const RawOption* const reference = job.option("imt_ref");
  if (!reference)
    return refused("imt_ref", "conditional_spectrum needs imt_ref");
  OQ_TRY(const Imt imt, Imt::parse(reference->value));
  const auto known = std::ranges::find(job.intensity_levels, imt, &IntensityLevels::imt);
  if (known == job.intensity_levels.end())
    return refused("imt_ref", fmt::format("imt_ref = {} is not computed", imt.name()));
  for (const IntensityLevels& given : job.intensity_levels)
    if (!given.imt.is_sa() && given.imt.kind != ImtKind::pga)
      return refused(
        "intensity_measure_types_and_levels",
        fmt::format("conditional_spectrum knows no correlation of {}", given.imt.name()));
  const RawOption* const correlation = job.option("cross_correlation");
  if (correlation && correlation->value != "BakerJayaram2008" && correlation->value != "yes")
    return refused("cross_correlation",
                   fmt::format("conditional_spectrum needs BakerJayaram2008, not {}",
                               correlation->value.substr(0, 60)));
  if (job.poes.empty() || !job.mean)
    return refused("poes", "conditional_spectrum needs poes, and the mean hazard");
  return std::unique_ptr<PostProcessor>(std::make_unique<ConditionalSpectra>(
    static_cast<std::size_t>(known - job.intensity_levels.begin())));
}

} // namespace oq::engine
