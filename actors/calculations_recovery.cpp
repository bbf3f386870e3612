// Calculations that go on after a restart, come from another node or go to one, are lost or
// stopped.
#include "actors/calculations.hpp"
#include "actors/defaults.hpp"

#include <algorithm>

namespace oq::actors {

void CalculationsState::resume(const RecordPtr& record, std::int64_t log_rows) {
  spawn({.record = record, .log_rows = log_rows, .resumed = true, .failure = {}});
}

void CalculationsState::abandon(const RecordPtr& record, std::int64_t log_rows,
                                const std::string& why) {
  spawn({.record = record, .log_rows = log_rows, .failure = Error{Errc::unavailable, why, {}}});
}

void CalculationsState::take_over(const RecordPtr& record, std::int64_t log_rows) {
  if (draining_)
    return; // its lease ends with this node, and the next one claims it
  forget(record->id);
  spawn(
    {.record = record, .log_rows = log_rows, .resumed = true, .failure = {}, .taken_over = true});
}

void CalculationsState::know(const std::vector<store::CalculationRecord>& records) {
  for (const auto& record : records) {
    const auto here = here_.find(record.id);
    if (here == here_.end())
      continue;
    if (here->second.epoch < record.epoch)
      self_->send(here->second.handle, yield_atom::value);
    else if (here->second.last_revision && *here->second.last_revision < record.revision)
      retire(record.id);
  }
}

void CalculationsState::yielded(CalculationId id, std::int64_t epoch) {
  const auto here = here_.find(id);
  if (here == here_.end() || here->second.epoch != epoch)
    return;
  forget(id);
  start_next();
}

// Another node's now, or to be replaced by its next epoch.
void CalculationsState::forget(CalculationId id) {
  auto here = here_.extract(id);
  if (!here)
    return;
  self_->send(here.mapped().handle, yield_atom::value);
  self_->send(here.mapped().handle, retire_atom::value);
  std::erase(ended_, id);
  leave_intake(id);
  queue_.leave(id);
  failing_.erase(id);
}

// A calculation's actor died of a defect: another one takes its place and records the failure.
void CalculationsState::lose(const caf::down_msg& down) {
  const auto lost = std::ranges::find_if(here_, [&](const auto& entry) {
    return entry.second.handle.address() == down.source;
  });
  if (lost == here_.end() || draining_)
    return;
  const auto id = lost->first;
  here_.erase(lost);
  std::erase(ended_, id);
  leave_intake(id);
  queue_.leave(id);
  self_->request(peers_.recorder, kStoreTimeout, find_atom::value, id)
    .then(
      [this](const RecordPtr& record) {
        if (is_live(parse_state(record->status).value_or(State::failed)))
          spawn({.record = record,
                 .failure =
                   Error{Errc::internal, "a defect of the service stopped the calculation", {}}});
      },
      [](const caf::error&) {
        // The next start finds it unfinished and runs it again.
      });
  start_next();
}

void CalculationsState::drain(caf::typed_response_promise<bool> promise) {
  draining_ = true;
  auto waiting = std::make_shared<std::size_t>(here_.size() + 1);
  auto one_less = [waiting, promise]() mutable {
    if (--*waiting == 0)
      promise.deliver(true);
  };
  for (const auto& [id, here] : here_)
    self_->request(here.handle, kDrainTimeout, drain_atom::value)
      .then(
        [this, one_less, drained = here.handle](bool) mutable {
          self_->send(drained, retire_atom::value);
          one_less();
        },
        [one_less](const caf::error&) mutable {
          one_less();
        });
  one_less();
}

} // namespace oq::actors
