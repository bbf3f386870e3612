// States in the words of each client generation.
#include "actors/projections.hpp"

namespace oq::actors {
namespace {

std::string_view seed_word(State state) noexcept {
  switch (state) {
  case State::created:
  case State::submitted:
    return "pre_executing";
  case State::executing:
    return "executing";
  case State::complete:
  case State::shared:
    return "complete";
  case State::failed:
  case State::aborted:
  case State::deleted:
    return "failed";
  }
  return "failed";
}

std::string_view strict_word(State state, Phase phase) noexcept {
  if (is_success(state))
    return "complete";
  return phase == Phase::none ? to_string(Phase::pre_executing) : to_string(phase);
}

} // namespace

std::string_view status_word(Vocabulary vocabulary, State state, Phase phase) noexcept {
  switch (vocabulary) {
  case Vocabulary::modern:
    return to_string(state);
  case Vocabulary::seed:
    return seed_word(state);
  case Vocabulary::seed_strict:
    return strict_word(state, phase);
  }
  return to_string(state);
}

bool shows_running(State state) noexcept {
  return is_live(state);
}

bool shows_abortable(State state) noexcept {
  return state == State::submitted || state == State::executing;
}

std::string seed_calculation_mode(std::string_view mode) {
  constexpr std::string_view kRisk = "_risk";
  return std::string(mode.ends_with(kRisk) ? mode.substr(0, mode.size() - kRisk.size()) : mode);
}

} // namespace oq::actors
