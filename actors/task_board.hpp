// TaskBoard: which worker does which task, and what is left to hand out. The rules of the
// workforce.
#pragma once

#include "store/calculation_store.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <vector>

namespace oq::actors {

using WorkerId = std::uint64_t;
// One handing-out of one task; a task handed out again has a new ticket.
using Ticket = std::uint64_t;
using Instant = std::chrono::steady_clock::time_point;

// What a worker takes.
struct Capacity {
  std::size_t slots = 1;  // tasks that it runs at the same time
  std::size_t window = 1; // tasks that it may have at hand, those that wait there included
  // Its process or the way to it may fail without any fault of the task.
  bool elsewhere = false;
};

struct Assignment {
  Ticket ticket = 0;
  WorkerId worker = 0;
  store::CalculationId calculation = 0;
  std::size_t task = 0;
};

// A task that is done.
struct FinishedTask {
  Assignment assignment;
  std::vector<Ticket> copies; // of the same task, stale from now on
  bool was_last = false;      // nothing of its calculation waits or runs any more
};

enum class Departure { died, left };

// Calculations take turns, a task each, so that a short one is not kept waiting by a long one;
// within a calculation tasks go out in ascending order, those of a lost worker first. A task goes
// to the worker with the smallest share of its slots taken. When nothing waits, the task that takes
// unusually long is given to a free worker a second time.
class TaskBoard {
public:
  // A task that outlived this many workers is not given a further one: it may be what kills them.
  static constexpr int kMostAttempts = 3;
  static constexpr int kMostLossesElsewhere = 20;
  // A second copy needs that many times the usual time of its calculation's tasks, and that long.
  static constexpr int kSlowFactor = 2;
  static constexpr std::chrono::seconds kSlowest{1};

  void enlist(WorkerId worker, Capacity capacity = {});
  // As many tasks as that may be at its hand from now on.
  void resize(WorkerId worker, std::size_t window);
  // Those from `first_held` on wait until release() lets them go.
  void add(store::CalculationId calculation, const std::vector<std::size_t>& tasks,
           std::size_t first_held = std::numeric_limits<std::size_t>::max());
  void release(store::CalculationId calculation, std::size_t first_held);
  // Its tasks are handed out no more; results still on their way will be stale.
  void cancel(store::CalculationId calculation);

  // The next assignment, when a worker has room and a task waits or is slow.
  std::optional<Assignment> assign(Instant now);
  // The worker has room again. nullopt: a stale ticket, its result must not be used.
  std::optional<FinishedTask> finish(Ticket ticket, Instant now);
  // The worker does not do it: the task goes back to the front, and this worker gets no further one
  // of the calculation. Whether the ticket was in use.
  bool decline(Ticket ticket);
  // Forgets the worker. Its tasks go back to the front, save those that another has too. Returns
  // those whose attempts are used up; `left` uses up none.
  std::vector<Assignment> lose(WorkerId worker, Departure departure = Departure::died);

  // Whether time alone may make a second copy possible: somebody is free and something runs.
  bool may_copy_later() const;
  std::size_t workers() const { return workers_.size(); }
  std::size_t busy() const { return handed_.size(); }
  std::size_t waiting() const;
  std::size_t at_hand(WorkerId worker) const;

private:
  struct Staff {
    Capacity capacity;
    std::set<Ticket> at_hand;
  };
  struct Attempts {
    int died = 0, died_elsewhere = 0;
  };
  struct Work {
    std::deque<std::size_t> waiting; // ascending
    std::size_t first_held = 0;
    std::map<std::size_t, std::vector<Ticket>> running; // one ticket a copy
    std::map<std::size_t, Attempts> attempts;           // of tasks whose worker died
    std::set<WorkerId> declined;
    std::chrono::nanoseconds spent{0}; // on finished tasks
    int finished = 0;
  };
  struct Handed {
    Assignment assignment;
    Instant since;
    bool stale = false;
  };

  std::optional<WorkerId> least_loaded(const Work& work, std::size_t Capacity::*limit) const;
  Assignment hand(store::CalculationId calculation, std::size_t task, WorkerId worker, Instant now);
  std::optional<Assignment> assign_copy(Instant now);
  std::optional<Handed> take_back(Ticket ticket);
  // False: the task has no attempt left.
  bool put_back(const Assignment& assignment, Departure departure, bool elsewhere);
  void wait_in_front(const Assignment& assignment);

  std::map<WorkerId, Staff> workers_;
  std::map<store::CalculationId, Work> works_;
  std::deque<store::CalculationId> turns_; // calculations with a waiting task, next turn first
  std::map<Ticket, Handed> handed_;
  Ticket last_ticket_ = 0;
};

} // namespace oq::actors
