// A 64-bit checksum that any damage of a file or a message changes; no secret, no proof against
// intent.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace oq::store {

inline constexpr std::uint64_t kChecksumStart = 0xcbf29ce484222325; // FNV-1a's offset

// FNV-1a over words of eight bytes instead of bytes, each folded once more so that its high bits
// count too; the length is part of it. Chains: the sum of what came before may be the start.
inline std::uint64_t checksum(std::string_view bytes, std::uint64_t start = kChecksumStart) {
  constexpr std::uint64_t kPrime = 0x100000001b3;
  std::uint64_t sum = start ^ bytes.size();
  const auto mix = [&sum](std::uint64_t word) {
    sum = (sum ^ word) * kPrime;
    sum ^= sum >> 32;
  };
  for (; bytes.size() >= sizeof(std::uint64_t); bytes.remove_prefix(sizeof(std::uint64_t))) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data(), sizeof word);
    mix(word);
  }
  std::uint64_t rest = 0;
  std::memcpy(&rest, bytes.data(), bytes.size());
  mix(rest);
  return sum;
}

// Of the bytes of an array of numbers.
template <class Numbers>
std::uint64_t checksum_of(const Numbers& numbers, std::uint64_t start = kChecksumStart) {
  return checksum({reinterpret_cast<const char*>(numbers.data()),
                   numbers.size() * sizeof(typename Numbers::value_type)},
                  start);
}

} // namespace oq::store
