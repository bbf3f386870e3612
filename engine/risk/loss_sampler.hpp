// LossSampler: random losses of assets from vulnerability functions, event by event.
#pragma once

#include "engine/random/mersenne_twister.hpp"
#include "engine/random/philox.hpp"
#include "engine/risk/level_index.hpp"
#include "engine/risk/vulnerability.hpp"

#include <span>
#include <vector>

namespace oq::engine {

// The random streams of one event.
class EventStream {
public:
  explicit EventStream(std::uint64_t seed) : seed_(seed), philox_(seed) {}
  Philox& philox() noexcept { return philox_; }
  MersenneTwister twister() const { return MersenneTwister(static_cast<std::uint32_t>(seed_)); }

private:
  std::uint64_t seed_;
  Philox philox_;
};

struct SamplingOptions {
  bool means_only = false;  // ignore_covs, ignore_master_seed
  bool one_epsilon = false; // asset_correlation = 1: an event's assets share it
};

// Room for the numbers of one call, to be used again.
struct SamplerScratch {
  std::vector<double> means, variations, medians, factors;
};

// One vulnerability function with slopes between its levels.
class LossSampler {
public:
  // REQUIRES: `function` outlives this.
  LossSampler(const VulnerabilityFunction& function, SamplingOptions options);

  // Adds `weight` times the loss ratio of each of `counts[i]` assets at intensity `intensities[i]`
  // to `ratios`, drawing in that order. The reference engine's order of draws within an event.
  void add(std::span<const double> intensities, std::span<const std::size_t> counts, double weight,
           EventStream& stream, SamplerScratch& scratch, std::span<double> ratios) const;

private:
  // What starts at a level: nothing changes above the last.
  struct Segment {
    double level = 0;
    double mean = 0, mean_slope = 0;
    double variation = 0, variation_slope = 0;
  };
  void interpolate(std::span<const double> intensities, SamplerScratch& scratch) const;
  void add_means(std::span<const std::size_t> counts, double weight, const SamplerScratch& scratch,
                 std::span<double> ratios) const;
  void add_lognormal(std::span<const std::size_t> counts, double weight, Philox& philox,
                     SamplerScratch& scratch, std::span<double> ratios) const;
  void add_beta(std::span<const std::size_t> counts, double weight, Philox& philox,
                const SamplerScratch& scratch, std::span<double> ratios) const;
  double sample_mass(double intensity, double uniform) const;

  const VulnerabilityFunction* function_;
  SamplingOptions options_;
  bool has_spread_ = false;
  LevelIndex index_;
  std::vector<Segment> segments_;
};

} // namespace oq::engine
