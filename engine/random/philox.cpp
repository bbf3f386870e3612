// Philox 4x64-10: seeding.
#include "engine/random/philox.hpp"

namespace oq::engine {

Philox::Philox(const SeedSequence& sequence) noexcept {
  sequence.generate(std::span<std::uint64_t>(key_));
}

} // namespace oq::engine
