// The lowest real-time priority: above computing, below everything that was given such a priority.
#include "http/serving_thread.hpp"

#include <sched.h>
#include <tuple>

namespace oq::http {
namespace {

// The sanitizers' allocators wait for their locks in a loop: a real-time thread in it would keep an
// ordinary one from letting go.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
bool lift() noexcept {
  return false;
}
#else
bool lift() noexcept {
  sched_param parameters{};
  parameters.sched_priority = ::sched_get_priority_min(SCHED_RR);
  return ::sched_setscheduler(0, SCHED_RR | SCHED_RESET_ON_FORK, &parameters) == 0;
}
#endif

} // namespace

void become_serving_thread() noexcept {
  static thread_local const bool lifted = lift();
  std::ignore = lifted;
}

} // namespace oq::http
