// ConditionalSpectrum: moments of the motions of all periods, given that one of them is exceeded
// (Lin, Harmsen, Baker & Luco 2013, BSSA 103(2A), 1103-1116).
#pragma once

#include "engine/hazard/motion_kernel.hpp"
#include "engine/hazard/truncated_normal.hpp"

#include <vector>

namespace oq::engine {

class ConditionalSpectrumKernel final : public MotionKernel {
public:
  // Sums over ruptures, of expected exceedances of the conditioning motion: their number, that
  // times the conditional mean, and that times the conditional second moment.
  static constexpr std::size_t kMoments = 3;

  // `levels` of the conditioning motion, logarithms: site x probability. `correlation` of its
  // residual with the others', one an IMT.
  ConditionalSpectrumKernel(std::vector<double> levels, std::size_t reference,
                            std::vector<double> correlation, TruncatedNormal normal);

  bool adds_up() const override { return true; }
  // Probability x moment.
  void add_probabilities(const Pair& pair, std::size_t imt, double weight,
                         std::span<double> out) const override;

private:
  std::vector<double> levels_;
  std::size_t reference_;
  std::vector<double> correlation_;
  TruncatedNormal normal_;
};

} // namespace oq::engine
