// Exceedance: the innermost loop of a classical calculation, for whatever vectors the machine has.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "engine/hazard/exceedance.cpp"
#include "engine/hazard/exceedance.hpp"

#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include <algorithm>
#include <cmath>
#include <limits>

HWY_BEFORE_NAMESPACE();
namespace oq::engine::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;
// Half a chunk, so that two vectors make one.
using Lanes = hn::CappedTag<double, LevelChunks::kLevels / 2>;

struct Kernel {
  const TruncatedNormal& normal;
  const LevelChunks& levels;
  const ExceedancePairs& pairs;
  ExceedanceRates& rates;

  // How many of the (ascending) bounds are below a limit.
  static HWY_INLINE std::size_t count_below(const std::vector<double>& bounds, double limit) {
    const Lanes d;
    const auto limits = hn::Set(d, limit);
    std::size_t count = 0;
    for (std::size_t i = 0; i < bounds.size(); i += hn::Lanes(d))
      count += hn::CountTrue(d, hn::Lt(hn::LoadU(d, bounds.data() + i), limits));
    return count;
  }

  // One polynomial length a template, so that the Horner scheme is straight code.
  template <int kTerms>
  void run() const {
    const Lanes d;
    const std::size_t lanes = hn::Lanes(d);
    double c[kTerms] = {};
    std::copy(normal.coefficients().begin(), normal.coefficients().end(), c);
    const double t = normal.band();
    const auto above = hn::Set(d, t), below = hn::Set(d, -t);
    const auto scale = hn::Set(d, 2.0 / (t * t)), minus_one = hn::Set(d, -1.0);
    const auto half = hn::Set(d, 0.5), one = hn::Set(d, 1.0), zero = hn::Zero(d);
    const std::size_t variants = rates.variants();
    for (std::size_t pair = 0; pair < pairs.mean.size(); ++pair) {
      const double mean = pairs.mean[pair], sigma = pairs.sigma[pair];
      const double reach = t * sigma;
      const std::size_t end = count_below(levels.first(), mean + reach);
      if (end == 0)
        continue;
      const std::size_t begin = count_below(levels.last(), mean - reach);
      const std::uint32_t site = pairs.site[pair];
      double* const rows = rates.row(site);
      const double* const occurrences = pairs.occurrences.data() + pair * variants;
      for (std::size_t v = 0; v < variants; ++v)
        rates.certain(site)[v * rates.certain_stride() + begin] += occurrences[v];
      const auto means = hn::Set(d, mean), inverse = hn::Set(d, 1.0 / sigma);
      // Two vectors side by side: each Horner step waits for the one before.
      for (std::size_t i = begin * LevelChunks::kLevels; i < end * LevelChunks::kLevels;
           i += 2 * lanes) {
        auto z1 = hn::Mul(hn::Sub(hn::LoadU(d, levels.padded() + i), means), inverse);
        auto z2 = hn::Mul(hn::Sub(hn::LoadU(d, levels.padded() + i + lanes), means), inverse);
        z1 = hn::Min(hn::Max(z1, below), above);
        z2 = hn::Min(hn::Max(z2, below), above);
        const auto w1 = hn::MulAdd(hn::Mul(z1, z1), scale, minus_one);
        const auto w2 = hn::MulAdd(hn::Mul(z2, z2), scale, minus_one);
        auto h1 = hn::Set(d, c[kTerms - 1]), h2 = h1;
        for (int k = kTerms - 2; k >= 0; --k) {
          const auto coefficient = hn::Set(d, c[k]);
          h1 = hn::MulAdd(h1, w1, coefficient);
          h2 = hn::MulAdd(h2, w2, coefficient);
        }
        const auto p1 = hn::Min(hn::Max(hn::NegMulAdd(z1, h1, half), zero), one);
        const auto p2 = hn::Min(hn::Max(hn::NegMulAdd(z2, h2, half), zero), one);
        double* row = rows + i;
        for (std::size_t v = 0; v < variants; ++v, row += rates.row_stride()) {
          const auto expected = hn::Set(d, occurrences[v]);
          hn::StoreU(hn::MulAdd(expected, p1, hn::LoadU(d, row)), d, row);
          hn::StoreU(hn::MulAdd(expected, p2, hn::LoadU(d, row + lanes)), d, row + lanes);
        }
      }
    }
  }
};

