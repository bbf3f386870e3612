// How a calculation's state changes: wanted, given to the recorder, durable, and only then told.
#include "actors/caf_error.hpp"
#include "actors/calculation.hpp"
#include "actors/command_text.hpp"
#include "actors/defaults.hpp"
#include "actors/record_text.hpp"
#include "actors/timestamps.hpp"

#include <algorithm>

namespace oq::actors {

void CalculationState::want(Change change) {
  wanted_.push_back(std::move(change));
  pump();
}

// Nothing but this end is wanted any more, unless another end came before it.
void CalculationState::end_with(Change change) {
  std::erase_if(wanted_, [](const Change& other) {
    return !is_end(other);
  });
  want(std::move(change));
}

void CalculationState::pump() {
  if (draining_ || lifecycle_.pending() || wanted_.empty())
    return;
  const Change change = std::move(wanted_.front());
  wanted_.pop_front();
  auto transition = lifecycle_.begin(change.state, change.phase);
  if (!transition)
    return pump(); // something that came first made it impossible
  self_
    ->request(peers_.recorder, kStoreTimeout, transit_atom::value,
              transition_of(*std::move(transition), change))
    .then(
      [this, change](const RecordPtr& record) {
        confirmed(change, record);
      },
      [this, change](const caf::error& error) {
        refused(change, from_caf(error));
      });
}

TransitionPtr CalculationState::transition_of(store::Transition transition,
                                              const Change& change) const {
  transition.id = summary_->record().id;
  transition.epoch = summary_->record().epoch;
  if (change.phase == Phase::pre_executing)
    transition.started_at = now_microseconds();
  if (is_end(change))
    transition.stopped_at = now_microseconds();
  if (change.error) {
    transition.error = change.error->text();
    transition.traceback = change.error->text();
  }
  if (change.products) {
    transition.size_bytes = change.products->size_bytes;
    transition.outputs = change.products->outputs;
  }
  return std::make_shared<const store::Transition>(std::move(transition));
}

void CalculationState::confirmed(const Change& change, const RecordPtr& record) {
  lifecycle_.confirm(record->revision);
  refusals_ = 0;
  publish(record);
  after(change);
  pump();
}

void CalculationState::refused(const Change& change, const Error& error) {
  lifecycle_.refuse();
  if (error.code == Errc::fenced)
    return yield();
  if (error.code == Errc::conflict)
    return catch_up(change);
  if (is_worth_waiting(change, error))
    return offer_again(change);
  fail({error.code, "the store refused a change of state: " + error.message, error.where});
  pump(); // a failure or an abort may have been wanted before
}

// With one database for several nodes its absence is a matter of seconds, and no reason to fail.
bool CalculationState::is_worth_waiting(const Change& change, const Error& error) const {
  if (change.state == State::failed || change.state == State::aborted)
    return true;
  return peers_.links && (error.code == Errc::unavailable || error.code == Errc::timeout);
}

void CalculationState::offer_again(const Change& change) {
  wanted_.push_front(change);
  // Where others may take over, nobody is told what is not durable.
  if (++refusals_ == kRefusalsBeforeTold && !peers_.links)
    tell_undurable(change);
  const auto doubled = kFirstStoreRetry * (1 << std::min(refusals_ - 1, 10));
  const auto wait = std::min<std::chrono::milliseconds>(doubled, kLastStoreRetry);
  self_->delayed_send(self_, wait, retry_atom::value);
}

// The row has another revision than we knew: an answer of the store was lost, or somebody else
// wrote.
void CalculationState::catch_up(const Change& change) {
  self_->request(peers_.recorder, kStoreTimeout, find_atom::value, summary_->record().id)
    .then(
      [this, change](const RecordPtr& record) {
        if (record->epoch != summary_->record().epoch)
          return yield();
        lifecycle_.adopt(*record);
        publish(record);
        if (lifecycle_.state() == change.state && lifecycle_.phase() == change.phase)
          after(change);
        else if (!is_live(lifecycle_.state()))
          end();
        else
          wanted_.push_front(change);
        pump();
      },
      [this, change](const caf::error& error) {
        refused(change, {Errc::unavailable, from_caf(error).message, {}});
      });
}

// The store does not take the end of this calculation; its pollers need not wait for it for ever.
void CalculationState::tell_undurable(const Change& change) {
  auto record = summary_->record();
  record.status = to_string(change.state);
  record.stopped_at = now_microseconds();
  if (change.error)
    record.error = record.traceback = change.error->text();
  ++record.revision;
  publish(std::make_shared<const store::CalculationRecord>(std::move(record)));
  answer_aborts(change.state == State::aborted);
}

void CalculationState::publish(const RecordPtr& record) {
  summary_.emplace(record, peers_.seed_words);
  const auto done = progress();
  summary_->set_progress(done);
  history_.add(record, done);
  self_->send(peers_.catalog, changed_atom::value, record);
  if (peers_.notifier)
    self_->send(peers_.notifier, changed_atom::value, record);
  put_into_cache();
  if (!peers_.links)
    return;
  self_->send(peers_.links->neighbours, notice_atom::value, record->id, record->revision);
  if (!std::exchange(refreshing_, true))
    self_->delayed_send(self_, kLiveSummaryPut, refresh_atom::value);
}

void CalculationState::put_into_cache() {
  const auto& record = summary_->record();
  cache::Summary summary{record.id, record.revision, record_text(record)};
  if (peers_.links && is_live(summary_->state()))
    summary.lifetime = kLiveSummaryTime;
  self_->send(peers_.cache, put_atom::value,
              SummaryPtr(std::make_shared<const cache::Summary>(std::move(summary))));
}

// The other nodes believe the cache as long as its owner is heard there.
void CalculationState::refresh() {
  refreshing_ = is_live(summary_->state()) && !draining_;
  if (!refreshing_)
    return;
  if (may_speak(peers_.links))
    put_into_cache();
  self_->delayed_send(self_, kLiveSummaryPut, refresh_atom::value);
}

void CalculationState::after(const Change& change) {
  if (change.state == State::submitted)
    self_->send(peers_.directory, ready_atom::value, summary_->record().id);
  else if (change.phase == Phase::pre_executing)
    prepare();
  else if (is_end(change))
    end();
}

void CalculationState::end() {
  stop_work();
  plan_.reset();
  if (assembler_)
    self_->send_exit(assembler_, caf::exit_reason::user_shutdown);
  assembler_ = nullptr;
  wanted_.clear();
  answer_aborts(lifecycle_.state() == State::aborted);
  self_->send(peers_.directory, ended_atom::value, summary_->shared_record());
}

void CalculationState::answer_aborts(bool aborted) {
  for (const auto& sink : std::exchange(abort_waiters_, {}))
    sink->deliver(aborted ? killing(summary_->record().id) : not_running(summary_->record().id));
}

} // namespace oq::actors
