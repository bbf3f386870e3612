// TaskBoard: which worker does which task, and what is left to hand out. The rules of the
// workforce.
#pragma once

#include "store/calculation_store.hpp"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <vector>

namespace oq::actors {

using WorkerId = std::uint64_t;
// One handing-out of one task; a task handed out again has a new ticket.
using Ticket = std::uint64_t;

struct Assignment {
  Ticket ticket = 0;
  WorkerId worker = 0;
  store::CalculationId calculation = 0;
  std::size_t task = 0;
};

// Calculations take turns, a task each, so that a short one is not kept waiting by a long one;
// within a calculation tasks go out in ascending order, those of a dead worker first.
class TaskBoard {
public:
  // A task that outlived this many workers is not given a further one: it may be what kills them.
  static constexpr int kMostAttempts = 3;

  void enlist(WorkerId worker);
  void add(store::CalculationId calculation, std::size_t task_count);
  // Its tasks are handed out no more; results still on their way will be stale.
  void cancel(store::CalculationId calculation);

  // The next assignment, when a worker is free and a task waits.
  std::optional<Assignment> assign();
  // The worker is free again. nullopt: a stale ticket, its result must not be used.
  std::optional<Assignment> finish(Ticket ticket);
  // Forgets the worker. A task it had goes back to the front, or is returned when its attempts are
  // used up.
  std::optional<Assignment> lose(WorkerId worker);

  std::size_t workers() const { return workers_.size(); }
  std::size_t busy() const { return assigned_.size(); }

private:
  struct Work {
    std::deque<std::size_t> waiting;
    std::map<std::size_t, int> attempts; // of tasks that were handed out more than once
  };
  void drop_when_empty(store::CalculationId calculation);

  std::map<WorkerId, std::optional<Ticket>> workers_;
  std::deque<WorkerId> idle_;
  std::map<store::CalculationId, Work> works_;
  std::deque<store::CalculationId> turns_; // calculations with a waiting task, next turn first
  std::map<Ticket, Assignment> assigned_;
  Ticket last_ticket_ = 0;
};

} // namespace oq::actors
