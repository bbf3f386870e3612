// GroundMotionRates: the flush of a full batch, model by model.
#include "engine/hazard/ground_motion_rates.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace oq::engine {

namespace {

// Enough to hide the cost of a call, few enough for means and deviations to stay in cache.
constexpr std::size_t kBatchPairs = 512;

std::uint64_t needs_of(const SourceSet& set) {
  std::uint64_t needs = 0;
  for (const auto& model : set.models)
    needs |= model->needs();
  return needs;
}

} // namespace

GroundMotionRates::GroundMotionRates(const HazardSettings& settings, const SourceSet& set,
                                     std::size_t most_sites, const StopToken& stop)
  : settings_(settings), set_(set), stop_(stop), pairs_(needs_of(set), settings.minimum_distance) {
  for (std::size_t model = 0; model < set.models.size(); ++model)
    for (const LevelChunks& levels : settings.levels)
      rates_.emplace_back(most_sites, levels);
}

std::size_t GroundMotionRates::values_per_site() const noexcept {
  std::size_t levels = 0;
  for (const LevelChunks& chunks : settings_.levels)
    levels += chunks.size();
  return set_.models.size() * levels;
}

Result<void> GroundMotionRates::add(const PlanarRupture& rupture, std::uint32_t source,
                                    const SiteTile& tile, std::span<const std::uint32_t> sites,
                                    std::span<const double> rrup) {
  return add({rupture, source, rupture.rate * settings_.investigation_time},
             PlanarDistances(rupture), tile, sites, rrup);
}

Result<void> GroundMotionRates::add(const RuptureOccurrence& rupture,
                                    const RuptureDistances& distances, const SiteTile& tile,
                                    std::span<const std::uint32_t> sites,
                                    std::span<const double> rrup) {
  const bool poissonian = !rupture.probabilities;
  if (poissonian != poissonian_)
    OQ_CHECK(flush(tile));
  poissonian_ = poissonian;
  pairs_.add(rupture, distances, tile, sites, rrup);
  any_ = true;
  return pairs_.pairs() < kBatchPairs ? Result<void>() : flush(tile);
}

void GroundMotionRates::add_rates(const GroundMotion& motion, std::size_t imt,
                                  ExceedanceRates& rates) {
  if (poissonian_) {
    add_exceedance(settings_.normal, settings_.levels[imt],
                   {motion.ln_mean, motion.sigma, pairs_.occurrences(), pairs_.site()}, rates);
    return;
  }
  for (std::size_t pair = 0; pair < pairs_.pairs(); ++pair)
    add_non_poissonian(settings_.normal, settings_.levels[imt], motion.ln_mean[pair],
                       motion.sigma[pair], *pairs_.probabilities_of_pair(pair),
                       rates.row(pairs_.site()[pair]));
}

Result<void> GroundMotionRates::flush(const SiteTile& tile) {
  if (stop_.stop_requested())
    return Error{Errc::aborted, "the calculation was stopped", ""};
  const std::size_t pairs = pairs_.pairs(), imts = settings_.imts.size();
  if (pairs == 0)
    return {};
  motion_.resize(std::max(motion_.size(), imts * 4 * pairs));
  std::vector<GroundMotion> motions(imts);
  for (std::size_t m = 0; m < imts; ++m) {
    const std::span<double> all = std::span(motion_).subspan(m * 4 * pairs, 4 * pairs);
    motions[m] = {all.subspan(0, pairs), all.subspan(pairs, pairs), all.subspan(2 * pairs, pairs),
                  all.subspan(3 * pairs, pairs)};
  }
  const PairBatch batch = pairs_.batch();
  for (std::size_t model = 0; model < set_.models.size(); ++model) {
    set_.models[model]->predict(settings_.imts, batch, motions);
    for (std::size_t m = 0; m < imts; ++m) {
      const GroundMotion& motion = motions[m];
      const std::size_t bad = first_bad_pair(motion.ln_mean, motion.sigma);
      if (bad < pairs)
        return bad_pair(tile, bad, model, m);
      add_rates(motion, m, rates_[model * imts + m]);
    }
  }
  pairs_.clear();
  return {};
}

Error GroundMotionRates::bad_pair(const SiteTile& tile, std::size_t pair, std::size_t model,
                                  std::size_t imt) const {
  const std::size_t site = tile.begin + pairs_.site()[pair];
  const std::string& source = set_.id(pairs_.tag_of_pair(pair));
  return {Errc::numeric_failure,
          fmt::format("{} gives no usable {} for source '{}' at site {} (lon {}, lat {})",
                      set_.models[model]->name(), settings_.imts[imt].name(), source, site,
                      tile.sites.lon[site], tile.sites.lat[site]),
          source};
}

Result<bool> GroundMotionRates::finish(const SiteTile& tile, std::span<double> out) {
  OQ_CHECK(flush(tile));
  const bool any = std::exchange(any_, false);
  std::size_t offset = 0;
  const std::size_t imts = settings_.imts.size();
  for (std::size_t site = 0; site < tile.size(); ++site)
    for (std::size_t i = 0; i < rates_.size(); ++i) {
      const std::size_t levels = settings_.levels[i % imts].size();
      rates_[i].collect(site, out.subspan(offset, levels));
      offset += levels;
    }
  for (ExceedanceRates& rates : rates_)
    rates.clear();
  return any;
}

} // namespace oq::engine
