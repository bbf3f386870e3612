// A window for each key, begun by its first failure.
#include "actors/try_limit.hpp"

#include <algorithm>
#include <vector>

namespace oq::actors {

std::chrono::seconds TryLimit::wait(const std::string& key, Instant now) const {
  const auto found = failures_.find(key);
  if (found == failures_.end() || found->second.count < most_)
    return std::chrono::seconds{0};
  const auto left = std::chrono::ceil<std::chrono::seconds>(found->second.first + window_ - now);
  return std::max(left, std::chrono::seconds{0});
}

void TryLimit::fail(const std::string& key, Instant now) {
  auto found = failures_.find(key);
  if (found == failures_.end()) {
    make_room(now);
    found = failures_.try_emplace(key, Failures{0, now}).first;
  } else if (now - found->second.first >= window_) {
    found->second = {0, now};
  }
  ++found->second.count;
}

// Who invents ever new keys does not fill the memory, and pushes out old ones, not blocked ones
// alone.
void TryLimit::make_room(Instant now) {
  if (failures_.size() < kMostKeys)
    return;
  std::erase_if(failures_, [&](const auto& entry) {
    return now - entry.second.first >= window_;
  });
  if (failures_.size() < kMostKeys)
    return;
  std::vector<Instant> begins;
  for (const auto& [key, failures] : failures_)
    begins.push_back(failures.first);
  const auto middle = begins.begin() + static_cast<std::ptrdiff_t>(begins.size() / 2);
  std::ranges::nth_element(begins, middle);
  std::erase_if(failures_, [&](const auto& entry) {
    return entry.second.first <= *middle;
  });
}

} // namespace oq::actors
