// Feed: who listens to the states (the log) of one calculation, grouped by what they know already.
#pragma once

#include "actors/feed_page.hpp"

#include <chrono>
#include <map>
#include <vector>

namespace oq::actors {

using WaitClock = std::chrono::steady_clock;

// A question whose answer waits for something newer.
struct Waiter {
  Question question;
  SinkPtr sink;
  WaitClock::time_point until;
};

// What every listener's stream begins with, is kept alive by, and ends with.
SharedText stream_greeting();
SharedText stream_heartbeat();
SharedText stream_farewell(std::string_view reason);

// Nothing is copied for one listener: those who know the same get the same bytes. One who does not
// read stays where he is, and is told the rest when he does: what is told is kept by its owner.
class Feed {
public:
  void join(std::int64_t position, EventSinkPtr listener);
  void wait(std::int64_t position, Waiter waiter);
  // There is something up to this position.
  void notice(std::int64_t position);
  // (0, 0): anything may have changed.
  void notice_all();

  // Positions about which there is news to be asked for now; each is not given again before tell()
  // or fail(). `all`: also those that know of nothing newer.
  std::vector<std::int64_t> due(bool all);
  // The page that follows `asked`. Returns those who need wait no longer.
  std::vector<Waiter> tell(std::int64_t asked, const FeedPage& page);
  // There was no answer. Returns those who need wait no longer; listeners stay.
  std::vector<Waiter> fail(std::int64_t asked);

  // To every listener that reads.
  void push(const SharedText& piece);
  // The same text is not told twice in a row.
  void push_progress(std::string_view data);
  std::vector<Waiter> take_expired(WaitClock::time_point now);
  std::vector<Waiter> take_waiters();
  void end(const SharedText& last);
  void forget_gone();

  bool empty() const noexcept { return groups_.empty(); }
  bool has_listeners() const noexcept;
  bool is_live() const noexcept { return live_; }

private:
  struct Group {
    std::vector<EventSinkPtr> listeners;
    std::vector<Waiter> waiters;
    bool asked = false;
    bool up_to_date = false; // as far as has been noticed
    bool is_empty() const noexcept { return listeners.empty() && waiters.empty(); }
  };
  void move_on(std::vector<EventSinkPtr>& listeners, const FeedPage& page);
  void drop_empty();

  std::map<std::int64_t, Group> groups_; // by what they know
  bool live_ = true;
  std::string progress_; // told last
};

} // namespace oq::actors
