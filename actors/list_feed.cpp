// A ring of changes, and a place in it for each listener.
#include "actors/list_feed.hpp"

#include "actors/history.hpp"
#include "actors/lifecycle.hpp"

#include <algorithm>
#include <iterator>

namespace oq::actors {
namespace {

SharedText place_event(std::int64_t revision, std::string_view name) {
  return std::make_shared<const std::string>(
    event_text(revision, name, "{\"revision\": " + std::to_string(revision) + "}"));
}

std::vector<ListWaiter> take(std::vector<ListWaiter>& from, const auto& is_taken) {
  const auto first = std::stable_partition(from.begin(), from.end(), [&](const ListWaiter& waiter) {
    return !is_taken(waiter);
  });
  std::vector<ListWaiter> taken(std::make_move_iterator(first),
                                std::make_move_iterator(from.end()));
  from.erase(first, from.end());
  return taken;
}

} // namespace

bool lets_through(const ListQuestion& question, const store::CalculationRecord& record) {
  if (question.kind != ListKind::modern && record.is_risk != (question.kind == ListKind::seed_risk))
    return false;
  const bool shared = record.status == to_string(State::shared);
  if (question.viewer && !question.viewer->sees(record.owner, shared))
    return false;
  const auto start = record.started_at != 0 ? record.started_at : record.created_at;
  return question.calculation_mode.value_or(record.calculation_mode) == record.calculation_mode
         && question.started_since.value_or(start) <= start;
}

void ListFeed::begin(std::int64_t revision) {
  if (revision_ == 0)
    dropped_ = revision;
  revision_ = forgotten_ = std::max(revision_, revision);
}

std::vector<ListWaiter> ListFeed::add(std::int64_t revision, const RecordPtr& record) {
  revision_ = std::max(revision_ + 1, revision);
  changes_.push_back({revision_, record,
                      std::make_shared<const std::string>(event_text(
                        revision_, "calculation", state_data(*record, progress_of(*record))))});
  if (changes_.size() > most_kept_) {
    dropped_ = changes_.front().revision;
    forgotten_ = std::max(forgotten_, dropped_);
    changes_.pop_front();
  }
  catch_up();
  return take(waiters_, [&](const ListWaiter& waiter) {
    return lets_through(waiter.question, *record);
  });
}

// False: it is gone.
bool ListFeed::serve(Listener& listener) {
  if (listener.sink->is_gone())
    return false;
  const bool restricted = is_restricted(listener.question.viewer);
  if (listener.told < (restricted ? dropped_ : forgotten_) && listener.sink->is_ready()) {
    listener.told = revision_;
    return listener.sink->push(place_event(restricted ? listener.shown : revision_, "reset"));
  }
  const auto first = std::ranges::upper_bound(changes_, listener.told, {}, &Change::revision);
  for (auto change = first; change != changes_.end() && listener.sink->is_ready(); ++change) {
    listener.told = change->revision;
    if (!lets_through(listener.question, *change->record))
      continue;
    listener.shown = change->revision;
    if (!listener.sink->push(change->event))
      return false;
  }
  return true;
}

void ListFeed::catch_up() {
  std::erase_if(listeners_, [this](Listener& listener) {
    return !serve(listener);
  });
}

void ListFeed::join(ListQuestion question, std::int64_t since, EventSinkPtr listener) {
  listener->push(stream_greeting());
  if (since == 0) {
    since = revision_;
    listener->push(place_event(revision_, "ready"));
  }
  let_in({std::move(question), std::move(listener), std::min(since, revision_)});
}

void ListFeed::join_restricted(ListQuestion question, std::int64_t since, std::int64_t shown,
                               EventSinkPtr listener) {
  listener->push(stream_greeting());
  if (since == 0)
    listener->push(place_event(shown, "ready"));
  const bool is_up_to_date = since == 0 || since >= shown;
  let_in({std::move(question), std::move(listener), is_up_to_date ? revision_ : since, shown});
}

void ListFeed::let_in(Listener listener) {
  if (serve(listener))
    listeners_.push_back(std::move(listener));
}

bool ListFeed::wait(std::int64_t since, ListWaiter waiter) {
  if (since < revision_)
    return false;
  waiters_.push_back(std::move(waiter));
  return true;
}

void ListFeed::push(const SharedText& piece) {
  for (const auto& listener : listeners_)
    if (listener.sink->is_ready())
      listener.sink->push(piece);
}

std::vector<ListWaiter> ListFeed::take_expired(WaitClock::time_point now) {
  return take(waiters_, [now](const ListWaiter& waiter) {
    return waiter.until <= now;
  });
}

void ListFeed::end(const SharedText& last) {
  for (const auto& listener : std::exchange(listeners_, {}))
    listener.sink->end(last);
}

} // namespace oq::actors
