// From an upload to a calculation with a number and a folder.
#include "actors/intake.hpp"

#include "actors/caf_error.hpp"
#include "actors/defaults.hpp"
#include "actors/lifecycle.hpp"
#include "actors/timestamps.hpp"

#include <filesystem>

namespace oq::actors {
namespace {

// A number that is unknown, or nobody's business, depends on nothing and keeps nothing from being
// removed.
void refuse_parent(StagedJob& staged, const Error& unknown) {
  staged.error = unknown;
  staged.record.hazard_calculation_id.reset();
}

Error unknown_parent(CalculationId id) {
  return {Errc::invalid_input, "there is no hazard calculation " + std::to_string(id),
          "hazard_job_id"};
}

bool may_see(const ViewerPtr& viewer, const store::CalculationRecord& record) {
  return !viewer || viewer->sees(record.owner, record.status == to_string(State::shared));
}

std::optional<Error> unfit_parent(const store::CalculationRecord& parent) {
  const State state = parse_state(parent.status).value_or(State::failed);
  const std::string name = "the hazard calculation " + std::to_string(parent.id);
  if (!is_success(state))
    return Error{Errc::invalid_input, name + " is not complete but " + parent.status,
                 "hazard_job_id"};
  if (parent.is_risk)
    return Error{Errc::invalid_input, name + " is a risk calculation", "hazard_job_id"};
  return std::nullopt;
}

} // namespace

void IntakeState::submit(const Submission& submission, Promise promise) {
  auto targets = read_targets(submission);
  if (!targets) {
    promise.deliver(to_caf(targets.error()));
    return;
  }
  auto staged = std::make_shared<StagedJob>(room->stage(submission));
  staged->notify = *std::move(targets);
  staged->record.owner = submission.owner;
  staged->record.node = node;
  staged->record.created_at = now_microseconds();
  if (submission.hazard_output_id && !staged->error)
    return find_parent(staged, *submission.hazard_output_id, submission.viewer, std::move(promise));
  auto& parent = staged->record.hazard_calculation_id;
  if (parent && !staged->error)
    return check_parent(staged, submission.viewer, unknown_parent(*parent), std::move(promise));
  if (submission.viewer)
    parent.reset(); // nobody looked whether they may see it
  create(staged, std::move(promise));
}

// The first clients named one of the hazard's outputs instead of the hazard.
void IntakeState::find_parent(const Staged& staged, std::int64_t output_id, const ViewerPtr& viewer,
                              Promise promise) {
  Error unknown{Errc::invalid_input, "there is no hazard output " + std::to_string(output_id),
                "hazard_output_id"};
  self_->request(recorder, kStoreTimeout, output_atom::value, output_id)
    .then(
      [this, staged, viewer, unknown, promise](CalculationId parent) {
        staged->record.hazard_calculation_id = parent;
        check_parent(staged, viewer, unknown, promise);
      },
      [this, staged, unknown, promise](const caf::error& refusal) {
        if (from_caf(refusal).code != Errc::not_found)
          return turn_away(staged, refusal, promise);
        refuse_parent(*staged, unknown);
        create(staged, promise);
      });
}

// `unknown`: what is said of a parent that is not there, or that the viewer does not see.
void IntakeState::check_parent(const Staged& staged, const ViewerPtr& viewer, const Error& unknown,
                               Promise promise) {
  const auto parent = *staged->record.hazard_calculation_id;
  self_->request(recorder, kStoreTimeout, find_atom::value, parent)
    .then(
      [this, staged, viewer, unknown, promise](const RecordPtr& record) {
        if (may_see(viewer, *record))
          staged->error = unfit_parent(*record);
        else
          refuse_parent(*staged, unknown);
        create(staged, promise);
      },
      [this, staged, unknown, promise](const caf::error& refusal) {
        // A store that does not answer says nothing about the parent: to be sent again, not failed.
        if (from_caf(refusal).code != Errc::not_found)
          return turn_away(staged, refusal, promise);
        refuse_parent(*staged, unknown);
        create(staged, promise);
      });
}

void IntakeState::create(const Staged& staged, Promise promise) {
  self_
    ->request(recorder, kStoreTimeout, create_atom::value,
              RecordPtr(std::make_shared<const store::CalculationRecord>(staged->record)))
    .then(
      [this, staged, promise](CalculationId id) {
        note_wishes(staged, id, promise);
      },
      [staged, promise](const caf::error& refusal) {
        turn_away(staged, refusal, promise);
      });
}

void IntakeState::turn_away(const Staged& staged, const caf::error& refusal, Promise promise) {
  std::error_code ignored; // a leftover folder is swept at the next start
  if (!staged->folder.empty())
    std::filesystem::remove_all(staged->folder, ignored);
  promise.deliver(refusal);
}

// Before anybody hears of the calculation: it may end quickly.
void IntakeState::note_wishes(const Staged& staged, CalculationId id, Promise promise) {
  if (!staged->notify || !notifier)
    return settle(staged, id, std::move(promise));
  self_->request(notifier, kStoreTimeout, notify_atom::value, id, staged->notify)
    .then(
      [this, staged, id, promise](bool) {
        settle(staged, id, promise);
      },
      [this, staged, id, promise](const caf::error& refusal) {
        if (!staged->error)
          staged->error = from_caf(refusal);
        settle(staged, id, promise);
      });
}

void IntakeState::settle(const Staged& staged, CalculationId id, Promise promise) {
  auto& record = staged->record;
  record.id = id;
  record.status = to_string(State::created);
  record.revision = 1;
  if (const auto settled = room->settle(*staged, id); !settled && !staged->error)
    staged->error = settled.error();
  Admitted admitted;
  admitted.record = std::make_shared<const store::CalculationRecord>(record);
  if (staged->error)
    admitted.error = std::make_shared<const Error>(*staged->error);
  promise.deliver(std::move(admitted));
}

Intake::behavior_type intake(Intake::stateful_pointer<IntakeState> self, EngineRoomPtr room,
                             Recorder recorder, std::string node, Notifier notifier) {
  auto& state = self->state;
  state.room = std::move(room);
  state.recorder = std::move(recorder);
  state.node = std::move(node);
  state.notifier = std::move(notifier);
  return {
    [self, &state](submit_atom, const SubmissionPtr& submission) -> caf::result<Admitted> {
      auto promise = self->make_response_promise<Admitted>();
      state.submit(*submission, promise);
      return promise;
    },
  };
}

} // namespace oq::actors
