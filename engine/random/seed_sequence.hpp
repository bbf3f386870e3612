// SeedSequence: spreads an integer seed over as many well-mixed words as a generator needs.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace oq::engine {

// M. E. O'Neill, "Developing a seed_seq alternative" (2015), with a pool of four words and the
// constants of NumPy's SeedSequence, whose output it equals for an integer seed without spawn keys.
class SeedSequence {
public:
  explicit SeedSequence(std::uint64_t seed) noexcept;
  // The words of a larger integer, least significant first.
  explicit SeedSequence(std::span<const std::uint32_t> entropy) noexcept;

  // Fills with output words: the same ones from the start at each call.
  void generate(std::span<std::uint32_t> words) const noexcept;
  void generate(std::span<std::uint64_t> words) const noexcept;

private:
  static constexpr std::size_t kPoolSize = 4;
  void mix(std::span<const std::uint32_t> entropy) noexcept;

  std::array<std::uint32_t, kPoolSize> pool_{};
};

} // namespace oq::engine
