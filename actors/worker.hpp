// A worker: one thread that runs one engine task at a time and stands back for everything else.
#pragma once

#include "actors/messages.hpp"

#include <caf/typed_event_based_actor.hpp>

namespace oq::actors {

using Worker = caf::typed_actor<
  // Runs a task to its end or until its token stops it. The outcome holds the engine's error, if
  // any.
  caf::replies_to<run_atom, TaskOrder>::with<TaskOutcome>,
  // A task is not wanted any more, or all those of a calculation: for workers that cannot see the
  // token.
  caf::reacts_to<drop_atom, std::uint64_t>, caf::reacts_to<cancel_atom, CalculationId>>;

// Detached in the service; its thread takes the priority of background work.
Worker::behavior_type worker(Worker::pointer self);
// The same without touching the thread's priority, for actors that share a thread.
Worker::behavior_type polite_worker(Worker::pointer self);

// Gives the calling thread nice +10 and the batch scheduling class: polls come first.
void become_background_thread() noexcept;

} // namespace oq::actors
