// NullCache: nothing is there, nothing is stored.
#include "cache/null_cache.hpp"

namespace oq::cache {

void NullCache::get(std::int64_t, Answer answer) {
  answer(std::nullopt);
}

void NullCache::put(const Summary&, Done done) {
  done(true);
}

void NullCache::remove(std::int64_t) {}

void NullCache::on_change(Notice) {}

bool NullCache::healthy() const {
  return false;
}

} // namespace oq::cache
