// The assembler: the blocking side of one running calculation: reads inputs, adds up results,
// writes products.
#pragma once

#include "actors/engine_room.hpp"
#include "actors/messages.hpp"
#include "actors/ordered_reduction.hpp"
#include "actors/result_keeper.hpp"

#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

namespace oq::actors {

using Assembler = caf::typed_actor<
  // Reads and checks the inputs, and takes the results that an earlier run left. The engine's Errc
  // when the inputs are no good.
  caf::replies_to<prepare_atom, RecordPtr, StopToken>::with<Prepared>,
  // Takes the result of a task, in any order; reduces in ascending order of task. Answers the
  // number of tasks reduced so far, or the engine's Errc.
  caf::replies_to<reduce_atom, std::size_t, TaskOutcome>::with<std::size_t>,
  // Computes the products and makes the datastore durable; who asked it to prepare is told how far
  // that is, when it takes long. Errc::aborted, and no datastore, when the token asks to stop;
  // Errc::unavailable when the disk refuses.
  caf::replies_to<finish_atom>::with<ProductsPtr>,
  // The calculation failed or was aborted: results that were kept are of no use any more.
  caf::reacts_to<drop_atom>>;

struct AssemblerState {
  static constexpr const char* name = "assembler";

  Result<Prepared> prepare(const RecordPtr& record, const StopToken& stop);
  Result<std::size_t> reduce(std::size_t task, const TaskOutcome& outcome);
  Result<ProductsPtr> finish();
  void drop();

  EngineRoomPtr room;
  engine::LogSink log;
  Clock clock;
  std::function<void(double)> tell_finishing; // how far finish() is

private:
  Result<void> reduce_in_order();
  Result<std::shared_ptr<engine::TaskResult>> kept_result(std::size_t task);
  Result<engine::Datastore*> open_result_file();

  RecordPtr record_;
  StopToken stop_;
  PlanPtr plan_;
  std::unique_ptr<ResultFile> file_; // once something is written
  std::optional<ResultKeeper> keeper_;
  OrderedReduction<std::shared_ptr<engine::TaskResult>> results_; // null: in the keeper's hands
};

// Quits when whoever asked it to prepare is gone. `log` is called on this actor's and on the
// workers' threads.
Assembler::behavior_type assembler(Assembler::stateful_pointer<AssemblerState> self,
                                   EngineRoomPtr room, engine::LogSink log);

// The same on a thread of its own, which takes the priority of background work.
Assembler::behavior_type background_assembler(Assembler::stateful_pointer<AssemblerState> self,
                                              EngineRoomPtr room, engine::LogSink log);

} // namespace oq::actors
