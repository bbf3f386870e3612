// Built on Pistache's Reactor (threads, epoll) and Tcp::Transport (peers and their registration),
// but not on its Listener and not on the transport's queues, for these defects of 0.0.5:
//
// - Stalls in crowds. Listener accepts as fast as it can and hands peers over by a queue without
//   bound, which a worker empties to the last before it looks at any socket: while clients come and
//   go faster than a worker takes them in, those it has get no byte. Here a worker accepts by
//   itself, a few at a time; the rest waits in the kernel's backlog.
// - A lost wake-up. PollableQueue::pop() looks for an entry first and empties the event counter
//   after. A peer pushed between the two stays in the queue with its wake-up consumed, until the
//   next client arrives. Here there is no hand-over.
// - A busy accept thread while no descriptor is left. Here accepting pauses until one may be free.
// - Edge-triggered reads that wait for an event which came before the registration, or was used up
//   by a partial read. Here every descriptor is level-triggered: what is unread is reported again.
// - Exceptions of one peer's handling that skip the events of all others in the batch. Here each
//   event is handled by itself.
// - Writes queued by descriptor. Here by connection number (ReplyAddress), and only by the owner.
#include "http/transport.hpp"

#include "http/serving_thread.hpp"

#include <pistache/tcp.h>

#include <algorithm>
#include <cerrno>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <system_error>
#include <unistd.h>

namespace oq::http {
namespace {

namespace ps = Pistache;
using ps::Polling::NotifyOn;
using Phase = TransportSettings::Phase;

// Clients to accept before other events have their turn; the rest is reported again.
constexpr int kAcceptsInARow = 16;
// When no more are to be accepted: whoever has connected before is served, within reason.
constexpr int kLastAccepts = 65536;
// Rounds of answers whose connections have further requests waiting, before sockets are polled
// again.
constexpr int kRoundsOfReplies = 16;

// The base class wants a handler for bytes it reads; all reading is done by Connection.
class UnusedHandler final : public ps::Tcp::Handler {
  PROTOTYPE_OF(ps::Tcp::Handler, UnusedHandler)
  void onInput(const char*, std::size_t, const std::shared_ptr<ps::Tcp::Peer>&) override {}
};

NotifyOn flags_of(Interest interest) {
  switch (interest) {
  case Interest::none:
    return NotifyOn::None;
  case Interest::read:
    return NotifyOn::Read;
  case Interest::write:
    return NotifyOn::Write;
  }
  return NotifyOn::None;
}

// Out of memory or of descriptors somewhere below: one client fares badly and is cut off by its
// deadline, the others of the batch must not.
template <class Action>
void guarded(Action&& action) {
  try {
    action();
  } catch (const std::exception&) {
    return;
  }
}

std::chrono::milliseconds tick_of(const Limits& limits) {
  const auto shortest = std::min({limits.head_time, limits.idle_time, limits.handler_time,
                                  limits.linger_time, limits.leave_time, limits.progress_window});
  return std::clamp(shortest / 4, std::chrono::milliseconds{10}, std::chrono::milliseconds{250});
}

} // namespace

Transport::Transport(std::shared_ptr<TransportSettings> settings)
  : ps::Tcp::Transport(std::make_shared<UnusedHandler>()),
    Worker(settings->limits, *settings->handler, settings->server_name, settings->spool_folder),
    settings_(std::move(settings)) {
  access_log = settings_->access_log.get();
}

Transport::~Transport() {
  replies->close();
  for (const auto& connection : connections_)
    if (connection)
      ::close(connection->fd());
  if (timer_fd_ >= 0)
    ::close(timer_fd_);
}

std::shared_ptr<ps::Aio::Handler> Transport::clone() const {
  return std::make_shared<Transport>(settings_);
}

void Transport::registerPoller(ps::Polling::Epoll& poller) {
  ps::Tcp::Transport::registerPoller(poller);
  timer_fd_ = ::timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
  if (timer_fd_ < 0)
    throw std::system_error(errno, std::generic_category(), "timerfd_create");
  for (const int fd : {settings_->listening_fd, replies->event_fd(), timer_fd_})
    poller.addFd(fd, ps::Flags<NotifyOn>(NotifyOn::Read),
                 ps::Polling::Tag(static_cast<std::uint64_t>(fd)));
}

void Transport::onReady(const ps::Aio::FdSet& events) {
  if (settings_->precedence)
    become_serving_thread();
  replies->own();
  now = Clock::now();
  in_flight_elsewhere = settings_->in_flight.load(std::memory_order_relaxed) - counted_in_flight_;
  for (const auto& event : events)
    guarded([&] {
      handle(event);
    });
  deliver_replies();
  close_released();
  count_in_flight();
}

// Once a batch, so that the workers do not fight for the cache line at every request.
void Transport::count_in_flight() {
  const std::uint64_t mine = counters.in_flight.get();
  if (mine != counted_in_flight_)
    settings_->in_flight.fetch_add(mine - counted_in_flight_, std::memory_order_relaxed);
  counted_in_flight_ = mine;
}

void Transport::handle(const ps::Aio::FdSet::Entry& event) {
  const int fd = static_cast<int>(event.getTag().value());
  if (fd == replies->event_fd()) {
    replies->clear_event(); // before anything is taken: what is posted from now on wakes again
    follow_phase();
  } else if (fd == timer_fd_) {
    tick();
  } else if (fd == settings_->listening_fd) {
    accept_clients(kAcceptsInARow);
  } else if (Connection* connection = connection_of(fd)) {
    if (event.isHangup() || (!event.isReadable() && !event.isWritable()))
      connection->on_hangup();
    else if (event.isWritable())
      connection->on_writable();
    else
      connection->on_readable();
  }
}

Connection* Transport::connection_of(int fd) noexcept {
  const auto index = static_cast<std::size_t>(fd);
  return index < connections_.size() ? connections_[index].get() : nullptr;
}

void Transport::accept_clients(int most) {
  for (int i = 0; i < most && accepting_; ++i) {
    if (settings_->connections.load(std::memory_order_relaxed) >= limits.max_connections)
      return pause_accepting();
    sockaddr_storage address{};
    socklen_t length = sizeof address;
    const int fd = ::accept4(settings_->listening_fd, reinterpret_cast<sockaddr*>(&address),
                             &length, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd >= 0) {
      admit(fd, ps::Address::fromUnix(reinterpret_cast<sockaddr*>(&address)));
      continue;
    }
    if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM)
      pause_accepting();
    if (errno != ECONNABORTED && errno != EINTR)
      return;
  }
}

