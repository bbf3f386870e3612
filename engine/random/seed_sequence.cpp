// SeedSequence: hashing entropy into the pool, and the pool into output words.
#include "engine/random/seed_sequence.hpp"

namespace oq::engine {
namespace {

constexpr std::uint32_t kInitialA = 0x43b0d7e5;
constexpr std::uint32_t kMultiplierA = 0x931e8875;
constexpr std::uint32_t kInitialB = 0x8b51f9dd;
constexpr std::uint32_t kMultiplierB = 0x58f38ded;
constexpr std::uint32_t kMixLeft = 0xca01f9dd;
constexpr std::uint32_t kMixRight = 0x4973f715;

constexpr std::uint32_t fold(std::uint32_t word) noexcept {
  return word ^ (word >> 16);
}

// A hash whose constant moves on with each word.
class MovingHash {
public:
  constexpr MovingHash(std::uint32_t initial, std::uint32_t multiplier) noexcept
    : constant_(initial), multiplier_(multiplier) {}

  constexpr std::uint32_t operator()(std::uint32_t word) noexcept {
    word ^= constant_;
    constant_ *= multiplier_;
    return fold(word * constant_);
  }

private:
  std::uint32_t constant_;
  std::uint32_t multiplier_;
};

constexpr std::uint32_t mixed(std::uint32_t left, std::uint32_t right) noexcept {
  return fold(kMixLeft * left - kMixRight * right);
}

} // namespace

SeedSequence::SeedSequence(std::uint64_t seed) noexcept {
  const std::array<std::uint32_t, 2> words{static_cast<std::uint32_t>(seed),
                                           static_cast<std::uint32_t>(seed >> 32)};
  mix(words);
}

SeedSequence::SeedSequence(std::span<const std::uint32_t> entropy) noexcept {
  mix(entropy);
}

void SeedSequence::mix(std::span<const std::uint32_t> entropy) noexcept {
  MovingHash hash(kInitialA, kMultiplierA);
  for (std::size_t i = 0; i < kPoolSize; ++i)
    pool_[i] = hash(i < entropy.size() ? entropy[i] : 0);
  for (std::size_t from = 0; from < kPoolSize; ++from)
    for (std::size_t to = 0; to < kPoolSize; ++to)
      if (from != to)
        pool_[to] = mixed(pool_[to], hash(pool_[from]));
  for (std::size_t from = kPoolSize; from < entropy.size(); ++from)
    for (auto& word : pool_)
      word = mixed(word, hash(entropy[from]));
}

void SeedSequence::generate(std::span<std::uint32_t> words) const noexcept {
  MovingHash hash(kInitialB, kMultiplierB);
  for (std::size_t i = 0; i < words.size(); ++i)
    words[i] = hash(pool_[i % kPoolSize]);
}

void SeedSequence::generate(std::span<std::uint64_t> words) const noexcept {
  MovingHash hash(kInitialB, kMultiplierB);
  std::size_t from = 0;
  for (auto& word : words) {
    const std::uint64_t low = hash(pool_[from++ % kPoolSize]);
    const std::uint64_t high = hash(pool_[from++ % kPoolSize]);
    word = (high << 32) | low;
  }
}

} // namespace oq::engine
