// RedisCache: a SummaryCache on a Redis server, behind a thread of its own.
#pragma once

#include "cache/redis_address.hpp"
#include "cache/summary_cache.hpp"

#include <memory>

namespace oq::cache {

// Never fails: a server that is not there is looked for as long as the cache lives. Every call is
// answered within kAnswerMilliseconds; beyond kMostCalls unanswered ones the answer "nothing" comes
// at once, from the caller's own thread. A notice (0, 0) comes each time the subscription stands
// anew, the first time included.
inline constexpr int kAnswerMilliseconds = 500;
inline constexpr int kMostCalls = 10'000;

std::unique_ptr<SummaryCache> make_redis_cache(const RedisAddress& address);

} // namespace oq::cache
