// LevelIndex: between which of its levels an intensity lies, found in a step or two.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace oq::engine {

class LevelIndex {
public:
  // REQUIRES: `levels` strictly increase, at least one.
  explicit LevelIndex(const std::vector<double>& levels);

  // The last level that is not above the intensity. REQUIRES: intensity >= the first level.
  std::size_t operator()(double intensity) const noexcept {
    const std::size_t bucket = bucket_of(intensity);
    const std::size_t low = first_of_[bucket], high = first_of_[bucket + 1];
    return low == high ? low : between(low, high, intensity);
  }

private:
  // Of a double's bits, to leave sign, exponent and 4 bits of the fraction.
  static constexpr int kShift = 48;
  // Ascending for numbers above 0.
  static std::int64_t key_of(double number) noexcept {
    return number > 0 ? std::bit_cast<std::int64_t>(number) >> kShift : 0;
  }
  // Numbers of one key share a bucket; so do all those below the lowest.
  std::size_t bucket_of(double intensity) const noexcept {
    const auto last = static_cast<std::int64_t>(first_of_.size()) - 2;
    return static_cast<std::size_t>(std::clamp<std::int64_t>(key_of(intensity) - lowest_, 0, last));
  }
  std::size_t between(std::size_t low, std::size_t high, double intensity) const noexcept;

  std::vector<double> levels_;
  std::int64_t lowest_ = 0;             // key of the numbers in bucket 0
  std::vector<std::uint32_t> first_of_; // level of a bucket's smallest number; one more at the end
};

} // namespace oq::engine