void Transport::admit(int fd, const ps::Address& address) {
  const auto index = static_cast<std::size_t>(fd);
  if (index >= connections_.size())
    connections_.resize(index + 64);
  connections_[index] =
    std::make_unique<Connection>(static_cast<Worker&>(*this), fd, next_number_++, address.host());
  settings_->connections.fetch_add(1, std::memory_order_relaxed);
  counters.open.add();
  counters.accepted.add();
  // On this thread the base class registers the peer at once; then its edge trigger is replaced.
  handleNewPeer(ps::Tcp::Peer::Create(fd, address));
  watch(*connections_[index], Interest::read);
  if (!timer_armed_)
    arm_timer(true);
}

void Transport::pause_accepting() {
  if (accept_paused_)
    return;
  accept_paused_ = true;
  counters.accept_pauses.add();
  reactor()->modifyFd(key(), settings_->listening_fd, NotifyOn::None, ps::Polling::Mode::Level);
  arm_timer(true); // the next tick tries again
}

void Transport::resume_accepting() {
  if (!accept_paused_ || !accepting_)
    return;
  accept_paused_ = false;
  reactor()->modifyFd(key(), settings_->listening_fd, NotifyOn::Read, ps::Polling::Mode::Level);
}

void Transport::deliver_replies() {
  for (int round = 0; round < kRoundsOfReplies; ++round) {
    replies->take(deliveries_);
    if (deliveries_.empty())
      return;
    for (Delivery& delivery : deliveries_) {
      counters.in_flight.add(delivery.continues ? 0 : -1);
      Connection* connection = connection_of(delivery.to.fd);
      if (connection != nullptr && connection->number() == delivery.to.connection)
        guarded([&] {
          hand_over(*connection, delivery);
        });
    }
    deliveries_.clear();
  }
  replies->wake(); // clients that pipeline must not keep the others waiting
}

void Transport::hand_over(Connection& connection, Delivery& delivery) {
  if (delivery.continues)
    connection.on_stream(delivery.to.request);
  else
    connection.on_reply(delivery.to.request, std::move(delivery.response));
}

void Transport::tick() {
  std::uint64_t expirations = 0;
  [[maybe_unused]] const ssize_t got = ::read(timer_fd_, &expirations, sizeof expirations);
  for (const auto& connection : connections_)
    if (connection)
      connection->on_tick();
  resume_accepting();
  if (counters.open.get() == 0 && !accept_paused_)
    arm_timer(false);
}

void Transport::arm_timer(bool on) {
  timer_armed_ = on;
  const auto period = tick_of(limits);
  itimerspec spec{};
  if (on)
    spec.it_value.tv_nsec = spec.it_interval.tv_nsec =
      std::chrono::duration_cast<std::chrono::nanoseconds>(period).count();
  ::timerfd_settime(timer_fd_, 0, &spec, nullptr);
}

// Shutting down: at will no second request of a connection; then no new clients and no new requests
// at all; then no clients.
void Transport::follow_phase() {
  const Phase phase = settings_->phase.load(std::memory_order_acquire);
  if (phase != Phase::serving && !draining)
    leave();
  if (phase != Phase::serving && phase != Phase::leaving && accepting_)
    end();
  if (phase == Phase::closing) {
    for (const auto& connection : connections_)
      if (connection)
        connection->close();
  }
}

void Transport::leave() {
  draining = true;
  for (const auto& connection : connections_)
    if (connection)
      connection->leave();
}

void Transport::end() {
  accept_clients(kLastAccepts);
  accepting_ = false;
  reactor()->removeFd(key(), settings_->listening_fd);
  end_seen_.store(true, std::memory_order_release);
  for (const auto& connection : connections_)
    if (connection)
      connection->drain();
}

void Transport::watch(Connection& connection, Interest interest) {
  reactor()->modifyFd(key(), connection.fd(), flags_of(interest), ps::Polling::Mode::Level);
}

void Transport::release(Connection& connection) {
  released_.push_back(&connection);
}

// Descriptors are closed when no event of the batch can be theirs any more: a client accepted
// meanwhile cannot get one and be taken for its predecessor.
void Transport::close_released() {
  for (Connection* connection : released_) {
    const int fd = connection->fd();
    if (const auto peer = peers.find(fd); peer != peers.end()) {
      const auto kept = peer->second;
      removePeer(kept);
    }
    connections_[static_cast<std::size_t>(fd)].reset();
    settings_->connections.fetch_sub(1, std::memory_order_relaxed);
    counters.open.add(-1);
  }
  if (!released_.empty())
    resume_accepting();
  released_.clear();
}

} // namespace oq::http
