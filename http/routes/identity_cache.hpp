// IdentityCache: who was behind a credential a moment ago, so that polling asks the store rarely.
#pragma once

#include "actors/identity.hpp"

#include <chrono>
#include <mutex>
#include <string>
#include <unordered_map>

namespace oq::http {

// Any thread. Somebody who was logged out, or had a key taken away, by another process is still let
// in for kRemembered at most.
class IdentityCache {
public:
  using Instant = std::chrono::steady_clock::time_point;
  static constexpr std::chrono::seconds kRemembered{5};
  static constexpr std::size_t kMost = 20'000;

  // Null: not remembered.
  actors::ViewerPtr find(const actors::Credential& credential, Instant now);
  // `asked`: when the store was asked. What was forgotten since then stays so.
  void put(const actors::Credential& credential, actors::ViewerPtr viewer, Instant asked);
  void forget(const actors::Credential& credential, Instant now);

private:
  struct Known {
    actors::ViewerPtr viewer; // null: ended at `since`
    Instant since;
  };
  void make_room(Instant now);

  std::mutex mutex_;
  std::unordered_map<std::string, Known> known_;
};

} // namespace oq::http
