// One piece after the other; the node's names and sizes are checked before anything is written.
#include "actors/inputs_fetch.hpp"

#include "actors/caf_error.hpp"
#include "actors/defaults.hpp"
#include "actors/plan_identity.hpp"
#include "engine/base/guarded.hpp"

namespace oq::actors {

RecordPtr record_of(const TaskCall& call) {
  auto record = std::make_shared<store::CalculationRecord>();
  record->id = call.calculation;
  record->ini = call.ini;
  if (call.hazard >= 0)
    record->hazard_calculation_id = call.hazard;
  return record;
}

caf::result<PlanPtr> InputsFetchState::begin(const TaskCall& wanted) {
  call_ = wanted;
  record_ = record_of(call_);
  promise_ = self->make_response_promise<PlanPtr>();
  self->request(foreman, kCrewRequest, inputs_atom::value, call_.calculation)
    .then(
      [this](const InputList& list) {
        if (const auto checked = check(list); !checked)
          return end(checked.error());
        list_ = list;
        next_piece();
      },
      [this](const caf::error& error) {
        end(from_caf(error));
      });
  return promise_;
}

Result<void> InputsFetchState::check(const InputList& list) const {
  if (list.names.size() != list.sizes.size() || list.names.size() > kMostInputs)
    return invalid_input("the node's list of inputs makes no sense", record_->ini);
  for (const auto& file : list.names)
    if (!is_shared_name(*record_, file))
      return Error{Errc::forbidden, "the node names a file that is no input",
                   file.substr(0, kLongestText)};
  return {};
}

void InputsFetchState::next_piece() {
  if (file_ == list_.names.size())
    return end(guarded([this] {
      return make_plan();
    }));
  self
    ->request(foreman, kCrewRequest, fetch_atom::value, call_.calculation, list_.names[file_],
              offset_)
    .then(
      [this](const FilePiece& piece) {
        if (const auto taken = take(piece); !taken)
          return end(taken.error());
        next_piece();
      },
      [this](const caf::error& error) {
        end(from_caf(error));
      });
}

Result<void> InputsFetchState::take(const FilePiece& piece) {
  const auto size = list_.sizes[file_];
  if (!is_whole(piece) || piece.bytes.size() != std::min<std::uint64_t>(kPieceSize, size - offset_))
    return invalid_input("a piece of an input is damaged", list_.names[file_]);
  OQ_CHECK(room->write_shared(*record_, list_.names[file_], offset_, piece.bytes));
  offset_ += piece.bytes.size();
  if (offset_ == size) {
    ++file_;
    offset_ = 0;
  }
  return {};
}

Result<PlanPtr> InputsFetchState::make_plan() const {
  auto calculator = room->repeat_plan
                      ? room->repeat_plan(*record_, {}, static_cast<std::size_t>(call_.tiles))
                      : room->make_calculator(*record_, {});
  if (!calculator)
    return calculator.error();
  PlanPtr plan = *std::move(calculator);
  if (plan->task_count() != call_.tasks || plan_fingerprint(*record_, *plan) != call_.fingerprint)
    return Error{Errc::conflict, "the inputs give another plan here than on the node",
                 record_->ini};
  return plan;
}

void InputsFetchState::end(Result<PlanPtr> result) {
  if (result)
    promise_.deliver(*std::move(result));
  else
    promise_.deliver(to_caf(result.error()));
  self->quit();
}

InputsFetch::behavior_type inputs_fetch(InputsFetchState::Self self, Foreman foreman,
                                        EngineRoomPtr room) {
  auto& state = self->state;
  state.foreman = std::move(foreman);
  state.room = std::move(room);
  return {
    [&state](fetch_atom, const TaskCall& call) {
      return state.begin(call);
    },
  };
}

} // namespace oq::actors
