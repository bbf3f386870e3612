// TryLimit: how often in a row a name, or an address, may fail to log in.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <unordered_map>

namespace oq::actors {

// Counts failures by key; after `most` of them the key waits until `window` has passed since the
// first. Bounded: beyond kMostKeys the oldest half is forgotten.
class TryLimit {
public:
  using Instant = std::chrono::steady_clock::time_point;
  static constexpr std::size_t kMostKeys = 10'000;

  TryLimit(int most, std::chrono::seconds window) : most_(most), window_(window) {}

  // How long the key has to wait; zero: it may try.
  std::chrono::seconds wait(const std::string& key, Instant now) const;
  void fail(const std::string& key, Instant now);
  void forget(const std::string& key) { failures_.erase(key); }

private:
  struct Failures {
    int count = 0;
    Instant first;
  };
  void make_room(Instant now);

  int most_;
  std::chrono::seconds window_;
  std::unordered_map<std::string, Failures> failures_;
};

} // namespace oq::actors
