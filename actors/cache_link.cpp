// Callbacks of the cache's thread become messages to the link.
#include "actors/cache_link.hpp"

#include "actors/defaults.hpp"

#include <caf/send.hpp>

namespace oq::actors {
namespace {

// Gets that a silent cache never answered are forgotten beyond this many; their askers have timed
// out.
constexpr std::size_t kMostAsked = 10'000;
constexpr std::size_t kMostUnconfirmed = 10'000;

} // namespace

void CacheLinkState::get(CalculationId id, caf::typed_response_promise<SummaryPtr> promise) {
  if (!cache || unconfirmed_.contains(id)) {
    promise.deliver(SummaryPtr{});
    return;
  }
  if (asked_.size() >= kMostAsked)
    asked_.erase(asked_.begin());
  const auto number = ++last_number_;
  asked_.emplace(number, std::move(promise));
  cache->get(id, [link = CacheLink(self), number](std::optional<cache::Summary> summary) {
    auto found =
      summary ? std::make_shared<const cache::Summary>(*std::move(summary)) : SummaryPtr{};
    caf::anon_send(link, result_atom::value, number, std::move(found));
  });
}

void CacheLinkState::answer(std::uint64_t number, const SummaryPtr& summary) {
  const auto asked = asked_.find(number);
  if (asked == asked_.end())
    return;
  auto promise = std::move(asked->second);
  asked_.erase(asked);
  if (cache->healthy())
    (summary ? gauges->cache_hits : gauges->cache_misses).add();
  else
    gauges->cache_failures.add();
  promise.deliver(summary);
}

void CacheLinkState::put(const SummaryPtr& summary) {
  if (!cache)
    return;
  const auto id = summary->calculation_id;
  if (unconfirmed_.size() < kMostUnconfirmed)
    unconfirmed_[id] = summary;
  cache->put(*summary, [link = CacheLink(self), id, revision = summary->revision](bool success) {
    caf::anon_send(link, result_atom::value, id, revision, success);
  });
}

void CacheLinkState::stored(CalculationId id, std::int64_t revision, bool success) {
  const auto waiting = unconfirmed_.find(id);
  if (success && waiting != unconfirmed_.end() && waiting->second->revision <= revision)
    unconfirmed_.erase(waiting);
}

void CacheLinkState::drop(CalculationId id) {
  unconfirmed_.erase(id);
  if (cache)
    cache->remove(id);
}

void CacheLinkState::notice(CalculationId id, std::int64_t revision) {
  if (id == 0)
    for (const auto& [missing, summary] : std::exchange(unconfirmed_, {}))
      put(summary);
  for (const auto& observer : observers)
    self->send(observer, notice_atom::value, id, revision);
}

CacheLink::behavior_type cache_link(CacheLink::stateful_pointer<CacheLinkState> self,
                                    std::shared_ptr<cache::SummaryCache> cache) {
  auto& state = self->state;
  state.cache = std::move(cache);
  if (state.cache)
    state.cache->on_change([link = CacheLink(self)](CalculationId id, std::int64_t revision) {
      caf::anon_send(link, notice_atom::value, id, revision);
    });
  return {
    [self, &state](get_atom, CalculationId id) -> caf::result<SummaryPtr> {
      auto promise = self->make_response_promise<SummaryPtr>();
      state.get(id, promise);
      return promise;
    },
    [&state](put_atom, const SummaryPtr& summary) {
      state.put(summary);
    },
    [&state](drop_atom, CalculationId id) {
      state.drop(id);
    },
    [&state](observe_atom, const ChangeObserver& observer) {
      state.observers.push_back(observer);
    },
    [&state](result_atom, std::uint64_t number, const SummaryPtr& summary) {
      state.answer(number, summary);
    },
    [&state](result_atom, CalculationId id, std::int64_t revision, bool success) {
      state.stored(id, revision, success);
    },
    [&state](notice_atom, CalculationId id, std::int64_t revision) {
      state.notice(id, revision);
    },
  };
}

} // namespace oq::actors
