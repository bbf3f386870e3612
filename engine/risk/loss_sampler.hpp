// LossSampler: random losses of assets from vulnerability functions, event by event.
#pragma once

#include "engine/random/mersenne_twister.hpp"
#include "engine/random/philox.hpp"
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

// One vulnerability function with slopes between its levels.
class LossSampler {
public:
  explicit LossSampler(const VulnerabilityFunction& function, SamplingOptions options);

  // Adds `weight` times the loss ratio of each of `counts[i]` assets at intensity `intensities[i]`
  // to `ratios`, drawing in that order. The reference engine's order of draws within an event.
  void add(std::span<const double> intensities, std::span<const std::size_t> counts, double weight,
           EventStream& stream, std::span<double> ratios) const;

private:
  struct Moments {
    double mean = 0, variation = 0;
  };
  Moments moments(double intensity) const;
  static double sample_beta(Moments at, Philox& philox);
  double sample_mass(double intensity, double uniform) const;

  const VulnerabilityFunction& function_;
  SamplingOptions options_;
  bool has_spread_ = false;
};

} // namespace oq::engine
