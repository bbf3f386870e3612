// StopToken: how a long computation learns that nobody wants its result any more.
#pragma once

#include <atomic>
#include <memory>

namespace oq {

// Copyable; all copies share one flag. A kernel asks between chunks of ruptures, at least every 100 ms.
class StopToken {
public:
  StopToken() : flag_(std::make_shared<std::atomic<bool>>(false)) {}
  void request_stop() const noexcept { flag_->store(true, std::memory_order_relaxed); }
  bool stop_requested() const noexcept { return flag_->load(std::memory_order_relaxed); }

private:
  std::shared_ptr<std::atomic<bool>> flag_;
};

} // namespace oq