void AddExceedance(const TruncatedNormal& normal, const LevelChunks& levels,
                   const ExceedancePairs& pairs, ExceedanceRates& rates) {
  const Kernel kernel{normal, levels, pairs, rates};
  const std::size_t terms = normal.coefficients().size();
  if (terms <= 8)
    kernel.run<8>();
  else if (terms <= 12)
    kernel.run<12>();
  else if (terms <= 14)
    kernel.run<14>();
  else if (terms <= 16)
    kernel.run<16>();
  else if (terms <= 18)
    kernel.run<18>();
  else if (terms <= 22)
    kernel.run<22>();
  else if (terms <= 28)
    kernel.run<28>();
  else if (terms <= 32)
    kernel.run<32>();
  else
    kernel.run<40>();
}

} // namespace oq::engine::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace oq::engine {

HWY_EXPORT(AddExceedance);

LevelChunks::LevelChunks(std::span<const double> levels) : size_(levels.size()) {
  const double never = std::numeric_limits<double>::infinity();
  const auto whole = [](std::size_t n) {
    return (n + kLevels - 1) / kLevels * kLevels;
  };
  padded_.assign(levels.begin(), levels.end());
  padded_.resize(whole(size_), never);
  for (std::size_t i = 0; i < padded_.size(); i += kLevels) {
    first_.push_back(padded_[i]);
    last_.push_back(padded_[i + kLevels - 1]);
  }
  first_.resize(whole(first_.size()), never);
  last_.resize(whole(last_.size()), never);
}

ExceedanceRates::ExceedanceRates(std::size_t sites, const LevelChunks& levels, std::size_t variants)
  : chunks_(levels.chunks()), stride_(chunks_ * LevelChunks::kLevels), variants_(variants),
    rates_(sites * variants * stride_), certain_(sites * variants * (chunks_ + 1)) {}

void ExceedanceRates::clear() {
  std::fill(rates_.begin(), rates_.end(), 0.0);
  std::fill(certain_.begin(), certain_.end(), 0.0);
}

void ExceedanceRates::collect(std::size_t site, std::size_t variant, std::span<double> out) const {
  const std::size_t row = site * variants_ + variant;
  double beyond = 0; // occurrences above every level of the chunk
  for (std::size_t chunk = chunks_; chunk-- > 0;) {
    beyond += certain_[row * (chunks_ + 1) + chunk + 1];
    const std::size_t begin = chunk * LevelChunks::kLevels;
    const std::size_t end = std::min(begin + LevelChunks::kLevels, out.size());
    for (std::size_t i = begin; i < end; ++i)
      out[i] += rates_[row * stride_ + i] + beyond;
  }
}

std::size_t first_bad_pair(std::span<const double> mean, std::span<const double> sigma) {
  std::size_t good = 0;
  while (good < mean.size() && std::isfinite(mean[good]) && sigma[good] > 0
         && std::isfinite(sigma[good]))
    ++good;
  return good;
}

void add_exceedance(const TruncatedNormal& normal, const LevelChunks& levels,
                    const ExceedancePairs& pairs, ExceedanceRates& rates) {
  HWY_DYNAMIC_DISPATCH(AddExceedance)(normal, levels, pairs, rates);
}

void add_probabilities(const TruncatedNormal& normal, const LevelChunks& levels, double mean,
                       double sigma, double weight, std::span<double> out) {
  for (std::size_t i = 0; i < levels.size(); ++i)
    out[i] += weight * normal.survival((levels.padded()[i] - mean) / sigma);
}

} // namespace oq::engine
#endif
