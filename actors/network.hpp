// Network: how actor systems on different machines find each other: publishing, connecting, TLS.
#pragma once

#include "engine/base/result.hpp"

#include <caf/actor.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/typed_actor.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace oq::actors {

struct NetworkAddress {
  std::string host; // a name or a numeric address, IPv6 without brackets
  std::uint16_t port = 0;

  std::string text() const; // "host:port", "[::1]:port"
  friend auto operator<=>(const NetworkAddress&, const NetworkAddress&) = default;
};

// "HOST:PORT" or "[IPV6]:PORT". Errc::invalid_input, at `option`, for anything else.
Result<NetworkAddress> parse_address(const std::string& text, const std::string& option);
// "HOST:PORT,HOST:PORT"; an empty text is an empty list.
Result<std::vector<NetworkAddress>> parse_addresses(const std::string& text,
                                                    const std::string& option);
// Whether nobody but this machine can reach it: 127.0.0.0/8, ::1, localhost.
bool is_loopback(const NetworkAddress& address);

// Both sides show a certificate that the same authority signed. PEM files.
struct TlsFiles {
  std::string certificate, key, authority;
};

struct NetworkSettings {
  std::optional<TlsFiles> tls; // absent: plain TCP
};

// Errc::invalid_input when a file is missing or unreadable, or when `listen` may be reached from
// elsewhere without TLS.
Result<void> check_network(const NetworkSettings& settings,
                           const std::optional<NetworkAddress>& listen);

// Makes an actor system that can be reached; without it there is no thread and no socket for it.
void load_network(caf::actor_system_config& config, const NetworkSettings& settings);

// What may be asked at a node's door. Who enters says what it is ("node", "worker") and its
// program's version, and gets the actor that speaks with such. Errc::conflict: another version;
// Errc::invalid_input: an unknown role.
using enter_atom = caf::atom_constant<caf::atom("enter")>;
using Gate =
  caf::typed_actor<caf::replies_to<enter_atom, std::string, std::string>::with<caf::actor>>;

// Answers the port, which the system chose when `address` has none. Errc::unavailable.
Result<std::uint16_t> publish(const Gate& gate, const NetworkAddress& address,
                              const NetworkSettings& settings);

// Finds the gate of another node; blocks for seconds at most. Errc::unavailable: nobody is there,
// or it is not one of ours.
Result<Gate> find_gate(caf::actor_system& system, const NetworkAddress& address,
                       const NetworkSettings& settings);

} // namespace oq::actors
