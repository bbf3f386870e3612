// The inputs' fetch: on a worker's machine, brings the inputs of one calculation over and makes the
// plan again.
#pragma once

#include "actors/remote_worker.hpp"

#include <caf/stateful_actor.hpp>
#include <caf/typed_response_promise.hpp>

namespace oq::actors {

// What the order of a task says of its calculation.
RecordPtr record_of(const TaskCall& call);

using InputsFetch = caf::typed_actor<
  // The plan, once all files are here; then the fetch quits. Errc::unavailable when the disk
  // refuses, Errc::conflict when this is not the node's plan, the engine's Errc when the inputs
  // cannot be read here.
  caf::replies_to<fetch_atom, TaskCall>::with<PlanPtr>>;

struct InputsFetchState {
  static constexpr const char* name = "inputs fetch";
  using Self = InputsFetch::stateful_pointer<InputsFetchState>;
  explicit InputsFetchState(Self owner) : self(owner) {}

  caf::result<PlanPtr> begin(const TaskCall& wanted);

  Self self;
  Foreman foreman;
  EngineRoomPtr room; // of a folder of this calculation's own

private:
  Result<void> check(const InputList& list) const;
  void next_piece();
  Result<void> take(const FilePiece& piece);
  Result<PlanPtr> make_plan() const;
  void end(Result<PlanPtr> result);

  TaskCall call_;
  RecordPtr record_;
  InputList list_;
  std::size_t file_ = 0;     // that is being fetched
  std::uint64_t offset_ = 0; // in it
  caf::typed_response_promise<PlanPtr> promise_;
};

// Detached: it writes to the disk and reads models.
InputsFetch::behavior_type inputs_fetch(InputsFetchState::Self self, Foreman foreman,
                                        EngineRoomPtr room);

} // namespace oq::actors
