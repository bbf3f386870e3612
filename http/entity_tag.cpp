// A content hash, so that equal tags mean equal bytes whatever was deleted, restored or moved.
#include "http/entity_tag.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace oq::http {
namespace {

// Any odd numbers with as many ones as zeros; here digits of pi, so that nobody wonders.
constexpr std::uint64_t kFirstKey = 0x243f6a8885a308d3;
constexpr std::uint64_t kSecondKey = 0x13198a2e03707345;

// Both halves of the 128-bit product: every bit of `a` and `b` reaches every bit of the result.
std::uint64_t mixed(std::uint64_t a, std::uint64_t b) noexcept {
  __extension__ using Wide = unsigned __int128;
  const Wide product = static_cast<Wide>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

std::uint64_t word_at(std::string_view bytes, std::size_t at) noexcept {
  std::uint64_t word = 0;
  std::memcpy(&word, bytes.data() + at, std::min<std::size_t>(sizeof word, bytes.size() - at));
  return word;
}

// The word goes in added and not only multiplied: no value of it can wipe out what came before.
std::uint64_t hash(std::string_view bytes, std::uint64_t seed, std::uint64_t key) noexcept {
  std::uint64_t state = seed ^ key;
  for (std::size_t at = 0; at < bytes.size(); at += sizeof(std::uint64_t)) {
    const std::uint64_t word = word_at(bytes, at);
    state = mixed(state ^ word, key) + (word ^ (state >> 29));
  }
  return mixed(state ^ bytes.size(), key ^ (key << 7));
}

void append_hex(std::string& out, std::uint64_t value) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  for (int shift = 60; shift >= 0; shift -= 4)
    out.push_back(kDigits[(value >> shift) & 15]);
}

std::string_view opaque(std::string_view tag) noexcept {
  return tag.starts_with("W/") ? tag.substr(2) : tag;
}

bool is_separator(char c) noexcept {
  return c == ' ' || c == '\t' || c == ',';
}

} // namespace

std::string content_tag(std::string_view content, std::uint64_t more) {
  std::string tag = "\"";
  append_hex(tag, hash(content, more, kFirstKey));
  append_hex(tag, hash(content, ~more, kSecondKey));
  tag.push_back('"');
  return tag;
}

bool names_tag(std::string_view if_none_match, std::string_view etag) noexcept {
  if (if_none_match == "*")
    return true;
  const std::string_view wanted = opaque(etag);
  std::string_view rest = if_none_match;
  while (true) {
    while (!rest.empty() && is_separator(rest.front()))
      rest.remove_prefix(1);
    const std::string_view tag = opaque(rest);
    if (tag.empty() || tag.front() != '"')
      return false;
    const std::size_t end = tag.find('"', 1);
    if (end == std::string_view::npos)
      return false;
    if (tag.substr(0, end + 1) == wanted)
      return true;
    rest = tag.substr(end + 1);
    if (!rest.empty() && !is_separator(rest.front()))
      return false;
  }
}

} // namespace oq::http
