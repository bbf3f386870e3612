// The way of an answer: ticket (one-shot), queue (one wake-up a batch), owning worker.
#include "http/reply.hpp"

#include "http/reply_queue.hpp"
#include "http/stream.hpp"

#include <cerrno>
#include <sys/eventfd.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace oq::http {

class Reply::Ticket {
public:
  Ticket(std::shared_ptr<ReplyQueue> queue, const ReplyAddress& address)
    : queue_(std::move(queue)), address_(address) {}
  Ticket(const Ticket&) = delete;
  Ticket& operator=(const Ticket&) = delete;

  ~Ticket() {
    if (!answered_.load(std::memory_order_relaxed))
      queue_->post({address_, Response::error(500, "the request was not answered")});
  }

  void send(Response response) {
    if (!answered_.exchange(true, std::memory_order_relaxed))
      queue_->post({address_, std::move(response)});
  }

  StreamWriter stream(Response head) {
    auto stream = std::make_shared<Stream>(queue_, address_);
    StreamWriter writer(stream);
    head.with_stream(std::make_shared<StreamReader>(std::move(stream)));
    send(std::move(head));
    return writer;
  }

private:
  std::shared_ptr<ReplyQueue> queue_;
  ReplyAddress address_;
  std::atomic<bool> answered_{false};
};

Reply::Reply(std::shared_ptr<ReplyQueue> queue, const ReplyAddress& address)
  : ticket_(std::make_shared<Ticket>(std::move(queue), address)) {}

void Reply::send(Response response) const {
  if (ticket_)
    ticket_->send(std::move(response));
}

StreamWriter Reply::stream(Response head) const {
  return ticket_ ? ticket_->stream(std::move(head)) : StreamWriter{};
}

ReplyQueue::ReplyQueue() : event_fd_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
  if (event_fd_ < 0)
    throw std::system_error(errno, std::generic_category(), "eventfd");
}

ReplyQueue::~ReplyQueue() {
  ::close(event_fd_);
}

void ReplyQueue::post(Delivery delivery) {
  bool first = false;
  {
    const std::lock_guard lock(mutex_);
    if (closed_)
      return;
    first = queued_.empty();
    queued_.push_back(std::move(delivery));
  }
  if (first && owner_.load(std::memory_order_relaxed) != std::this_thread::get_id())
    wake();
}

void ReplyQueue::wake() {
  const std::uint64_t one = 1;
  // Fails only when the counter is full, and then the worker is being woken anyway.
  [[maybe_unused]] const ssize_t written = ::write(event_fd_, &one, sizeof one);
}

void ReplyQueue::take(std::vector<Delivery>& deliveries) {
  const std::lock_guard lock(mutex_);
  queued_.swap(deliveries);
}

void ReplyQueue::own() {
  owner_.store(std::this_thread::get_id(), std::memory_order_relaxed);
}

void ReplyQueue::close() {
  std::vector<Delivery> dropped; // destroyed outside the lock: it may hold the last of a file
  const std::lock_guard lock(mutex_);
  closed_ = true;
  queued_.swap(dropped);
}

void ReplyQueue::clear_event() {
  std::uint64_t count = 0;
  [[maybe_unused]] const ssize_t got = ::read(event_fd_, &count, sizeof count);
}

} // namespace oq::http
