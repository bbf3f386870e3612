// SoilKernel: what a site's soil makes of the ground motion of one rupture, before curves are made
// of it (Bazzurro & Cornell 2004, BSSA 94(6), 2110-2123, eq. 2).
#pragma once

#include "engine/hazard/amplification.hpp"
#include "engine/hazard/motion_kernel.hpp"
#include "engine/hazard/truncated_normal.hpp"

#include <span>
#include <string>
#include <vector>

namespace oq::engine {

class SoilKernel final : public MotionKernel {
public:
  // How the motion on rock is taken apart: integrated exactly, or in the bins of OpenQuake, about
  // 20 % wide, each at its arithmetic middle, which raises curves by 0.5 to 5 %.
  enum class Parts : unsigned char { exact, of_openquake };

  // REQUIRES: the table has functions for every code. `levels` of soil, the same of every IMT.
  SoilKernel(AmplificationTable table, std::vector<std::string> codes, std::vector<double> levels,
             double truncation_level, Parts parts);

  // Level by level the probability that the motion on soil exceeds it; the pair's is on rock.
  void add_probabilities(const Pair& pair, std::size_t imt, double weight,
                         std::span<double> out) const override;

private:
  // A motion on rock: standard deviations above the mean, and its share of the truncated normal.
  struct Node {
    double z = 0, weight = 0;
  };

  void add_part(const std::vector<AmplificationStep>& steps, double ln_rock, double weight,
                std::span<double> out) const;
  void add_bins(const std::vector<AmplificationStep>& steps, const Pair& pair, double weight,
                std::span<double> out) const;

  AmplificationTable table_;
  std::vector<std::string> codes_; // one a site
  std::vector<double> ln_levels_;
  std::vector<Node> nodes_; // empty: bins
  TruncatedNormal normal_;
};

} // namespace oq::engine
