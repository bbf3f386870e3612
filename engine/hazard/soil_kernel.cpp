// SoilKernel: an integral over the motion on rock, each amplified with its own median and
// deviation.
#include "engine/hazard/soil_kernel.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numbers>

namespace oq::engine {

namespace {

// Edges of OpenQuake's bins: 30 from the first to the second by equal ratios, and on by the same
// beyond both (found from its curves).
constexpr double kBinsBegin = 0.01, kBinsEnd = 3.0; // g
constexpr double kBins = 29;
constexpr double kMostLogarithm = 60; // either way; no ground moves more

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
                       std::vector<double> levels, double truncation_level, Parts parts)
  : table_(std::move(table)), codes_(std::move(codes)), ln_levels_(std::move(levels)),
    normal_(truncation_level) {
  for (double& level : ln_levels_)
    level = std::log(level);
  if (parts == Parts::of_openquake)
    return;
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

void SoilKernel::add_part(const std::vector<AmplificationStep>& steps, double ln_rock,
                          double weight, std::span<double> out) const {
  const AmplificationStep step = AmplificationTable::at(steps, std::exp(ln_rock));
  const double ln_soil = ln_rock + std::log(step.median);
  for (std::size_t i = 0; i < ln_levels_.size(); ++i) {
    const double excess = ln_levels_[i] - ln_soil;
    out[i] +=
      weight * (step.sigma > 0 ? exceedance(excess / step.sigma) : (excess < 0 ? 1.0 : 0.0));
  }
}

void SoilKernel::add_bins(const std::vector<AmplificationStep>& steps, const Pair& pair,
                          double weight, std::span<double> out) const {
  static const double width = std::log(kBinsEnd / kBinsBegin) / kBins;
  static const double middle = std::log((1 + std::exp(width)) / 2); // above the lower edge
  const double origin = std::log(kBinsBegin), reach = normal_.band() * pair.sigma;
  const double first =
    std::floor((std::max(pair.ln_mean - reach, -kMostLogarithm) - origin) / width);
  double above = 1; // probability of more than the lower edge
  for (double bin = first; above > 0 && bin * width < kMostLogarithm; ++bin) {
    const double edge = origin + bin * width;
    const double beyond = normal_.survival((edge + width - pair.ln_mean) / pair.sigma);
    if (above > beyond)
      add_part(steps, edge + middle, weight * (above - beyond), out);
    above = beyond;
  }
}

void SoilKernel::add_probabilities(const Pair& pair, std::size_t imt, double weight,
                                   std::span<double> out) const {
  const std::vector<AmplificationFunction>& functions = *table_.functions(codes_[pair.site]);
  const AmplificationFunction* function = &functions.front();
  for (const AmplificationFunction& candidate : functions)
    if (candidate.from_magnitude <= pair.magnitude && candidate.from_distance <= pair.rrup)
      function = &candidate;
  if (nodes_.empty())
    return add_bins(function->steps[imt], pair, weight, out);
  for (const Node& node : nodes_)
    add_part(function->steps[imt], pair.ln_mean + node.z * pair.sigma, weight * node.weight, out);
}

} // namespace oq::engine
