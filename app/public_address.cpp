// The special-purpose registries of IANA as tables of prefixes.
#include "app/public_address.hpp"

#include <array>
#include <cstdint>
#include <cstring>

namespace oq::app {
namespace {

struct Prefix4 {
  std::uint32_t network;
  int bits;
};
constexpr std::uint32_t ip4(std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d) {
  return a << 24 | b << 16 | c << 8 | d;
}
// IANA IPv4 Special-Purpose Address Registry, with multicast and class E.
constexpr Prefix4 kSpecial4[] = {
  {ip4(0, 0, 0, 0), 8},      {ip4(10, 0, 0, 0), 8},     {ip4(100, 64, 0, 0), 10},
  {ip4(127, 0, 0, 0), 8},    {ip4(169, 254, 0, 0), 16}, {ip4(172, 16, 0, 0), 12},
  {ip4(192, 0, 0, 0), 24},   {ip4(192, 0, 2, 0), 24},   {ip4(192, 88, 99, 0), 24},
  {ip4(192, 168, 0, 0), 16}, {ip4(198, 18, 0, 0), 15},  {ip4(198, 51, 100, 0), 24},
  {ip4(203, 0, 113, 0), 24}, {ip4(224, 0, 0, 0), 4},    {ip4(240, 0, 0, 0), 4},
};

bool is_public4(std::uint32_t address) noexcept {
  for (const auto& prefix : kSpecial4)
    if ((address ^ prefix.network) >> (32 - prefix.bits) == 0)
      return false;
  return true;
}

using Bytes = std::array<std::uint8_t, 16>;

std::uint32_t ip4_at(const Bytes& bytes, std::size_t at) noexcept {
  return ip4(bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]);
}

bool starts_with(const Bytes& bytes, const Bytes& prefix, std::size_t length) noexcept {
  return std::memcmp(bytes.data(), prefix.data(), length) == 0;
}

bool is_public6(const Bytes& bytes) noexcept {
  constexpr Bytes kMapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  constexpr Bytes kNat64{0, 0x64, 0xff, 0x9b};
  if (starts_with(bytes, kMapped, 12) || starts_with(bytes, kNat64, 12))
    return is_public4(ip4_at(bytes, 12));
  if (bytes[0] == 0x20 && bytes[1] == 0x02) // 6to4
    return is_public4(ip4_at(bytes, 2));
  // Only 2000::/3 is given out; within it 2001::/23 (Teredo and other protocols), 2001:db8::/32 and
  // 3fff::/20 (documentation) are not of anybody.
  if ((bytes[0] & 0xe0) != 0x20)
    return false;
  const bool protocols = bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] < 0x02;
  const bool documentation =
    (bytes[0] == 0x20 && bytes[1] == 0x01 && bytes[2] == 0x0d && bytes[3] == 0xb8)
    || (bytes[0] == 0x3f && bytes[1] == 0xff && bytes[2] < 0x10);
  return !protocols && !documentation;
}

} // namespace

bool is_public(const sockaddr& address) noexcept {
  if (address.sa_family == AF_INET) {
    sockaddr_in copy{};
    std::memcpy(&copy, &address, sizeof copy);
    return is_public4(ntohl(copy.sin_addr.s_addr));
  }
  if (address.sa_family == AF_INET6) {
    sockaddr_in6 copy{};
    std::memcpy(&copy, &address, sizeof copy);
    Bytes bytes{};
    std::memcpy(bytes.data(), &copy.sin6_addr, bytes.size());
    return is_public6(bytes);
  }
  return false;
}

} // namespace oq::app
