// is_public: whether an address is one of the open internet, and not of this machine or its
// network.
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>

namespace oq::app {

// False for everything that RFC 6890 and its registries set apart: loopback, private, link-local,
// shared, documentation, benchmarking, multicast, reserved; for IPv6 also what carries an IPv4
// address of these kinds (mapped, 6to4, NAT64, Teredo). False for any other family.
bool is_public(const sockaddr& address) noexcept;

} // namespace oq::app
