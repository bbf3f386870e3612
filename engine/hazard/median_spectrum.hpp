// MedianSpectrum: the average of what models predict for the ruptures that exceed a level, by how
// often they do.
#pragma once

#include "engine/hazard/motion_kernel.hpp"
#include "engine/hazard/truncated_normal.hpp"

#include <vector>

namespace oq::engine {

class MedianSpectrumKernel final : public MotionKernel {
public:
  // Sums over ruptures: weight x logarithm of the median, weight x deviation, weight.
  static constexpr std::size_t kSums = 3;

  // `levels`, logarithms: site x IMT x probability. The weight of a rupture is its expected
  // exceedances over the probability.
  MedianSpectrumKernel(std::vector<double> levels, std::size_t imts, std::vector<double> poes,
                       TruncatedNormal normal);

  bool adds_up() const override { return true; }
  // Probability x sum.
  void add_probabilities(const Pair& pair, std::size_t imt, double weight,
                         std::span<double> out) const override;

private:
  std::vector<double> levels_;
  std::size_t imts_;
  std::vector<double> poes_;
  TruncatedNormal normal_;
};

} // namespace oq::engine
