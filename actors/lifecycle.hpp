// Lifecycle: the states a calculation can be in and the only ways from one to the next.
#pragma once

#include "engine/base/result.hpp"
#include "store/calculation_store.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace oq::actors {

enum class State : std::uint8_t {
  created,   // recorded, inputs unpacked
  submitted, // waits in the queue
  executing, // see Phase
  complete,  // every output can be downloaded
  failed,
  aborted,
  shared,  // complete, and readable by everybody
  deleted, // hidden, files gone
};

enum class Phase : std::uint8_t {
  none, // not executing yet
  pre_executing,
  executing,
  post_executing,
  post_processing,
  exporting, // "export" on the wire
  clean_up,
};

std::string_view to_string(State state) noexcept;
std::string_view to_string(Phase phase) noexcept;
std::optional<State> parse_state(std::string_view text) noexcept;
// Unknown text is Phase::none.
Phase parse_phase(std::string_view text) noexcept;

// created, submitted or executing: it will change by itself.
bool is_live(State state) noexcept;
// complete or shared.
bool is_success(State state) noexcept;

// Whether a calculation may go from one state to the other. executing -> submitted and submitted ->
// submitted happen at a restart only: what was running is queued again.
bool is_legal(State from, State to) noexcept;

// The state of one calculation as the store knows it, and at most one change on its way there. What
// state() says is durable: a change counts when it is confirmed, never when it is begun.
class Lifecycle {
public:
  Lifecycle() = default;
  explicit Lifecycle(const store::CalculationRecord& record);

  State state() const noexcept { return state_; }
  Phase phase() const noexcept { return phase_; }
  std::int64_t revision() const noexcept { return revision_; }
  bool pending() const noexcept { return pending_.has_value(); }

  // The transition to hand to the store, id left 0. A failed or aborted calculation keeps the phase
  // it reached. Errc::conflict: not legal from here, or another change is on its way.
  Result<store::Transition> begin(State next, Phase phase = Phase::none);
  // The change on its way is durable, with this revision.
  void confirm(std::int64_t revision) noexcept;
  // The store refused the change on its way: nothing happened.
  void refuse() noexcept { pending_.reset(); }
  // Somebody else changed the stored row: take what it says now.
  void adopt(const store::CalculationRecord& record) noexcept;

private:
  struct Change {
    State state;
    Phase phase;
  };
  State state_ = State::created;
  Phase phase_ = Phase::none;
  std::int64_t revision_ = 0;
  std::optional<Change> pending_;
};

} // namespace oq::actors
