// MT19937: seeding, recurrence, tempering.
#include "engine/random/mersenne_twister.hpp"

namespace oq::engine {
namespace {

constexpr std::size_t kShift = 397;
constexpr std::uint32_t kUpperBit = 0x80000000U;
constexpr std::uint32_t kTwist = 0x9908b0dfU;
constexpr std::uint32_t kSeedMultiplier = 1812433253U; // D. Knuth, TAOCP vol. 2, 3rd ed., p. 106

} // namespace

MersenneTwister::MersenneTwister(std::uint32_t seed) noexcept {
  state_[0] = seed;
  for (std::uint32_t i = 1; i < state_.size(); ++i)
    state_[i] = kSeedMultiplier * (state_[i - 1] ^ (state_[i - 1] >> 30)) + i;
}

void MersenneTwister::twist() noexcept {
  const std::size_t n = state_.size();
  for (std::size_t i = 0; i < n; ++i) {
    const std::uint32_t joined = (state_[i] & kUpperBit) | (state_[(i + 1) % n] & ~kUpperBit);
    state_[i] = state_[(i + kShift) % n] ^ (joined >> 1) ^ ((joined & 1) != 0 ? kTwist : 0);
  }
  used_ = 0;
}

std::uint32_t MersenneTwister::tempered(std::uint32_t word) noexcept {
  word ^= word >> 11;
  word ^= (word << 7) & 0x9d2c5680U;
  word ^= (word << 15) & 0xefc60000U;
  return word ^ (word >> 18);
}

} // namespace oq::engine
