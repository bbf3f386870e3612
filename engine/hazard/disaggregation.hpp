// Disaggregation: the exceedance of one level told apart by magnitude, distance and epsilon
// (Bazzurro & Cornell 1999, BSSA 89(2), 501-520; engine notes 3.3).
#pragma once

#include "engine/base/result.hpp"
#include "engine/hazard/motion_kernel.hpp"
#include "engine/hazard/truncated_normal.hpp"
#include "engine/job/job.hpp"

#include <vector>

namespace oq::engine {

// Edges, ascending; bins are [low, high), the last closed.
struct DisaggregationBins {
  std::vector<double> magnitude, distance /* km, rrup */, epsilon;

  std::size_t cells() const noexcept {
    return (magnitude.size() - 1) * (distance.size() - 1) * (epsilon.size() - 1);
  }
};

// Edges from mag_bin_width, distance_bin_width (one bin without it), num_epsilon_bins and
// disagg_bin_edges, for ruptures between two magnitudes.
Result<DisaggregationBins> disaggregation_bins(const Job& job, double least_magnitude,
                                               double greatest_magnitude);

class DisaggregationKernel final : public MotionKernel {
public:
  // `levels`: site x IMT, as the models predict them. With `star` a whole exceedance counts for the
  // epsilon at which the level is just reached; else for every epsilon above it.
  DisaggregationKernel(DisaggregationBins bins, std::vector<double> levels, std::size_t imts,
                       TruncatedNormal normal, bool star);

  // Cells magnitude x distance x epsilon.
  void add_probabilities(const Pair& pair, std::size_t imt, double weight,
                         std::span<double> out) const override;

private:
  DisaggregationBins bins_;
  std::vector<double> levels_;
  std::size_t imts_;
  TruncatedNormal normal_;
  bool star_;
};

} // namespace oq::engine
