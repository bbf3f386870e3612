// The herald: keeps those who wait for news of a calculation or of the list, and tells them.
#pragma once

#include "actors/cache_link.hpp"
#include "actors/catalog.hpp"
#include "actors/defaults.hpp"
#include "actors/feed.hpp"
#include "actors/handles.hpp"
#include "actors/list_feed.hpp"
#include "actors/wire.hpp"

#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <map>
#include <utility>
#include <variant>

namespace oq::actors {

// What the herald asked about a calculation, to know its answer again.
struct Inquiry {
  CalculationId id = 0;
  QuestionKind kind = QuestionKind::events; // events, log_events, progress
  std::int64_t position = 0;                // what those know who are to be told
  std::uint64_t guest = 0; // who is let in when there is an answer; 0: those who are in already
};

} // namespace oq::actors

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(oq::actors::Inquiry)

namespace oq::actors {

// Knows nothing itself: hears that there is news, asks for it as any client does, once for all who
// know the same, and hands it on. So it is the same for calculations that live here, elsewhere or
// nowhere, and what a slow reader missed is still where it was.
using Herald = HeraldPort::extend<
  // The list has changed to this revision by this; null: it only has this revision.
  caf::reacts_to<changed_atom, std::int64_t, RecordPtr>,
  // A calculation has changed on some node; (0, 0): any may have.
  caf::reacts_to<notice_atom, CalculationId, std::int64_t>,
  // The node stops: everybody is answered now and from now on at once, so that clients go
  // elsewhere.
  caf::reacts_to<drain_atom>,
  // To itself: an answer; a look at the clock.
  caf::reacts_to<answer_atom, Inquiry, AnswerPtr>, caf::reacts_to<tick_atom>>;

struct HeraldPeers {
  CalculationsPort calculations;
  CatalogPort catalog;
};

class HeraldState {
public:
  static constexpr const char* name = "herald";
  using Self = Herald::stateful_pointer<HeraldState>;
  explicit HeraldState(Self self) : self_(self) {}

  void begin(HeraldPeers peers) { peers_ = std::move(peers); }
  void watch(const Question& question, const EventSinkPtr& sink);
  void watch(const ListQuestion& question, std::int64_t since, const EventSinkPtr& sink);
  void wait(Question question, const Wait& wait, const SinkPtr& sink);
  void wait(const ListQuestion& question, const Wait& wait, const SinkPtr& sink);
  void change(std::int64_t revision, const RecordPtr& record);
  void notice(CalculationId id, std::int64_t revision);
  void drain();
  void answered(const Inquiry& inquiry, const Answer& answer);
  void tick();

private:
  // Of the list, for one who does not see all of it.
  struct ListGuest {
    ListWaiter waiter; // its sink is null for a listener
    EventSinkPtr listener;
    std::int64_t since = 0;
  };
  using Guest = std::variant<EventSinkPtr, Waiter, ListGuest>;
  // Kind: events or log_events.
  using FeedKey = std::pair<CalculationId, QuestionKind>;

  void inquire(const Question& question, const Inquiry& inquiry);
  void ask_for_news(const FeedKey& key, Feed& feed, bool all);
  void let_in(const Inquiry& inquiry, const Answer& answer);
  void let_in(const EventSinkPtr& sink, const Inquiry& inquiry, const FeedPage& page);
  void receive(ListGuest guest);
  void let_in(ListGuest guest, const Answer& answer);
  void tell_progress(CalculationId id, const Answer& answer);
  void release(const std::vector<Waiter>& waiters);
  void release(const std::vector<ListWaiter>& waiters);
  void keep_ticking();
  bool every(std::chrono::milliseconds period) const;

  Self self_;
  HeraldPeers peers_;
  std::map<FeedKey, Feed> feeds_;
  std::map<std::uint64_t, Guest> guests_;
  ListFeed list_{kListChangesKept};
  std::uint64_t last_guest_ = 0;
  std::uint64_t ticks_ = 0;
  bool ticking_ = false;
  bool draining_ = false;
};

Herald::behavior_type herald(Herald::stateful_pointer<HeraldState> self, HeraldPeers peers);

} // namespace oq::actors
