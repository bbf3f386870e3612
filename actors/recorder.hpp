// The recorder: the only writer to the store. Batches whatever waits and answers when it is
// durable.
#pragma once

#include "actors/engine_room.hpp"
#include "actors/gauges.hpp"
#include "actors/messages.hpp"

#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>
#include <caf/typed_response_promise.hpp>

#include <map>

namespace oq::actors {

using Recorder = caf::typed_actor<
  // Inserts a calculation with status `created`. Errc::unavailable: nothing was inserted.
  caf::replies_to<create_atom, RecordPtr>::with<CalculationId>,
  // Makes a change durable and answers the new record. Errc::conflict: the row has another
  // revision; Errc::unavailable: nothing changed; Errc::not_found.
  caf::replies_to<transit_atom, TransitionPtr>::with<RecordPtr>,
  // Appends log rows, before any change that is asked for later. Kept and tried again while the
  // store refuses.
  // Rows of an owner whose epoch has passed are dropped.
  caf::reacts_to<log_atom, CalculationId, std::int64_t, LogRowsPtr>,
  // The row as it is now. Errc::not_found, Errc::unavailable.
  caf::replies_to<find_atom, CalculationId>::with<RecordPtr>,
  // The calculation that an output is of. Errors as above.
  caf::replies_to<output_atom, std::int64_t>::with<CalculationId>,
  // Answers true once everything sent before is written, false when the store refused some of it.
  caf::replies_to<sync_atom>::with<bool>,
  // To itself: write what has come together.
  caf::reacts_to<flush_atom>>;

struct RecorderState {
  static constexpr const char* name = "recorder";
  explicit RecorderState(Recorder::stateful_pointer<RecorderState> owner) : self(owner) {}

  Result<CalculationId> create(const store::CalculationRecord& record);
  Result<RecordPtr> find(CalculationId id);
  Result<CalculationId> owner_of_output(std::int64_t output_id);
  void collect(TransitionPtr transition, caf::typed_response_promise<RecordPtr> promise);
  void collect_log(CalculationId id, std::int64_t epoch, const std::vector<store::LogRow>& rows);
  // False when the store refused.
  bool write();

  Recorder::stateful_pointer<RecorderState> self;
  StoreFactory open;
  GaugesPtr gauges = std::make_shared<Gauges>();

private:
  struct Waiting {
    TransitionPtr transition;
    caf::typed_response_promise<RecordPtr> promise;
  };
  Result<store::CalculationStore*> store();
  void ask_flush();
  bool write_log(store::CalculationStore& to);
  bool write_transitions(store::CalculationStore& to);
  void write_one_by_one(store::CalculationStore& to, std::vector<Waiting>& batch);
  void refuse_all(const Error& error);

  std::unique_ptr<store::CalculationStore> store_;
  std::vector<Waiting> waiting_;
  // By calculation and epoch.
  std::map<std::pair<CalculationId, std::int64_t>, std::vector<store::LogRow>> log_;
  std::size_t log_rows_ = 0;
  bool flush_asked_ = false;
};

// Opens its store at the first message, on its own thread, and again after a failed opening.
Recorder::behavior_type recorder(Recorder::stateful_pointer<RecorderState> self, StoreFactory open);

} // namespace oq::actors
