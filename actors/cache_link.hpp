// The cache link: the summary cache as an actor, so that a silent cache is a request without an
// answer.
#pragma once

#include "actors/gauges.hpp"
#include "actors/messages.hpp"

#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>
#include <caf/typed_response_promise.hpp>

#include <map>
#include <vector>

namespace oq::actors {

// Who wants to hear of changes on any node; (0, 0) after notices may have been lost.
using ChangeObserver = caf::typed_actor<caf::reacts_to<notice_atom, CalculationId, std::int64_t>>;

using CacheLink = caf::typed_actor<
  // Null when the cache has nothing, or something older than what could not be put there. May never
  // answer: whoever asks sets kCacheTimeout.
  caf::replies_to<get_atom, CalculationId>::with<SummaryPtr>, caf::reacts_to<put_atom, SummaryPtr>,
  caf::reacts_to<drop_atom, CalculationId>, caf::reacts_to<observe_atom, ChangeObserver>,
  // To itself, from the cache's thread: an answer to get number N; whether a put of an id and
  // revision was stored; a notice.
  caf::reacts_to<result_atom, std::uint64_t, SummaryPtr>,
  caf::reacts_to<result_atom, CalculationId, std::int64_t, bool>,
  caf::reacts_to<notice_atom, CalculationId, std::int64_t>>;

struct CacheLinkState {
  static constexpr const char* name = "cache-link";
  explicit CacheLinkState(CacheLink::stateful_pointer<CacheLinkState> owner) : self(owner) {}

  void get(CalculationId id, caf::typed_response_promise<SummaryPtr> promise);
  void answer(std::uint64_t number, const SummaryPtr& summary);
  void put(const SummaryPtr& summary);
  void stored(CalculationId id, std::int64_t revision, bool success);
  void drop(CalculationId id);
  void notice(CalculationId id, std::int64_t revision);

  CacheLink::stateful_pointer<CacheLinkState> self;
  std::shared_ptr<cache::SummaryCache> cache; // null: there is none
  std::vector<ChangeObserver> observers;
  GaugesPtr gauges = std::make_shared<Gauges>();

private:
  std::map<std::uint64_t, caf::typed_response_promise<SummaryPtr>> asked_;
  std::uint64_t last_number_ = 0;
  // Newest summaries that the cache has not confirmed: put again when it is back.
  std::map<CalculationId, SummaryPtr> unconfirmed_;
};

CacheLink::behavior_type cache_link(CacheLink::stateful_pointer<CacheLinkState> self,
                                    std::shared_ptr<cache::SummaryCache> cache);

} // namespace oq::actors
