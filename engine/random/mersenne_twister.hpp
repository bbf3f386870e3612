// MT19937: the generator of logic-tree samples and of discrete vulnerability functions.
#pragma once

#include "engine/random/bit_generator.hpp"

#include <array>
#include <cstddef>

namespace oq::engine {

// M. Matsumoto and T. Nishimura, "Mersenne twister", ACM TOMACS 8(1), 1998; seeded by the authors'
// `init_genrand` of 2002, as NumPy's legacy RandomState with an integer seed.
class MersenneTwister {
public:
  explicit MersenneTwister(std::uint32_t seed) noexcept;

  std::uint32_t next_uint32() noexcept {
    if (used_ == state_.size())
      twist();
    return tempered(state_[used_++]);
  }
  // High word first.
  std::uint64_t next_uint64() noexcept {
    const std::uint64_t high = next_uint32();
    return (high << 32) | next_uint32();
  }
  // 27 bits of one output and 26 of the next.
  double next_double() noexcept {
    const std::uint32_t high = next_uint32() >> 5;
    const std::uint32_t low = next_uint32() >> 6;
    return (high * 67108864.0 + low) / 9007199254740992.0;
  }

private:
  static std::uint32_t tempered(std::uint32_t word) noexcept;
  void twist() noexcept;

  std::array<std::uint32_t, 624> state_{};
  std::size_t used_ = 624;
};

} // namespace oq::engine
