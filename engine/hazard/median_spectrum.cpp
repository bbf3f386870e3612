// MedianSpectrum: one rupture's share.
#include "engine/hazard/median_spectrum.hpp"

#include <algorithm>
#include <cmath>

namespace oq::engine {

namespace {

// Tabulated occurrences count as the Poissonian ones that are as often none.
double expected(const Occurrence& occurrence, double exceedance) {
  constexpr double kLeast = 1.11e-16;
  if (!occurrence.probabilities)
    return minus_ln_none(occurrence, exceedance);
  return -std::log(std::max(occurrence.probabilities->front(), kLeast)) * exceedance;
}

} // namespace

MedianSpectrumKernel::MedianSpectrumKernel(std::vector<double> levels, std::size_t imts,
                                           std::vector<double> poes, TruncatedNormal normal)
  : levels_(std::move(levels)), imts_(imts), poes_(std::move(poes)), normal_(std::move(normal)) {}

void MedianSpectrumKernel::add_probabilities(const Pair& pair, std::size_t imt, double weight,
                                             std::span<double> out) const {
  for (std::size_t p = 0; p < poes_.size(); ++p) {
    const double level = levels_[(pair.site * imts_ + imt) * poes_.size() + p];
    const double exceedance = normal_.survival((level - pair.ln_mean) / pair.sigma);
    const double share = weight * expected(*pair.occurrence, exceedance) / poes_[p];
    out[p * kSums] += share * pair.ln_mean;
    out[p * kSums + 1] += share * pair.sigma;
    out[p * kSums + 2] += share;
  }
}

} // namespace oq::engine
