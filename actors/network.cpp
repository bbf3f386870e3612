// CAF's middleman, plain or inside TLS, and a look whether somebody is there before it is asked.
#include "actors/network.hpp"

#include "actors/defaults.hpp"

#include <caf/all.hpp>
#include <caf/io/all.hpp>
#include <caf/openssl/all.hpp>

#include <charconv>
#include <filesystem>
#include <memory>
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace oq::actors {
namespace {

Error unavailable(const NetworkAddress& address, const std::string& why) {
  return {Errc::unavailable, why, address.text()};
}

bool is_numeric_loopback(const std::string& host) {
  return host.starts_with("127.") || host == "::1";
}

Result<void> require_readable(const std::string& file, const char* option) {
  if (file.empty())
    return invalid_input("TLS needs --tls-cert, --tls-key and --tls-ca", option);
  if (::access(file.c_str(), R_OK) != 0)
    return invalid_input("cannot read \"" + file + "\"", option);
  return {};
}

using AddressList = std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)>;

AddressList resolve(const NetworkAddress& address) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (::getaddrinfo(address.host.c_str(), std::to_string(address.port).c_str(), &hints, &found))
    found = nullptr;
  return {found, &::freeaddrinfo};
}

bool accepts(const addrinfo& where) {
  const int socket =
    ::socket(where.ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, where.ai_protocol);
  if (socket < 0)
    return false;
  bool accepted = ::connect(socket, where.ai_addr, where.ai_addrlen) == 0;
  if (!accepted && errno == EINPROGRESS) {
    pollfd waiting{socket, POLLOUT, 0};
    int failure = 1;
    socklen_t size = sizeof failure;
    accepted = ::poll(&waiting, 1, static_cast<int>(kConnectTimeout.count())) == 1
               && ::getsockopt(socket, SOL_SOCKET, SO_ERROR, &failure, &size) == 0 && failure == 0;
  }
  ::close(socket);
  return accepted;
}

// The middleman connects without a deadline, one peer after the other: an address that swallows
// packets would keep it from all others for minutes.
bool somebody_listens(const NetworkAddress& address) {
  const auto list = resolve(address);
  for (const auto* where = list.get(); where; where = where->ai_next)
    if (accepts(*where))
      return true;
  return false;
}

} // namespace

std::string NetworkAddress::text() const {
  const bool is_v6 = host.find(':') != std::string::npos;
  return (is_v6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

Result<NetworkAddress> parse_address(const std::string& text, const std::string& option) {
  const auto colon = text.rfind(':');
  NetworkAddress address;
  if (colon == std::string::npos || colon == 0)
    return invalid_input("\"" + text + "\" is not HOST:PORT", option);
  address.host = text.substr(0, colon);
  const char* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data() + colon + 1, end, address.port);
  if (error != std::errc{} || stopped != end)
    return invalid_input("\"" + text + "\" is not HOST:PORT", option);
  if (address.host.size() > 2 && address.host.front() == '[' && address.host.back() == ']')
    address.host = address.host.substr(1, address.host.size() - 2);
  return address;
}

Result<std::vector<NetworkAddress>> parse_addresses(const std::string& text,
                                                    const std::string& option) {
  std::vector<NetworkAddress> addresses;
  for (std::size_t begin = 0; begin < text.size();) {
    const auto end = std::min(text.find(',', begin), text.size());
    OQ_TRY(auto address, parse_address(text.substr(begin, end - begin), option));
    addresses.push_back(std::move(address));
    begin = end + 1;
  }
  return addresses;
}

bool is_loopback(const NetworkAddress& address) {
  return address.host == "localhost" || is_numeric_loopback(address.host);
}

Result<void> check_network(const NetworkSettings& settings,
                           const std::optional<NetworkAddress>& listen) {
  if (settings.tls) {
    OQ_CHECK(require_readable(settings.tls->certificate, "--tls-cert"));
    OQ_CHECK(require_readable(settings.tls->key, "--tls-key"));
    OQ_CHECK(require_readable(settings.tls->authority, "--tls-ca"));
  } else if (listen && !is_loopback(*listen)) {
    return invalid_input("other machines could join without TLS: give --tls-cert, --tls-key and "
                         "--tls-ca, or listen on 127.0.0.1",
                         "--cluster-listen");
  }
  return {};
}

void load_network(caf::actor_system_config& config, const NetworkSettings& settings) {
  config.load<caf::io::middleman>();
  config.set("middleman.heartbeat-interval", caf::timespan(kNetworkHeartbeat));
  config.set("middleman.connection-timeout", caf::timespan(kNetworkSilence));
  if (!settings.tls)
    return;
  config.load<caf::openssl::manager>();
  config.openssl_certificate = settings.tls->certificate;
  config.openssl_key = settings.tls->key;
  config.openssl_cafile = settings.tls->authority;
}

Result<std::uint16_t> publish(const Gate& gate, const NetworkAddress& address,
                              const NetworkSettings& settings) {
  const char* host = address.host.c_str();
  auto port = settings.tls ? caf::openssl::publish(gate, address.port, host, true)
                           : gate.home_system().middleman().publish(gate, address.port, host, true);
  if (!port)
    return unavailable(address,
                       "cannot listen for other nodes: " + gate.home_system().render(port.error()));
  return *port;
}

Result<Gate> find_gate(caf::actor_system& system, const NetworkAddress& address,
                       const NetworkSettings& settings) {
  if (!somebody_listens(address))
    return unavailable(address, "nobody listens there");
  const auto& middleman =
    settings.tls ? system.openssl_manager().actor_handle() : system.middleman().actor_handle();
  caf::scoped_actor self{system};
  Result<Gate> gate = unavailable(address, "no gate of ours is there");
  // Not remote_actor(): it waits for ever for a handshake that never comes.
  self->request(middleman, kHandshakeTimeout, caf::connect_atom::value, address.host, address.port)
    .receive(
      [&](const caf::node_id&, const caf::strong_actor_ptr& found,
          const std::set<std::string>& interface) {
        if (found && system.assignable(interface, system.message_types<Gate>()))
          gate = caf::actor_cast<Gate>(found);
      },
      [&](const caf::error& error) {
        gate = unavailable(address, "cannot connect: " + system.render(error));
      });
  return gate;
}

} // namespace oq::actors
