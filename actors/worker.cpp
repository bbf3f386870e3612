// Runs engine tasks on a background thread.
#include "actors/worker.hpp"

#include "engine/base/guarded.hpp"

#include <sched.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace oq::actors {
namespace {

constexpr int kNice = 10;

TaskOutcome run(const TaskOrder& order) {
  if (order.stop.stop_requested())
    return {nullptr,
            std::make_shared<const Error>(Error{Errc::aborted, "stopped before it began", {}})};
  auto result = guarded([&] {
    return order.plan->run_task(order.task, order.stop);
  });
  if (!result)
    return {nullptr, std::make_shared<const Error>(result.error())};
  return {std::make_shared<engine::TaskResult>(*std::move(result)), nullptr};
}

} // namespace

void become_background_thread() noexcept {
  // Both may be refused, in a container for one: the service is then slower to answer, not wrong.
  const auto thread = static_cast<id_t>(syscall(SYS_gettid));
  std::ignore = setpriority(PRIO_PROCESS, thread, kNice);
  const sched_param parameters{};
  std::ignore = sched_setscheduler(static_cast<pid_t>(thread), SCHED_BATCH, &parameters);
}

Worker::behavior_type polite_worker(Worker::pointer) {
  return {
    [](run_atom, const TaskOrder& order) {
      return run(order);
    },
    [](drop_atom, std::uint64_t) {}, // its token says so
    [](cancel_atom, CalculationId) {},
  };
}

Worker::behavior_type worker(Worker::pointer self) {
  become_background_thread();
  return polite_worker(self);
}

} // namespace oq::actors
