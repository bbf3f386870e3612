// GroundMotionRates: the flush of a full batch, model by model.
#include "engine/hazard/ground_motion_rates.hpp"

#include "engine/gsim/mixture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

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
      rates_.emplace_back(most_sites, levels, 1 + set.variants.size());
}

std::size_t GroundMotionRates::values_per_site() const noexcept {
  std::size_t levels = 0;
  for (const LevelChunks& chunks : settings_.levels)
    levels += chunks.size();
  return set_.models.size() * levels;
}

Result<void> GroundMotionRates::add(const PlanarRupture& rupture,
                                    std::span<const double> other_rates, std::uint32_t source,
                                    const SiteTile& tile, std::span<const std::uint32_t> sites,
                                    std::span<const double> rrup) {
  others_.clear();
  for (const double rate : other_rates)
    others_.push_back(occurrence_of(rate).expected);
  return add({rupture, source, occurrence_of(rupture.rate), 1, others_}, PlanarDistances(rupture),
             tile, sites, rrup);
}

Result<void> GroundMotionRates::add(const RuptureOccurrence& rupture,
                                    const RuptureDistances& distances, const SiteTile& tile,
                                    std::span<const std::uint32_t> sites,
                                    std::span<const double> rrup) {
  const bool poissonian = !rupture.occurrence.probabilities;
  if (poissonian != poissonian_)
    OQ_CHECK(flush(tile));
  poissonian_ = poissonian;
  pairs_.add(rupture, distances, tile, sites, rrup);
  any_ = true;
  return pairs_.pairs() < kBatchPairs ? Result<void>() : flush(tile);
}

Occurrence GroundMotionRates::occurrence_of(double rate) const {
  return {.expected = rate * settings_.investigation_time,
          .dispersion = set_.dispersion,
          .certain = set_.cluster};
}

void GroundMotionRates::add_expected(const GroundMotion& motion, std::size_t imt, double weight,
                                     ExceedanceRates& rates) {
  std::span<const double> occurrences = pairs_.occurrences();
  if (weight != 1) {
    weighted_.assign(occurrences.begin(), occurrences.end());
    for (double& expected : weighted_)
      expected *= weight;
    occurrences = weighted_;
  }
  add_exceedance(settings_.normal, settings_.levels[imt],
                 {motion.ln_mean, motion.sigma, occurrences, pairs_.site()}, rates);
}

void GroundMotionRates::gather(const GroundMotion& motion, std::size_t imt, double weight) {
  const LevelChunks& levels = settings_.levels[imt];
  for (std::size_t pair = 0; pair < pairs_.pairs(); ++pair)
    add_probabilities(settings_.normal, levels, motion.ln_mean[pair], motion.sigma[pair], weight,
                      std::span(exceedance_[imt]).subspan(pair * levels.size(), levels.size()));
}

void GroundMotionRates::gather_by_kernel(const SiteTile& tile,
                                         std::span<const GroundMotion> motions, std::size_t imt,
                                         double weight) {
  const std::size_t levels = settings_.levels[imt].size();
  const PairBatch batch = pairs_.batch();
  for (std::size_t rupture = 0; rupture < batch.ruptures(); ++rupture)
    for (std::size_t pair = batch.first_pair[rupture]; pair < batch.first_pair[rupture + 1]; ++pair)
      settings_.kernel->add_probabilities(
        {tile.begin + pairs_.site()[pair], batch.mag[rupture], batch.rrup[pair],
         motions[imt].ln_mean[pair], motions[imt].sigma[pair], motions, pair,
         &pairs_.occurrence_of_pair(pair)},
        imt, weight, std::span(exceedance_[imt]).subspan(pair * levels, levels));
}

double GroundMotionRates::added_of_pair(std::size_t pair, double exceedance) const {
  if (settings_.kernel && settings_.kernel->adds_up())
    return exceedance;
  const double value = minus_ln_none(pairs_.occurrence_of_pair(pair), exceedance);
  return set_.summation == Summation::rates ? value
                                            : pairs_.weight_of_pair(pair) * -std::expm1(-value);
}

void GroundMotionRates::add_gathered(std::size_t imt, ExceedanceRates& rates) {
  const std::size_t levels = settings_.levels[imt].size(), variants = rates.variants();
  for (std::size_t pair = 0; pair < pairs_.pairs(); ++pair) {
    double* const row = rates.row(pairs_.site()[pair]);
    const std::span<const double> expected =
      pairs_.occurrences().subspan(pair * variants, variants);
    for (std::size_t i = 0; i < levels; ++i) {
      const double value = added_of_pair(pair, exceedance_[imt][pair * levels + i]);
      row[i] += value;
      // Other variants are of plain sets only: their expected numbers stand in the same ratio.
      for (std::size_t v = 1; v < variants && expected[0] > 0; ++v)
        row[v * rates.row_stride() + i] += value / expected[0] * expected[v];
    }
  }
}

Result<void> GroundMotionRates::add_model(const SiteTile& tile, std::size_t model,
                                          std::span<const GroundMotion> motions) {
  const MixturePart alone{set_.models[model]};
  std::span<const MixturePart> parts = mixture_of(*set_.models[model]);
  if (parts.empty())
    parts = std::span(&alone, 1);
  const std::size_t pairs = pairs_.pairs(), imts = settings_.imts.size();
  const bool plain = poissonian_ && set_.is_plain() && !settings_.kernel;
  exceedance_.resize(plain ? 0 : imts);
  for (std::size_t m = 0; m < exceedance_.size(); ++m)
    exceedance_[m].assign(pairs * settings_.levels[m].size(), 0.0);
  for (const MixturePart& part : parts) {
    part.model->predict(settings_.imts, pairs_.batch(), motions);
    for (std::size_t m = 0; m < imts; ++m) {
      if (part.sigma_factor != 1)
        for (double& sigma : motions[m].sigma)
          sigma *= part.sigma_factor;
      if (const std::size_t bad = first_bad_pair(motions[m].ln_mean, motions[m].sigma); bad < pairs)
        return bad_pair(tile, bad, model, m);
      if (plain)
        add_expected(motions[m], m, part.weight, rates_[model * imts + m]);
      else if (settings_.kernel)
        gather_by_kernel(tile, motions, m, part.weight);
      else
        gather(motions[m], m, part.weight);
    }
  }
  for (std::size_t m = 0; m < exceedance_.size(); ++m)
    add_gathered(m, rates_[model * imts + m]);
  return {};
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
  for (std::size_t model = 0; model < set_.models.size(); ++model)
    OQ_CHECK(add_model(tile, model, motions));
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

Result<bool> GroundMotionRates::finish(const SiteTile& tile,
                                       std::span<const std::span<double>> out) {
  OQ_CHECK(flush(tile));
  const bool any = std::exchange(any_, false);
  const std::size_t imts = settings_.imts.size();
  for (std::size_t variant = 0; variant < out.size(); ++variant) {
    std::size_t offset = 0;
    for (std::size_t site = 0; site < tile.size(); ++site)
      for (std::size_t i = 0; i < rates_.size(); ++i) {
        const std::size_t levels = settings_.levels[i % imts].size();
        rates_[i].collect(site, variant, out[variant].subspan(offset, levels));
        offset += levels;
      }
  }
  for (ExceedanceRates& rates : rates_)
    rates.clear();
  return any;
}

} // namespace oq::engine
