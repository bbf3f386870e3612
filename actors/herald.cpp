// Who is let in, who is told, who is let go.
#include "actors/herald.hpp"

#include <caf/send.hpp>

namespace oq::actors {
namespace {

// Carries one answer to the herald; one that is never given is told as well.
class InquirySink final : public ReplySink {
public:
  InquirySink(Herald herald, const Inquiry& inquiry)
    : herald_(std::move(herald)), inquiry_(inquiry) {}
  ~InquirySink() override {
    if (!delivered_)
      deliver(error_answer({Errc::unavailable, "nobody answered", {}}));
  }
  void deliver(Answer answer) override {
    delivered_ = true;
    caf::anon_send(herald_, answer_atom::value, inquiry_,
                   std::make_shared<const Answer>(std::move(answer)));
  }

private:
  Herald herald_;
  Inquiry inquiry_;
  bool delivered_ = false;
};

std::optional<FeedPage> page_of(const Answer& answer) {
  if (answer.code != Errc::none || !answer.body)
    return std::nullopt;
  return parse_feed(*answer.body);
}

SharedText goodbye() {
  static const auto text = stream_farewell("the server is stopping");
  return text;
}

} // namespace

void HeraldState::inquire(const Question& question, const Inquiry& inquiry) {
  self_->send(peers_.calculations, ask_atom::value, question,
              SinkPtr(std::make_shared<InquirySink>(Herald(self_), inquiry)));
}

// As the client itself: who may not see it is refused as everywhere.
void HeraldState::watch(const Question& question, const EventSinkPtr& sink) {
  guests_.emplace(++last_guest_, sink);
  inquire(question, {question.id, question.kind, question.first, last_guest_});
}

void HeraldState::wait(Question question, const Wait& wait, const SinkPtr& sink) {
  question.first = wait.since;
  if (draining_)
    return self_->send(peers_.calculations, ask_atom::value, question, sink);
  guests_.emplace(++last_guest_, Waiter{question, sink, self_->clock().now() + wait.longest});
  auto states = question;
  states.kind = QuestionKind::events;
  inquire(states, {question.id, states.kind, question.first, last_guest_});
}

void HeraldState::watch(const ListQuestion& question, std::int64_t since,
                        const EventSinkPtr& sink) {
  if (is_restricted(question.viewer))
    return receive({{question, nullptr, {}}, sink, since});
  list_.join(question, since, sink);
  if (draining_)
    return list_.end(goodbye());
  keep_ticking();
}

void HeraldState::wait(const ListQuestion& question, const Wait& wait, const SinkPtr& sink) {
  ListWaiter waiter{question, sink, self_->clock().now() + wait.longest};
  if (is_restricted(question.viewer))
    return receive({std::move(waiter), nullptr, wait.since});
  if (!draining_ && list_.wait(wait.since, std::move(waiter)))
    return keep_ticking();
  self_->send(peers_.catalog, list_atom::value, question, sink);
}

// Only the catalog knows at which revision their list is.
void HeraldState::receive(ListGuest guest) {
  const auto question = guest.waiter.question;
  guests_.emplace(++last_guest_, std::move(guest));
  const Inquiry inquiry{.guest = last_guest_};
  self_->send(peers_.catalog, list_atom::value, question,
              SinkPtr(std::make_shared<InquirySink>(Herald(self_), inquiry)));
}

// What changed after the answer is told after it: nothing is missed in between.
void HeraldState::let_in(ListGuest guest, const Answer& answer) {
  const auto shown = static_cast<std::int64_t>(answer.revision);
  if (const auto& listener = guest.listener) {
    if (answer.code != Errc::none)
      return listener->refuse(answer);
    list_.join_restricted(std::move(guest.waiter.question), guest.since, shown, listener);
    return draining_ ? list_.end(goodbye()) : keep_ticking();
  }
  if (answer.code != Errc::none || draining_ || shown > guest.since)
    return guest.waiter.sink->deliver(answer);
  list_.wait(std::move(guest.waiter));
  keep_ticking();
}

void HeraldState::answered(const Inquiry& inquiry, const Answer& answer) {
  if (inquiry.guest != 0)
    return let_in(inquiry, answer);
  if (inquiry.kind == QuestionKind::progress)
    return tell_progress(inquiry.id, answer);
  const FeedKey key{inquiry.id, inquiry.kind};
  const auto found = feeds_.find(key);
  if (found == feeds_.end())
    return;
  auto& feed = found->second;
  const auto page = page_of(answer);
  release(page ? feed.tell(inquiry.position, *page) : feed.fail(inquiry.position));
  if (page)
    ask_for_news(key, feed, page->more);
  else if (answer.code == Errc::not_found)
    feed.end(stream_farewell("the calculation is gone"));
}

void HeraldState::let_in(const Inquiry& inquiry, const Answer& answer) {
  auto guest = guests_.extract(inquiry.guest);
  if (!guest)
    return;
  if (auto* of_list = std::get_if<ListGuest>(&guest.mapped()))
    return let_in(std::move(*of_list), answer);
  const auto page = page_of(answer);
  if (const auto* sink = std::get_if<EventSinkPtr>(&guest.mapped())) {
    if (page)
      let_in(*sink, inquiry, *page);
    else
      (*sink)->refuse(answer);
    return;
  }
  auto& waiter = std::get<Waiter>(guest.mapped());
  if (!page || page->position > inquiry.position || draining_)
    return release(std::vector<Waiter>{std::move(waiter)});
  const FeedKey key{inquiry.id, inquiry.kind};
  auto& feed = feeds_[key];
  feed.wait(inquiry.position, std::move(waiter));
  ask_for_news(key, feed, false);
  keep_ticking();
}

void HeraldState::let_in(const EventSinkPtr& sink, const Inquiry& inquiry, const FeedPage& page) {
  const bool is_all = !page.live && !page.more;
  if (is_all && page.events.empty() && inquiry.position > 0)
    return sink->refuse({}); // who came back for nothing need not come again
  sink->push(stream_greeting());
  sink->push(std::make_shared<const std::string>(page.events));
  if (is_all)
    return sink->end(stream_farewell("the calculation has ended"));
  if (draining_)
    return sink->end(goodbye());
  const FeedKey key{inquiry.id, inquiry.kind};
  auto& feed = feeds_[key];
  feed.join(page.position, sink);
  ask_for_news(key, feed, false);
  keep_ticking();
}

void HeraldState::ask_for_news(const FeedKey& key, Feed& feed, bool all) {
  const auto [id, kind] = key;
  for (const auto position : feed.due(all)) {
    Question question;
    question.kind = kind;
    question.id = id;
    question.first = position;
    inquire(question, {id, kind, position, 0});
  }
}

void HeraldState::tell_progress(CalculationId id, const Answer& answer) {
  const auto found = feeds_.find({id, QuestionKind::events});
  if (found != feeds_.end() && found->second.is_live() && answer.code == Errc::none && answer.body)
    found->second.push_progress(*answer.body);
}

void HeraldState::release(const std::vector<Waiter>& waiters) {
  for (const auto& waiter : waiters)
    self_->send(peers_.calculations, ask_atom::value, waiter.question, waiter.sink);
}

void HeraldState::release(const std::vector<ListWaiter>& waiters) {
  for (const auto& waiter : waiters)
    self_->send(peers_.catalog, list_atom::value, waiter.question, waiter.sink);
}

void HeraldState::change(std::int64_t revision, const RecordPtr& record) {
  if (!record)
    return list_.begin(revision);
  release(list_.add(revision, record));
  notice(record->id, record->revision);
}

void HeraldState::notice(CalculationId id, std::int64_t revision) {
  if (id == 0) {
    for (auto& [key, feed] : feeds_)
      feed.notice_all();
    return; // asked at the next tick, and not all at once by everybody
  }
  const auto found = feeds_.find({id, QuestionKind::events});
  if (found == feeds_.end())
    return;
  found->second.notice(revision);
  ask_for_news(found->first, found->second, false);
}

void HeraldState::drain() {
  draining_ = true;
  for (auto& [key, feed] : feeds_) {
    release(feed.take_waiters());
    feed.end(goodbye());
  }
  feeds_.clear();
  release(list_.take_waiters());
  list_.end(goodbye());
}

void HeraldState::keep_ticking() {
  if (!std::exchange(ticking_, true))
    self_->delayed_send(self_, kHeraldTick, tick_atom::value);
}

bool HeraldState::every(std::chrono::milliseconds period) const {
  return ticks_ % static_cast<std::uint64_t>(period / kHeraldTick) == 0;
}

void HeraldState::tick() {
  ticking_ = false;
  ++ticks_;
  const auto now = self_->clock().now();
  for (auto& [key, feed] : feeds_) {
    const auto [id, kind] = key;
    release(feed.take_expired(now));
    if (every(kHeartbeat))
      feed.push(stream_heartbeat());
    if (every(kProgressTold))
      feed.forget_gone();
    const bool is_log = kind == QuestionKind::log_events; // of its rows there are no notices
    ask_for_news(key, feed, is_log || every(kHeartbeat));
    if (!is_log && every(kProgressTold) && feed.is_live() && feed.has_listeners()) {
      Question question;
      question.kind = QuestionKind::progress;
      question.id = id;
      inquire(question, {id, question.kind, 0, 0});
    }
  }
  std::erase_if(feeds_, [](const auto& entry) {
    return entry.second.empty();
  });
  release(list_.take_expired(now));
  if (every(kHeartbeat))
    list_.push(stream_heartbeat());
  list_.catch_up();
  if (!feeds_.empty() || !list_.empty())
    keep_ticking();
}

Herald::behavior_type herald(Herald::stateful_pointer<HeraldState> self, HeraldPeers peers) {
  auto& state = self->state;
  state.begin(std::move(peers));
  return {
    [&state](watch_atom, const Question& question, const EventSinkPtr& sink) {
      state.watch(question, sink);
    },
    [&state](watch_atom, const ListQuestion& question, std::int64_t since,
             const EventSinkPtr& sink) {
      state.watch(question, since, sink);
    },
    [&state](wait_atom, const Question& question, const Wait& wait, const SinkPtr& sink) {
      state.wait(question, wait, sink);
    },
    [&state](wait_atom, const ListQuestion& question, const Wait& wait, const SinkPtr& sink) {
      state.wait(question, wait, sink);
    },
    [&state](changed_atom, std::int64_t revision, const RecordPtr& record) {
      state.change(revision, record);
    },
    [&state](notice_atom, CalculationId id, std::int64_t revision) {
      state.notice(id, revision);
    },
    [&state](drain_atom) {
      state.drain();
    },
    [&state](answer_atom, const Inquiry& inquiry, const AnswerPtr& answer) {
      state.answered(inquiry, *answer);
    },
    [&state](tick_atom) {
      state.tick();
    },
  };
}

} // namespace oq::actors
