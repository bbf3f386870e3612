// SoilKernel: an integral over the motion on rock, each amplified with its own median and
// deviation.
#include "engine/hazard/soil_kernel.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numbers>

namespace oq::engine {

namespace {

constexpr double kFarthest = 8; // standard deviations; beyond is less than 1e-15
constexpr double kPanel = 0.5;  // standard deviations
// Gauss-Legendre with four nodes on (-1, 1).
constexpr double kAbscissae[] = {-0.8611363115940526, -0.3399810435848563, 0.3399810435848563,
                                 0.8611363115940526};
constexpr double kWeights[] = {0.3478548451374538, 0.6521451548625461, 0.6521451548625461,
                               0.3478548451374538};

double exceedance(double z) {
  return 0.5 * std::erfc(z / std::numbers::sqrt2);
}

} // namespace

SoilKernel::SoilKernel(AmplificationTable table, std::vector<std::string> codes,
                       std::vector<double> levels, double truncation_level)
  : table_(std::move(table)), codes_(std::move(codes)), levels_(std::move(levels)) {
  const double reach = std::clamp(truncation_level, 1e-9, kFarthest);
  const double panels = std::ceil(2 * reach / kPanel), half = reach / panels;
  double sum = 0;
  for (double panel = 0; panel < panels; ++panel)
    for (std::size_t i = 0; i < std::size(kAbscissae); ++i) {
      const double z = -reach + half * (2 * panel + 1 + kAbscissae[i]);
      nodes_.push_back({z, kWeights[i] * std::exp(-0.5 * z * z)});
      sum += nodes_.back().weight;
    }
  for (Node& node : nodes_)
    node.weight /= sum;
}

void SoilKernel::add_probabilities(const Pair& pair, std::size_t imt, double weight,
                                   std::span<double> out) const {
  const std::vector<AmplificationFunction>& functions = *table_.functions(codes_[pair.site]);
  const AmplificationFunction* function = &functions.front();
  for (const AmplificationFunction& candidate : functions)
    if (candidate.from_magnitude <= pair.magnitude && candidate.from_distance <= pair.rrup)
      function = &candidate;
  for (const Node& node : nodes_) {
    const double ln_rock = pair.ln_mean + node.z * pair.sigma;
    const AmplificationStep step = AmplificationTable::at(function->steps[imt], std::exp(ln_rock));
    const double ln_soil = ln_rock + std::log(step.median);
    for (std::size_t i = 0; i < levels_.size(); ++i) {
      const double excess = std::log(levels_[i]) - ln_soil;
      out[i] += weight * node.weight
                * (step.sigma > 0 ? exceedance(excess / step.sigma) : (excess < 0 ? 1.0 : 0.0));
    }
  }
}

} // namespace oq::engine
