// open_cache: "none" or the URL of a Redis server.
#include "cache/open_cache.hpp"

#include "cache/null_cache.hpp"
#include "cache/redis_cache.hpp"

namespace oq::cache {

Result<std::unique_ptr<SummaryCache>> open_cache(const std::string& url) {
  if (url == "none")
    return std::unique_ptr<SummaryCache>(std::make_unique<NullCache>());
  OQ_TRY(const auto address, parse_redis_url(url));
  return make_redis_cache(address);
}

} // namespace oq::cache
