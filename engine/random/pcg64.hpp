// PCG64: the generator of rupture occurrences, ground-motion residuals and event years.
#pragma once

#include "engine/random/bit_generator.hpp"
#include "engine/random/seed_sequence.hpp"

namespace oq::engine {

// M. E. O'Neill, "PCG: a family of simple fast space-efficient statistically good algorithms for
// random number generation", Harvey Mudd College HMC-CS-2014-0905: 128-bit state, XSL-RR output,
// selectable stream. Seeded through SeedSequence as NumPy's PCG64.
class Pcg64 {
public:
  explicit Pcg64(std::uint64_t seed) noexcept : Pcg64(SeedSequence(seed)) {}
  explicit Pcg64(const SeedSequence& sequence) noexcept;
  // The reference implementation's own seeding: an initial state, and the number of the stream.
  Pcg64(unsigned __int128 state, unsigned __int128 stream) noexcept;

  std::uint64_t next_uint64() noexcept {
    step();
    const auto folded =
      static_cast<std::uint64_t>(state_ >> 64) ^ static_cast<std::uint64_t>(state_);
    const auto turn = static_cast<unsigned>(state_ >> 122);
    return (folded >> turn) | (folded << ((64 - turn) & 63));
  }
  std::uint32_t next_uint32() noexcept {
    return spare_.next([this] {
      return next_uint64();
    });
  }
  double next_double() noexcept { return unit_interval(next_uint64()); }

private:
  static constexpr unsigned __int128 kMultiplier =
    (static_cast<unsigned __int128>(2549297995355413924ULL) << 64) | 4865540595714422341ULL;

  void step() noexcept { state_ = state_ * kMultiplier + increment_; }

  unsigned __int128 state_ = 0;
  unsigned __int128 increment_ = 0;
  SpareHalf spare_;
};

} // namespace oq::engine
