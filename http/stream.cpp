// One wake-up of the worker for all that is added until it takes it.
#include "http/stream.hpp"

#include <utility>

namespace oq::http {

Stream::Stream(std::shared_ptr<ReplyQueue> queue, const ReplyAddress& address)
  : queue_(std::move(queue)), address_(address) {}

// Outside the lock: the worker may take it at once.
void Stream::wake(std::unique_lock<std::mutex>& lock) {
  const bool post = !std::exchange(wake_posted_, true);
  lock.unlock();
  if (post)
    queue_->post({address_, Response{}, true});
}

bool Stream::push(const SharedBytes& piece) {
  std::unique_lock lock(mutex_);
  if (ended_ || closed_)
    return false;
  if (!piece || piece->empty())
    return true;
  const bool too_slow = waiting_ > 0 && waiting_ + piece->size() > kMostWaiting;
  if (too_slow) {
    pieces_.clear();
    ended_ = true;
  }
  if (const auto& next = too_slow ? too_slow_ : piece) {
    pieces_.push_back(next);
    waiting_ += next->size();
  }
  wake(lock);
  return !too_slow;
}

void Stream::end(const SharedBytes& last) {
  std::unique_lock lock(mutex_);
  if (ended_ || closed_)
    return;
  if (last && !last->empty())
    pieces_.push_back(last);
  ended_ = true;
  wake(lock);
}

void Stream::say_when_slow(SharedBytes too_slow) {
  const std::lock_guard lock(mutex_);
  too_slow_ = std::move(too_slow);
}

bool Stream::is_open() const {
  const std::lock_guard lock(mutex_);
  return !ended_ && !closed_;
}

bool Stream::is_roomy() const {
  const std::lock_guard lock(mutex_);
  return !ended_ && !closed_ && waiting_ <= kRoomy;
}

Stream::Taken Stream::take() {
  const std::lock_guard lock(mutex_);
  wake_posted_ = false;
  waiting_ = 0;
  return {std::exchange(pieces_, {}), ended_};
}

void Stream::close() {
  std::vector<SharedBytes> dropped; // outside the lock
  const std::lock_guard lock(mutex_);
  closed_ = true;
  dropped.swap(pieces_);
  waiting_ = 0;
}

StreamWriter::StreamWriter(std::shared_ptr<Stream> stream)
  : guard_(std::make_shared<Guard>(std::move(stream))) {}

} // namespace oq::http
