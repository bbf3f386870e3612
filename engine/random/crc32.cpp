// CRC-32 by a table of bytes.
#include "engine/random/crc32.hpp"

#include <array>

namespace oq::engine {
namespace {

constexpr std::uint32_t kReversedPolynomial = 0xedb88320U;

constexpr std::array<std::uint32_t, 256> byte_table() {
  std::array<std::uint32_t, 256> table{};
  for (std::uint32_t byte = 0; byte < 256; ++byte) {
    std::uint32_t rest = byte;
    for (int bit = 0; bit < 8; ++bit)
      rest = (rest >> 1) ^ ((rest & 1) != 0 ? kReversedPolynomial : 0);
    table[byte] = rest;
  }
  return table;
}

constexpr auto kTable = byte_table();

} // namespace

std::uint32_t crc32(std::string_view text, std::uint32_t start) noexcept {
  std::uint32_t rest = ~start;
  for (const char character : text)
    rest = kTable[(rest ^ static_cast<unsigned char>(character)) & 0xff] ^ (rest >> 8);
  return ~rest;
}

} // namespace oq::engine
