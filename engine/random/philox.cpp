// Philox 4x64-10: rounds, seeding, the counter.
#include "engine/random/philox.hpp"

namespace oq::engine {
namespace {

constexpr int kRounds = 10;
constexpr std::uint64_t kMultiplier0 = 0xD2E7470EE14C6C93ULL;
constexpr std::uint64_t kMultiplier1 = 0xCA5A826395121157ULL;
constexpr std::uint64_t kWeyl0 = 0x9E3779B97F4A7C15ULL; // golden ratio
constexpr std::uint64_t kWeyl1 = 0xBB67AE8584CAA73BULL; // sqrt(3) - 1

struct Product {
  std::uint64_t high, low;
};

Product product(std::uint64_t a, std::uint64_t b) noexcept {
  const auto wide = static_cast<unsigned __int128>(a) * b;
  return {static_cast<std::uint64_t>(wide >> 64), static_cast<std::uint64_t>(wide)};
}

} // namespace

Philox::Philox(const SeedSequence& sequence) noexcept {
  sequence.generate(std::span<std::uint64_t>(key_));
}

Philox::Block Philox::block(Block counter, Key key) noexcept {
  for (int round = 0; round < kRounds; ++round) {
    const Product even = product(kMultiplier0, counter[0]);
    const Product odd = product(kMultiplier1, counter[2]);
    counter = {odd.high ^ counter[1] ^ key[0], odd.low, even.high ^ counter[3] ^ key[1], even.low};
    key[0] += kWeyl0;
    key[1] += kWeyl1;
  }
  return counter;
}

void Philox::refill() noexcept {
  for (auto& word : counter_)
    if (++word != 0)
      break;
  outputs_ = block(counter_, key_);
  used_ = 0;
}

} // namespace oq::engine
