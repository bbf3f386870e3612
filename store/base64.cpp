// Three bytes are four letters of six bits.
#include "store/base64.hpp"

#include <array>
#include <cstdint>

namespace oq::store {
namespace {

constexpr std::string_view kLetters =
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr char kPadding = '=';
constexpr std::uint8_t kNone = 0xFF;

constexpr std::array<std::uint8_t, 256> values() {
  std::array<std::uint8_t, 256> table{};
  table.fill(kNone);
  for (std::size_t value = 0; value < kLetters.size(); ++value)
    table[static_cast<unsigned char>(kLetters[value])] = static_cast<std::uint8_t>(value);
  return table;
}
constexpr auto kValues = values();

std::uint32_t byte_at(std::string_view bytes, std::size_t at) {
  return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0u;
}

} // namespace

std::string base64_text(std::string_view bytes) {
  std::string text((bytes.size() + 2) / 3 * 4, kPadding);
  std::size_t out = 0;
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    const auto group =
      byte_at(bytes, at) << 16 | byte_at(bytes, at + 1) << 8 | byte_at(bytes, at + 2);
    const auto letters = std::min<std::size_t>(bytes.size() - at, 3) + 1;
    for (std::size_t letter = 0; letter < letters; ++letter)
      text[out + letter] = kLetters[group >> (18 - 6 * letter) & 0x3F];
    out += 4;
  }
  return text;
}

std::optional<std::string> bytes_of_base64(std::string_view text) {
  if (text.size() % 4 != 0)
    return std::nullopt;
  std::size_t padding = 0;
  while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == kPadding)
    ++padding;
  std::string bytes;
  bytes.reserve(text.size() / 4 * 3);
  for (std::size_t at = 0; at < text.size(); at += 4) {
    const std::size_t letters = at + 4 == text.size() ? 4 - padding : 4;
    std::uint32_t group = 0;
    for (std::size_t letter = 0; letter < 4; ++letter) {
      const auto value =
        letter < letters ? kValues[static_cast<unsigned char>(text[at + letter])] : 0;
      if (value == kNone)
        return std::nullopt;
      group = group << 6 | value;
    }
    for (std::size_t byte = 0; byte + 1 < letters; ++byte)
      bytes += static_cast<char>(group >> (16 - 8 * byte) & 0xFF);
  }
  return bytes;
}

} // namespace oq::store
