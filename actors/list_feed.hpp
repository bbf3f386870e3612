// ListFeed: the last changes of the list of calculations, and who listens or waits for them.
#pragma once

#include "actors/feed.hpp"
#include "actors/summary.hpp"

#include <algorithm>
#include <deque>
#include <utility>
#include <vector>

namespace oq::actors {

// Whether a change is one that the question's filters let through and its viewer sees.
bool lets_through(const ListQuestion& question, const store::CalculationRecord& record);

// A list question whose answer waits for a change.
struct ListWaiter {
  ListQuestion question;
  SinkPtr sink;
  WaitClock::time_point until;
};

class ListFeed {
public:
  explicit ListFeed(std::size_t most_kept) : most_kept_(most_kept) {}

  // The list has this revision; what changed before is not known.
  void begin(std::int64_t revision);
  // A change that made this revision of the list. Returns those who need wait no longer.
  std::vector<ListWaiter> add(std::int64_t revision, const RecordPtr& record);

  std::int64_t revision() const noexcept { return revision_; }
  // From the change after `since` on; 0: from now on. One who was away for too long hears `reset`
  // and has to read the list.
  void join(ListQuestion question, std::int64_t since, EventSinkPtr listener);
  // The same for one who does not see everything: their list is at the revision `shown`, and what
  // happened to the rest must not show.
  void join_restricted(ListQuestion question, std::int64_t since, std::int64_t shown,
                       EventSinkPtr listener);
  // Whether there is nothing newer to be told; else it need not wait.
  bool wait(std::int64_t since, ListWaiter waiter);
  // The next change that it sees is waited for.
  void wait(ListWaiter waiter) { waiters_.push_back(std::move(waiter)); }

  void push(const SharedText& piece);
  // To those who did not read and do now.
  void catch_up();
  std::vector<ListWaiter> take_expired(WaitClock::time_point now);
  std::vector<ListWaiter> take_waiters() { return std::exchange(waiters_, {}); }
  void end(const SharedText& last);
  bool empty() const noexcept { return listeners_.empty() && waiters_.empty(); }

private:
  struct Change {
    std::int64_t revision;
    RecordPtr record;
    SharedText event;
  };
  struct Listener {
    ListQuestion question;
    EventSinkPtr sink;
    std::int64_t told = 0;  // they heard of all that they see up to it
    std::int64_t shown = 0; // of restricted ones: the last revision that they were told
  };
  bool serve(Listener& listener);
  void let_in(Listener listener);

  std::size_t most_kept_;
  std::int64_t revision_ = 0;
  std::int64_t forgotten_ = 0; // changes up to this revision are not kept
  std::int64_t dropped_ = 0;   // the same, of calculations; not all changes are
  std::deque<Change> changes_;
  std::vector<Listener> listeners_;
  std::vector<ListWaiter> waiters_;
};

} // namespace oq::actors
