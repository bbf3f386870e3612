// Where a request comes from: the peer, or whom a proxy that we trust names.
#pragma once

#include "engine/base/result.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace oq::http {

class TrustedProxies {
public:
  TrustedProxies() = default; // nobody
  // Addresses and networks: "127.0.0.1", "::1", "10.1.0.0/16". Errc::invalid_input for another
  // word.
  static Result<TrustedProxies> parse(const std::vector<std::string>& items);

  // `peer`, or what a trusted proxy added last to X-Forwarded-For: what stands before it the client
  // may have written.
  std::string_view client(std::string_view peer, std::string_view forwarded_for) const;
  // Whether the client speaks TLS to a trusted proxy (X-Forwarded-Proto).
  bool is_secure(std::string_view peer, std::string_view forwarded_proto) const;

private:
  struct Network {
    std::array<std::uint8_t, 16> address{}; // IPv4 as ::ffff:a.b.c.d
    int bits = 128;                         // that count
  };
  static bool read_address(std::string_view text, Network& out);
  bool trusts(std::string_view peer) const;

  std::vector<Network> networks_;
};

} // namespace oq::http
