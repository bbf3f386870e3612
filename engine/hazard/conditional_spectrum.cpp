// ConditionalSpectrum: one rupture's share.
#include "engine/hazard/conditional_spectrum.hpp"

namespace oq::engine {

ConditionalSpectrumKernel::ConditionalSpectrumKernel(std::vector<double> levels,
                                                     std::size_t reference,
                                                     std::vector<double> correlation,
                                                     TruncatedNormal normal)
  : levels_(std::move(levels)), reference_(reference), correlation_(std::move(correlation)),
    normal_(std::move(normal)) {}

void ConditionalSpectrumKernel::add_probabilities(const Pair& pair, std::size_t imt, double weight,
                                                  std::span<double> out) const {
  const std::size_t probabilities = out.size() / kMoments;
  const double reference_mean = pair.motions[reference_].ln_mean[pair.index];
  const double reference_sigma = pair.motions[reference_].sigma[pair.index];
  const double rho = correlation_[imt];
  for (std::size_t p = 0; p < probabilities; ++p) {
    const double level = levels_[pair.site * probabilities + p];
    const double epsilon = (level - reference_mean) / reference_sigma;
    const double exceedances = weight * minus_ln_none(*pair.occurrence, normal_.survival(epsilon));
    // Baker & Jayaram (2008), eqs. 20 and 21 of Lin et al.
    const double mean = pair.ln_mean + rho * epsilon * pair.sigma;
    const double variance = pair.sigma * pair.sigma * (1 - rho * rho);
    out[p * kMoments] += exceedances;
    out[p * kMoments + 1] += exceedances * mean;
    out[p * kMoments + 2] += exceedances * (variance + mean * mean);
  }
}

} // namespace oq::engine
