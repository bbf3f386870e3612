// The table of legal transitions and the words for states and phases.
#include "actors/lifecycle.hpp"

#include <array>
#include <string>

namespace oq::actors {
namespace {

constexpr std::array kStates = {State::created, State::submitted, State::executing, State::complete,
                                State::failed,  State::aborted,   State::shared,    State::deleted};
constexpr std::array kPhases = {Phase::pre_executing,   Phase::executing, Phase::post_executing,
                                Phase::post_processing, Phase::exporting, Phase::clean_up};

} // namespace

std::string_view to_string(State state) noexcept {
  switch (state) {
  case State::created:
    return "created";
  case State::submitted:
    return "submitted";
  case State::executing:
    return "executing";
  case State::complete:
    return "complete";
  case State::failed:
    return "failed";
  case State::aborted:
    return "aborted";
  case State::shared:
    return "shared";
  case State::deleted:
    return "deleted";
  }
  return "failed";
}

std::string_view to_string(Phase phase) noexcept {
  switch (phase) {
  case Phase::none:
    return "";
  case Phase::pre_executing:
    return "pre_executing";
  case Phase::executing:
    return "executing";
  case Phase::post_executing:
    return "post_executing";
  case Phase::post_processing:
    return "post_processing";
  case Phase::exporting:
    return "export";
  case Phase::clean_up:
    return "clean_up";
  }
  return "";
}

std::optional<State> parse_state(std::string_view text) noexcept {
  for (const State state : kStates)
    if (to_string(state) == text)
      return state;
  return std::nullopt;
}

Phase parse_phase(std::string_view text) noexcept {
  for (const Phase phase : kPhases)
    if (to_string(phase) == text)
      return phase;
  return Phase::none;
}

bool is_live(State state) noexcept {
  return state == State::created || state == State::submitted || state == State::executing;
}

bool is_success(State state) noexcept {
  return state == State::complete || state == State::shared;
}

bool is_legal(State from, State to) noexcept {
  switch (to) {
  case State::created:
    return false;
  case State::submitted:
    return is_live(from);
  case State::executing:
    return from == State::submitted || from == State::executing;
  case State::complete:
    return from == State::executing || from == State::shared;
  case State::failed:
  case State::aborted:
    return is_live(from);
  case State::shared:
    return from == State::complete;
  case State::deleted:
    return !is_live(from) && from != State::deleted;
  }
  return false;
}

Lifecycle::Lifecycle(const store::CalculationRecord& record) {
  adopt(record);
}

Result<store::Transition> Lifecycle::begin(State next, Phase phase) {
  if (pending_)
    return Error{Errc::conflict, "another change of the calculation is on its way", {}};
  if (!is_legal(state_, next))
    return Error{Errc::conflict,
                 "a calculation cannot go from " + std::string(to_string(state_)) + " to "
                   + std::string(to_string(next)),
                 {}};
  if (next == State::failed || next == State::aborted)
    phase = phase_;
  pending_ = Change{next, phase};
  store::Transition transition;
  transition.expected_revision = revision_;
  transition.status = to_string(next);
  transition.phase = to_string(phase);
  return transition;
}

void Lifecycle::confirm(std::int64_t revision) noexcept {
  if (!pending_)
    return;
  state_ = pending_->state;
  phase_ = pending_->phase;
  revision_ = revision;
  pending_.reset();
}

void Lifecycle::adopt(const store::CalculationRecord& record) noexcept {
  state_ = parse_state(record.status).value_or(State::failed);
  phase_ = parse_phase(record.phase);
  revision_ = record.revision;
  pending_.reset();
}

} // namespace oq::actors
