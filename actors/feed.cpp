// Groups that move along together and merge.
#include "actors/feed.hpp"

#include <algorithm>
#include <iterator>

namespace oq::actors {
namespace {

SharedText shared(std::string text) {
  return std::make_shared<const std::string>(std::move(text));
}

void append(std::vector<Waiter>& to, std::vector<Waiter>&& from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
  from.clear();
}

} // namespace

// Clients come back after two seconds, with the id of the last event that they saw.
SharedText stream_greeting() {
  static const auto text = shared("retry: 2000\n\n");
  return text;
}

SharedText stream_heartbeat() {
  static const auto text = shared(": still here\n\n");
  return text;
}

SharedText stream_farewell(std::string_view reason) {
  return shared(event_text("end", "{\"reason\": \"" + std::string(reason) + "\"}"));
}

void Feed::join(std::int64_t position, EventSinkPtr listener) {
  groups_[position].listeners.push_back(std::move(listener));
}

void Feed::wait(std::int64_t position, Waiter waiter) {
  groups_[position].waiters.push_back(std::move(waiter));
}

void Feed::notice(std::int64_t position) {
  for (auto group = groups_.begin(); group != groups_.end() && group->first < position; ++group)
    group->second.up_to_date = false;
}

void Feed::notice_all() {
  for (auto& [position, group] : groups_)
    group.up_to_date = false;
}

std::vector<std::int64_t> Feed::due(bool all) {
  std::vector<std::int64_t> positions;
  for (auto& [position, group] : groups_) {
    const auto is_ready = [](const EventSinkPtr& listener) {
      return listener->is_ready();
    };
    if (group.asked || (group.up_to_date && !all)
        || (group.waiters.empty() && std::ranges::none_of(group.listeners, is_ready)))
      continue;
    group.asked = group.up_to_date = true; // a notice that comes now counts
    positions.push_back(position);
  }
  return positions;
}

// Those who do not read stay.
void Feed::move_on(std::vector<EventSinkPtr>& listeners, const FeedPage& page) {
  const auto piece = shared(page.events);
  const bool is_last = !page.live && !page.more;
  static const auto farewell = stream_farewell("the calculation has ended");
  std::erase_if(listeners, [&](const EventSinkPtr& listener) {
    if (listener->is_gone())
      return true;
    if (!listener->is_ready())
      return false;
    if (!listener->push(piece))
      return true;
    if (is_last)
      listener->end(farewell);
    else
      groups_[page.position].listeners.push_back(listener);
    return true;
  });
}

std::vector<Waiter> Feed::tell(std::int64_t asked, const FeedPage& page) {
  live_ = page.live;
  const auto found = groups_.find(asked);
  if (found == groups_.end())
    return {};
  auto& group = found->second;
  group.asked = false;
  std::vector<Waiter> released;
  if (page.position > asked) {
    released = std::exchange(group.waiters, {});
    move_on(group.listeners, page);
    group.up_to_date = false; // whoever stayed missed something
  } else if (!page.live && !page.more) {
    for (const auto& listener : std::exchange(group.listeners, {}))
      listener->end(stream_farewell("the calculation has ended"));
  }
  drop_empty();
  return released;
}

std::vector<Waiter> Feed::fail(std::int64_t asked) {
  const auto found = groups_.find(asked);
  if (found == groups_.end())
    return {};
  found->second.asked = found->second.up_to_date = false;
  auto released = std::exchange(found->second.waiters, {});
  drop_empty();
  return released;
}

void Feed::push(const SharedText& piece) {
  for (auto& [position, group] : groups_)
    for (const auto& listener : group.listeners)
      if (listener->is_ready())
        listener->push(piece);
}

void Feed::push_progress(std::string_view data) {
  if (progress_ == data)
    return;
  progress_ = data;
  push(shared(event_text("progress", data)));
}

std::vector<Waiter> Feed::take_expired(WaitClock::time_point now) {
  std::vector<Waiter> expired;
  for (auto& [position, group] : groups_) {
    const auto first = std::stable_partition(group.waiters.begin(), group.waiters.end(),
                                             [now](const Waiter& waiter) {
                                               return waiter.until > now;
                                             });
    expired.insert(expired.end(), std::make_move_iterator(first),
                   std::make_move_iterator(group.waiters.end()));
    group.waiters.erase(first, group.waiters.end());
  }
  drop_empty();
  return expired;
}

std::vector<Waiter> Feed::take_waiters() {
  std::vector<Waiter> taken;
  for (auto& [position, group] : groups_)
    append(taken, std::move(group.waiters));
  drop_empty();
  return taken;
}

void Feed::end(const SharedText& last) {
  for (auto& [position, group] : groups_)
    for (const auto& listener : std::exchange(group.listeners, {}))
      listener->end(last);
  drop_empty();
}

void Feed::forget_gone() {
  for (auto& [position, group] : groups_)
    std::erase_if(group.listeners, [](const EventSinkPtr& listener) {
      return listener->is_gone();
    });
  drop_empty();
}

bool Feed::has_listeners() const noexcept {
  return std::ranges::any_of(groups_, [](const auto& entry) {
    return !entry.second.listeners.empty();
  });
}

void Feed::drop_empty() {
  std::erase_if(groups_, [](const auto& entry) {
    return entry.second.is_empty();
  });
}

} // namespace oq::actors
