// RedisAddress: where a Redis server listens, read from a URL.
#pragma once

#include "engine/base/result.hpp"

#include <string>

namespace oq::cache {

struct RedisAddress {
  std::string socket; // path of a unix socket; empty: host and port
  std::string host; // an address or a name of /etc/hosts: the cache's thread waits for its look-up
  int port = 6379;
  int database = 0;
  std::string user, password; // empty: none
};

// "unix:///run/redis.sock[?db=N]" or "redis://[[user]:password@]host[:port][/database]", IPv6 in
// brackets.
Result<RedisAddress> parse_redis_url(const std::string& url);

} // namespace oq::cache
