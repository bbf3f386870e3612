// One proxy deep: what it says of its own client.
#include "http/routes/client_address.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <charconv>

namespace oq::http {
namespace {

constexpr std::size_t kLongestAddress = 64;
constexpr int kBitsBeforeIpv4 = 96; // of ::ffff:0:0

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ') || text.starts_with('\t'))
    text.remove_prefix(1);
  while (text.ends_with(' ') || text.ends_with('\t'))
    text.remove_suffix(1);
  return text;
}

} // namespace

// Sets `bits` to what a whole address has, counted as of IPv6.
bool TrustedProxies::read_address(std::string_view text, Network& out) {
  const std::string whole(text);
  if (::inet_pton(AF_INET6, whole.c_str(), out.address.data()) == 1)
    return true;
  std::array<std::uint8_t, 4> ipv4{};
  if (::inet_pton(AF_INET, whole.c_str(), ipv4.data()) != 1)
    return false;
  out.address = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, ipv4[0], ipv4[1], ipv4[2], ipv4[3]};
  return true;
}

Result<TrustedProxies> TrustedProxies::parse(const std::vector<std::string>& items) {
  TrustedProxies proxies;
  for (const auto& item : items) {
    Network network;
    const auto slash = item.find('/');
    const auto address = item.substr(0, slash);
    bool is_good = read_address(address, network);
    if (slash != item.npos) {
      const int least = address.find(':') == address.npos ? kBitsBeforeIpv4 : 0;
      int bits = 0;
      const char* end = item.data() + item.size();
      const auto [stopped, error] = std::from_chars(item.data() + slash + 1, end, bits);
      network.bits = least + bits;
      is_good =
        is_good && error == std::errc{} && stopped == end && bits >= 0 && network.bits <= 128;
    }
    if (!is_good)
      return invalid_input("\"" + item + "\" is neither an address nor a network",
                           "--trusted-proxies");
    proxies.networks_.push_back(network);
  }
  return proxies;
}

bool TrustedProxies::trusts(std::string_view peer) const {
  Network client;
  if (networks_.empty() || !read_address(peer, client))
    return false;
  return std::ranges::any_of(networks_, [&](const Network& network) {
    for (int bit = 0; bit < network.bits; ++bit) {
      const auto byte = static_cast<std::size_t>(bit / 8);
      const int mask = 0x80 >> bit % 8;
      if ((network.address[byte] & mask) != (client.address[byte] & mask))
        return false;
    }
    return true;
  });
}

std::string_view TrustedProxies::client(std::string_view peer,
                                        std::string_view forwarded_for) const {
  if (forwarded_for.empty() || !trusts(peer))
    return peer;
  const auto comma = forwarded_for.rfind(',');
  const auto last =
    trimmed(comma == forwarded_for.npos ? forwarded_for : forwarded_for.substr(comma + 1));
  return last.empty() || last.size() > kLongestAddress ? peer : last;
}

bool TrustedProxies::is_secure(std::string_view peer, std::string_view forwarded_proto) const {
  return forwarded_proto == "https" && trusts(peer);
}

} // namespace oq::http
