// Server: listens, runs the workers, and ends without breaking what it has begun.
#pragma once

#include "engine/base/result.hpp"
#include "http/handler.hpp"
#include "http/limits.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace oq::http {

class AccessLog;

struct ServerOptions {
  std::string address = "127.0.0.1"; // a numeric IPv4 or IPv6 address, or a host name
  std::uint16_t port = 0;            // 0: any free one
  std::size_t threads = 2;
  int backlog = 4096;      // of the listening socket; the kernel's somaxconn may lower it
  bool precedence = false; // of the workers over threads that compute, where it is permitted
  std::string name = "oq-engine-server";       // the Server header
  std::filesystem::path spool_folder = "/tmp"; // large bodies, as unnamed files
  std::shared_ptr<AccessLog> access_log = {};  // null: none
  Limits limits;
};

struct ServerStatistics {
  std::uint64_t connections_open = 0;
  std::uint64_t connections_accepted = 0;
  std::uint64_t requests = 0;             // given to the handler
  std::uint64_t requests_refused = 0;     // answered 4xx or 5xx by the connection itself
  std::uint64_t requests_turned_away = 0; // 503: too many in flight
  std::uint64_t requests_timed_out = 0;   // no answer of the handler in time: 504
  std::uint64_t requests_in_flight = 0;   // given to the handler, not answered by it
  std::uint64_t accept_pauses = 0;        // times that no descriptor was left for a new client
};

class Server {
public:
  // Binds and starts the workers. Fails with `unavailable` when the address cannot be used.
  static Result<std::unique_ptr<Server>> start(const ServerOptions& options,
                                               std::shared_ptr<Handler> handler);
  // As shutdown() without grace.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  std::uint16_t port() const noexcept;
  ServerStatistics statistics() const noexcept;

  // Begins to let clients go: goes on accepting and answering, but each answer is its connection's
  // last, and a connection without a request for `leave_time` is closed. Behind a balancer, or with
  // clients that connect again, nothing is lost; shutdown() follows when nobody comes any more.
  void drain();

  // Stops accepting, lets requests that have begun be answered for at most `grace`, closes all
  // connections and joins the workers. Replies sent later are dropped. True when nothing was cut
  // off.
  bool shutdown(std::chrono::milliseconds grace);

private:
  class Workers;
  explicit Server(std::unique_ptr<Workers> workers);
  std::unique_ptr<Workers> workers_;
};

} // namespace oq::http
