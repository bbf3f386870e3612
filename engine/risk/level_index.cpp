// Sixteen buckets an octave, sixteen octaves: the rest is one bucket.
#include "engine/risk/level_index.hpp"

namespace oq::engine {
namespace {

constexpr std::int64_t kMostBuckets = 256;

} // namespace

LevelIndex::LevelIndex(const std::vector<double>& levels) : levels_(levels) {
  const std::int64_t highest = key_of(levels_.back());
  lowest_ = std::max(key_of(levels_.front()), highest - kMostBuckets);
  first_of_.push_back(0);
  for (std::int64_t key = lowest_ + 1; key <= highest; ++key) {
    const auto smallest = std::bit_cast<double>(key << kShift);
    const auto above = std::ranges::upper_bound(levels_, smallest);
    first_of_.push_back(static_cast<std::uint32_t>(above - levels_.begin() - 1));
  }
  first_of_.push_back(static_cast<std::uint32_t>(levels_.size() - 1));
}

std::size_t LevelIndex::between(std::size_t low, std::size_t high,
                                double intensity) const noexcept {
  const auto first = levels_.begin() + static_cast<std::ptrdiff_t>(low + 1);
  const auto end = levels_.begin() + static_cast<std::ptrdiff_t>(high + 1);
  return static_cast<std::size_t>(std::upper_bound(first, end, intensity) - levels_.begin() - 1);
}

} // namespace oq::engine
