// Transport: one worker of the server, a Pistache transport whose reading and writing are ours.
#pragma once

#include "http/connection.hpp"

#include <pistache/peer.h>
#include <pistache/transport.h>

#include <atomic>
#include <memory>
#include <vector>

namespace oq::http {

// What all workers of a server share. Outlives them.
struct TransportSettings {
  Limits limits;
  std::shared_ptr<Handler> handler;
  std::string server_name;
  std::filesystem::path spool_folder;
  int listening_fd = -1;
  std::shared_ptr<AccessLog> access_log;     // null: none
  bool precedence = false;                   // of the workers over threads that compute
  std::atomic<std::uint64_t> connections{0}; // open, of all workers
  std::atomic<std::uint64_t> in_flight{0};   // of all workers
  enum class Phase : std::uint8_t { serving, leaving, ending, closing };
  std::atomic<Phase> phase{Phase::serving};
};

class Transport final : public Pistache::Tcp::Transport, private Worker {
public:
  explicit Transport(std::shared_ptr<TransportSettings> settings);
  ~Transport() override;

  // Pistache::Aio::Handler
  std::shared_ptr<Pistache::Aio::Handler> clone() const override;
  void registerPoller(Pistache::Polling::Epoll& poller) override;
  void onReady(const Pistache::Aio::FdSet& events) override;

  // Any thread: look at the settings' phase again.
  void wake() { replies->wake(); }
  const WorkerCounters& statistics() const noexcept { return counters; }
  // Any thread: whether this worker accepts no more, and whether it has nobody left to serve then.
  bool is_ending() const noexcept { return end_seen_.load(std::memory_order_acquire); }
  bool is_empty() const noexcept { return is_ending() && counters.open.get() == 0; }

private:
  using Delivery = oq::http::Delivery;

  void watch(Connection& connection, Interest interest) override;
  void release(Connection& connection) override;

  void handle(const Pistache::Aio::FdSet::Entry& event);
  void accept_clients(int most);
  void admit(int fd, const Pistache::Address& address);
  void pause_accepting();
  void resume_accepting();
  void deliver_replies();
  static void hand_over(Connection& connection, Delivery& delivery);
  void tick();
  void follow_phase();
  void leave();
  void end();
  void count_in_flight();
  void close_released();
  void arm_timer(bool on);
  Connection* connection_of(int fd) noexcept;

  const std::shared_ptr<TransportSettings> settings_;
  int timer_fd_ = -1;
  bool timer_armed_ = false;
  bool accepting_ = true;
  bool accept_paused_ = false;
  std::atomic<bool> end_seen_{false};
  std::uint64_t counted_in_flight_ = 0; // of this worker, within settings_->in_flight
  std::uint64_t next_number_ = 1;
  std::vector<std::unique_ptr<Connection>> connections_; // by descriptor
  std::vector<Connection*> released_;
  std::vector<Delivery> deliveries_;
};

} // namespace oq::http
