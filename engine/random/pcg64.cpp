// PCG64: how its state is seeded.
#include "engine/random/pcg64.hpp"

#include <array>

namespace oq::engine {
namespace {

unsigned __int128 wide(std::uint64_t high, std::uint64_t low) noexcept {
  return (static_cast<unsigned __int128>(high) << 64) | low;
}

std::array<std::uint64_t, 4> four_words(const SeedSequence& sequence) noexcept {
  std::array<std::uint64_t, 4> words{};
  sequence.generate(std::span<std::uint64_t>(words));
  return words;
}

} // namespace

Pcg64::Pcg64(unsigned __int128 state, unsigned __int128 stream) noexcept
  : increment_((stream << 1) | 1) {
  step();
  state_ += state;
  step();
}

Pcg64::Pcg64(const SeedSequence& sequence) noexcept : Pcg64(0, 0) {
  const auto words = four_words(sequence);
  *this = Pcg64(wide(words[0], words[1]), wide(words[2], words[3]));
}

} // namespace oq::engine
