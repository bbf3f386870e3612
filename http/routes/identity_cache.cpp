// One map under one lock, held for a look-up: what a poll costs besides is a hundred times that.
#include "http/routes/identity_cache.hpp"

namespace oq::http {
namespace {

std::string key_of(const actors::Credential& credential) {
  const char kind = credential.kind == actors::Credential::Kind::session ? 's' : 'k';
  return kind + credential.digest;
}

} // namespace

actors::ViewerPtr IdentityCache::find(const actors::Credential& credential, Instant now) {
  const std::lock_guard lock(mutex_);
  const auto found = known_.find(key_of(credential));
  if (found == known_.end() || now - found->second.since >= kRemembered)
    return nullptr;
  return found->second.viewer;
}

void IdentityCache::put(const actors::Credential& credential, actors::ViewerPtr viewer,
                        Instant asked) {
  const std::lock_guard lock(mutex_);
  make_room(asked);
  const auto [place, is_new] = known_.try_emplace(key_of(credential), Known{viewer, asked});
  if (!is_new && place->second.since < asked)
    place->second = {std::move(viewer), asked};
}

void IdentityCache::forget(const actors::Credential& credential, Instant now) {
  const std::lock_guard lock(mutex_);
  make_room(now);
  known_.insert_or_assign(key_of(credential), Known{nullptr, now});
}

void IdentityCache::make_room(Instant now) {
  if (known_.size() < kMost)
    return;
  std::erase_if(known_, [&](const auto& entry) {
    return now - entry.second.since >= kRemembered;
  });
  if (known_.size() >= kMost)
    known_.clear();
}

} // namespace oq::http
