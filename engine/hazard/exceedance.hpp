// Exceedance: adds, for many rupture-site pairs, occurrences times P(ground motion > level).
#pragma once

#include "engine/hazard/truncated_normal.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace oq::engine {

// Levels of one intensity measure type in whole chunks, padded with a level nothing exceeds.
class LevelChunks {
public:
  static constexpr std::size_t kLevels = 8; // a chunk

  // The levels as the models predict them: logarithms, save for intensities as MMI.
  explicit LevelChunks(std::span<const double> levels);

  std::size_t size() const noexcept { return size_; }
  std::size_t chunks() const noexcept { return padded_.size() / kLevels; }
  const double* padded() const noexcept { return padded_.data(); }
  // First and last level of each chunk, padded to whole chunks themselves.
  const std::vector<double>& first() const noexcept { return first_; }
  const std::vector<double>& last() const noexcept { return last_; }

private:
  std::size_t size_;
  std::vector<double> padded_, first_, last_;
};

// Rates of some sites for one intensity measure type, in each of some variants of how often the
// ruptures occur. A chunk that is certainly exceeded is only counted; `collect` spreads the counts
// over its levels.
class ExceedanceRates {
public:
  ExceedanceRates(std::size_t sites, const LevelChunks& levels, std::size_t variants = 1);

  void clear();
  std::size_t variants() const noexcept { return variants_; }
  // A value a level, one variant behind the other.
  double* row(std::size_t site) noexcept { return rates_.data() + site * variants_ * stride_; }
  // Entry c: occurrences of ground motions above all levels of the chunks before c; variants as
  // before.
  double* certain(std::size_t site) noexcept {
    return certain_.data() + site * variants_ * (chunks_ + 1);
  }
  // Values from a variant's row to the next one's, and from its counts to the next one's.
  std::size_t row_stride() const noexcept { return stride_; }
  std::size_t certain_stride() const noexcept { return chunks_ + 1; }
  // Adds the rates of one site to `out`, a value a level.
  void collect(std::size_t site, std::size_t variant, std::span<double> out) const;

private:
  std::size_t chunks_, stride_, variants_;
  std::vector<double> rates_, certain_;
};

// A value a pair.
struct ExceedancePairs {
  std::span<const double> mean, sigma; // as the models predict them
  std::span<const double> occurrences; // pair x variant: expected number in the investigation time
  std::span<const std::uint32_t> site; // row of the rates
};

// The first pair whose mean or standard deviation is not a number or not positive, or the number
// of pairs.
std::size_t first_bad_pair(std::span<const double> mean, std::span<const double> sigma);
// REQUIRES: no bad pair.
void add_exceedance(const TruncatedNormal& normal, const LevelChunks& levels,
                    const ExceedancePairs& pairs, ExceedanceRates& rates);

// For one pair: adds, level by level, `weight` times the probability that one motion exceeds it.
void add_probabilities(const TruncatedNormal& normal, const LevelChunks& levels, double mean,
                       double sigma, double weight, std::span<double> out);

} // namespace oq::engine
