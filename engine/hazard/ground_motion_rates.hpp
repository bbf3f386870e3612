// GroundMotionRates: runs the models over batches of pairs and adds up rates of exceedance.
#pragma once

#include "engine/hazard/pair_buffer.hpp"
#include "engine/hazard/source_rates.hpp"

#include <span>
#include <vector>

namespace oq::engine {

// Rates of one tile of sites after another, for every model and IMT of a source set.
class GroundMotionRates final : public PairSink {
public:
  GroundMotionRates(const HazardSettings& settings, const SourceSet& set, std::size_t most_sites,
                    const StopToken& stop);

  std::size_t values_per_site() const noexcept; // of one variant
  // Of a rupture with a rate a year, in the set of sources.
  Occurrence occurrence_of(double rate) const override;
  // Errc::aborted or Errc::numeric_failure.
  Result<void> add(const PlanarRupture& rupture, std::span<const double> other_rates,
                   std::uint32_t source, const SiteTile& tile, std::span<const std::uint32_t> sites,
                   std::span<const double> rrup);
  Result<void> add(const RuptureOccurrence& rupture, const RuptureDistances& distances,
                   const SiteTile& tile, std::span<const std::uint32_t> sites,
                   std::span<const double> rrup) override;
  // Adds site x model x IMT x level to each variant's values and starts afresh; false when no pair
  // was added.
  Result<bool> finish(const SiteTile& tile, std::span<const std::span<double>> out);

private:
  Result<void> flush(const SiteTile& tile);
  Result<void> add_model(const SiteTile& tile, std::size_t model,
                         std::span<const GroundMotion> motions);
  void add_expected(const GroundMotion& motion, std::size_t imt, double weight,
                    ExceedanceRates& rates);
  void gather(const GroundMotion& motion, std::size_t imt, double weight);
  void gather_by_kernel(const SiteTile& tile, std::span<const GroundMotion> motions,
                        std::size_t imt, double weight);
  void add_gathered(std::size_t imt, ExceedanceRates& rates);
  double added_of_pair(std::size_t pair, double exceedance) const;
  Error bad_pair(const SiteTile& tile, std::size_t pair, std::size_t model, std::size_t imt) const;

  const HazardSettings& settings_;
  const SourceSet& set_;
  const StopToken& stop_;
  PairBuffer pairs_;
  bool any_ = false;
  bool poissonian_ = true;                      // the ruptures in the buffer
  std::vector<ExceedanceRates> rates_;          // model x IMT
  std::vector<double> motion_;                  // IMT x {mean, sigma, tau, phi} x pair
  std::vector<std::vector<double>> exceedance_; // IMT: pair x level, when occurrences are special
  std::vector<double> weighted_;                // expected occurrences of a part of a mixture
  std::vector<double> others_;                  // expected occurrences in the other variants
};

} // namespace oq::engine
