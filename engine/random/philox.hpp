// Philox 4x64-10: the generator of losses and discrete damage, one stream an event.
#pragma once

#include "engine/random/bit_generator.hpp"
#include "engine/random/seed_sequence.hpp"

#include <array>

namespace oq::engine {

// J. K. Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC11: counter based. The key
// is the first two words of SeedSequence, the counter starts at 0 and moves on before each block of
// four outputs, as in NumPy's Philox.
class Philox {
public:
  using Block = std::array<std::uint64_t, 4>;
  using Key = std::array<std::uint64_t, 2>;

  explicit Philox(std::uint64_t seed) noexcept : Philox(SeedSequence(seed)) {}
  explicit Philox(const SeedSequence& sequence) noexcept;

  // The ten rounds alone: what a counter becomes under a key.
  static Block block(Block counter, Key key) noexcept {
#pragma GCC unroll 10
    for (int round = 0; round < 10; ++round) {
      const auto even = static_cast<unsigned __int128>(0xD2E7470EE14C6C93ULL) * counter[0];
      const auto odd = static_cast<unsigned __int128>(0xCA5A826395121157ULL) * counter[2];
      counter = {high(odd) ^ counter[1] ^ key[0], static_cast<std::uint64_t>(odd),
                 high(even) ^ counter[3] ^ key[1], static_cast<std::uint64_t>(even)};
      key[0] += 0x9E3779B97F4A7C15ULL; // golden ratio
      key[1] += 0xBB67AE8584CAA73BULL; // sqrt(3) - 1
    }
    return counter;
  }

  std::uint64_t next_uint64() noexcept {
    if (used_ == outputs_.size())
      refill();
    return outputs_[used_++];
  }
  std::uint32_t next_uint32() noexcept {
    return spare_.next([this] {
      return next_uint64();
    });
  }
  double next_double() noexcept {
    return unit_interval(next_uint64());
  }

private:
  static constexpr std::uint64_t high(unsigned __int128 product) noexcept {
    return static_cast<std::uint64_t>(product >> 64);
  }
  void refill() noexcept {
    for (auto& word : counter_)
      if (++word != 0)
        break;
    outputs_ = block(counter_, key_);
    used_ = 0;
  }

  Key key_{};
  Block counter_{};
  Block outputs_{};
  std::size_t used_ = 4;
  SpareHalf spare_;
};

} // namespace oq::engine
