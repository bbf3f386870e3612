// RedisCache: a SummaryCache on a Redis server, behind a thread of its own.
#pragma once

#include "cache/redis_address.hpp"
#include "cache/summary_cache.hpp"

#include <chrono>
#include <memory>

namespace oq::cache {

using Milliseconds = std::chrono::milliseconds;

struct RedisTimings {
  Milliseconds silence{
    250}; // without progress: the server is frozen or gone, the connection is given up
  Milliseconds answer{500};     // no call is answered later
  Milliseconds heartbeat{1000}; // a quiet connection is asked whether it lives
  Milliseconds first_backoff{50}, longest_backoff{1000}; // between attempts to connect, doubling
};

// Beyond so many unanswered calls the answer "nothing" comes at once, from the caller's own thread.
inline constexpr int kMostCalls = 10'000;

// Never fails: a server that is not there is looked for as long as the cache lives. A notice (0, 0)
// comes each time the subscription stands anew, the first time included.
std::unique_ptr<SummaryCache> make_redis_cache(const RedisAddress& address,
                                               const RedisTimings& timings = {});

} // namespace oq::cache
