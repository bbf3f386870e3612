// Lemire's multiply-and-reject, in 32 and in 64 bits.
#include "engine/random/integers.hpp"

#include <cassert>

namespace oq::engine {
namespace {

constexpr std::uint64_t kTwoTo32 = std::uint64_t{1} << 32;

// `Wide` holds the product of a draw and the bound; the part above Word is the result.
template <class Word, class Wide, class Draw>
Word scaled(Word bound, Draw draw) {
  constexpr int kBits = 8 * sizeof(Word);
  Wide product = static_cast<Wide>(draw()) * bound;
  if (static_cast<Word>(product) < bound) {
    const Word threshold = static_cast<Word>(-bound) % bound; // 2^bits mod bound
    while (static_cast<Word>(product) < threshold)
      product = static_cast<Wide>(draw()) * bound;
  }
  return static_cast<Word>(product >> kBits);
}

} // namespace

template <BitGenerator G>
std::uint64_t bounded_integer(G& generator, std::uint64_t bound) {
  assert(bound > 0);
  if (bound == 1)
    return 0;
  if (bound < kTwoTo32)
    return scaled<std::uint32_t, std::uint64_t>(static_cast<std::uint32_t>(bound), [&] {
      return generator.next_uint32();
    });
  if (bound == kTwoTo32)
    return generator.next_uint32();
  return scaled<std::uint64_t, unsigned __int128>(bound, [&] {
    return generator.next_uint64();
  });
}

template std::uint64_t bounded_integer(Pcg64&, std::uint64_t);
template std::uint64_t bounded_integer(Philox&, std::uint64_t);
template std::uint64_t bounded_integer(MersenneTwister&, std::uint64_t);

} // namespace oq::engine
