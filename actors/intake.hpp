// The intake: the blocking part of a submission: unpacks it, reads the job, makes the record.
#pragma once

#include "actors/engine_room.hpp"
#include "actors/notifier.hpp"
#include "actors/recorder.hpp"

#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>
#include <caf/typed_response_promise.hpp>

namespace oq::actors {

using Intake = caf::typed_actor<
  // Errc::invalid_input: somebody is to be told who has no address; there is no calculation then.
  // Answers a record with status `created`, and with it the reason why it cannot run, if there is
  // one. Errc::unavailable: the store refused; nothing is left behind.
  caf::replies_to<submit_atom, SubmissionPtr>::with<Admitted>>;

class IntakeState {
public:
  static constexpr const char* name = "intake";
  using Self = Intake::stateful_pointer<IntakeState>;
  using Promise = caf::typed_response_promise<Admitted>;
  explicit IntakeState(Self self) : self_(self) {}

  void submit(const Submission& submission, Promise promise);

  EngineRoomPtr room;
  Recorder recorder;
  std::string node;  // the name of this one
  Notifier notifier; // null: nobody is told

private:
  using Staged = std::shared_ptr<StagedJob>;
  void find_parent(const Staged& staged, std::int64_t output_id, const ViewerPtr& viewer,
                   Promise promise);
  void check_parent(const Staged& staged, const ViewerPtr& viewer, const Error& unknown,
                    Promise promise);
  void create(const Staged& staged, Promise promise);
  void note_wishes(const Staged& staged, CalculationId id, Promise promise);
  void settle(const Staged& staged, CalculationId id, Promise promise);
  // Nothing was made of it: the client is told why and may send it again.
  static void turn_away(const Staged& staged, const caf::error& refusal, Promise promise);

  Self self_;
};

Intake::behavior_type intake(Intake::stateful_pointer<IntakeState> self, EngineRoomPtr room,
                             Recorder recorder, std::string node, Notifier notifier = {});

} // namespace oq::actors
