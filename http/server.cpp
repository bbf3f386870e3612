// The life of the workers: Pistache's asynchronous reactor with one Transport a thread.
#include "http/server.hpp"

#include "http/socket.hpp"
#include "http/transport.hpp"

#include <pistache/reactor.h>

#include <algorithm>
#include <thread>

namespace oq::http {

using Phase = TransportSettings::Phase;

namespace {
// A worker reacts within one batch of events; a longer wait means that a handler blocks it.
constexpr std::chrono::seconds kForWorkers{2};
} // namespace

class Server::Workers {
public:
  Workers(ListeningSocket listening, std::shared_ptr<TransportSettings> settings,
          std::size_t threads)
    : listening_(std::move(listening)), settings_(std::move(settings)),
      reactor_(Pistache::Aio::Reactor::create()) {
    settings_->listening_fd = listening_.fd();
    reactor_->init(Pistache::Aio::AsyncContext(threads, "http"));
    const auto key = reactor_->addHandler(std::make_shared<Transport>(settings_));
    for (const auto& handler : reactor_->handlers(key))
      transports_.push_back(std::static_pointer_cast<Transport>(handler));
    port_ = listening_.port();
    reactor_->run();
  }

  std::uint16_t port() const noexcept { return port_; }

  ServerStatistics statistics() const noexcept {
    ServerStatistics sum;
    for (const auto& transport : transports_) {
      const WorkerCounters& counters = transport->statistics();
      sum.connections_open += counters.open.get();
      sum.connections_accepted += counters.accepted.get();
      sum.requests += counters.requests.get();
      sum.requests_refused += counters.refused.get();
      sum.requests_turned_away += counters.turned_away.get();
      sum.requests_timed_out += counters.timed_out.get();
      sum.requests_in_flight += counters.in_flight.get();
      sum.accept_pauses += counters.accept_pauses.get();
    }
    return sum;
  }

  void drain() {
    if (reactor_ && settings_->phase.load(std::memory_order_acquire) == Phase::serving)
      enter(Phase::leaving);
  }

  bool stop(std::chrono::milliseconds grace) {
    if (!reactor_)
      return true;
    enter(Phase::ending);
    wait_until(&Transport::is_ending, kForWorkers);
    listening_.refuse_clients();
    const bool finished = wait_until(&Transport::is_empty, grace);
    enter(Phase::closing);
    wait_until(&Transport::is_empty, kForWorkers);
    reactor_->shutdown();
    reactor_.reset(); // joins the threads
    listening_ = ListeningSocket{};
    return finished;
  }

private:
  void enter(Phase phase) {
    settings_->phase.store(phase, std::memory_order_release);
    for (const auto& transport : transports_)
      transport->wake();
  }

  // Until it holds for every worker; false when that takes too long.
  bool wait_until(bool (Transport::*holds)() const noexcept, std::chrono::milliseconds at_most) {
    const auto end = Clock::now() + at_most;
    while (!std::all_of(transports_.begin(), transports_.end(), [holds](const auto& transport) {
      return ((*transport).*holds)();
    })) {
      if (Clock::now() >= end)
        return false;
      std::this_thread::sleep_for(std::chrono::milliseconds{2});
    }
    return true;
  }

  ListeningSocket listening_;
  std::shared_ptr<TransportSettings> settings_;
  std::shared_ptr<Pistache::Aio::Reactor> reactor_;
  std::vector<std::shared_ptr<Transport>> transports_;
  std::uint16_t port_ = 0;
};

Result<std::unique_ptr<Server>> Server::start(const ServerOptions& options,
                                              std::shared_ptr<Handler> handler) {
  // Each connection may also have a file under way; the rest is for everybody else.
  constexpr std::size_t kOthers = 1024;
  allow_descriptors(2 * options.limits.max_connections + kOthers);
  OQ_TRY(ListeningSocket listening,
         ListeningSocket::open(options.address, options.port, options.backlog));
  auto settings = std::make_shared<TransportSettings>();
  settings->limits = options.limits;
  settings->handler = std::move(handler);
  settings->precedence = options.precedence;
  settings->access_log = options.access_log;
  settings->server_name = options.name;
  settings->spool_folder = options.spool_folder;
  try {
    return std::unique_ptr<Server>{new Server{std::make_unique<Workers>(
      std::move(listening), std::move(settings), std::max<std::size_t>(1, options.threads))}};
  } catch (const std::exception& failure) { // of Pistache: no descriptor or thread to be had
    return Error{Errc::unavailable, std::string{"cannot start the server: "} + failure.what(), {}};
  }
}

Server::Server(std::unique_ptr<Workers> workers) : workers_(std::move(workers)) {}

Server::~Server() {
  shutdown(std::chrono::milliseconds{0});
}

std::uint16_t Server::port() const noexcept {
  return workers_->port();
}

ServerStatistics Server::statistics() const noexcept {
  return workers_->statistics();
}

void Server::drain() {
  workers_->drain();
}

bool Server::shutdown(std::chrono::milliseconds grace) {
  return workers_->stop(grace);
}

} // namespace oq::http
