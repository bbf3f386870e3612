// NetworkResults: losses of connectivity by event, their means, and their tables.
#pragma once

#include "engine/risk/connectivity.hpp"
#include "engine/risk/event_base.hpp"

#include <functional>

namespace oq::engine {

class NetworkResults {
public:
  explicit NetworkResults(NetworkGraph graph) : connectivity_(std::move(graph)) {}

  // Numbers that are added up over events, and numbers of an event.
  std::size_t sum_count() const;
  std::size_t total_count() const { return 4; }
  // `broken` has a flag an asset, by position.
  void add(const std::vector<char>& broken, std::span<double> sums, std::span<double> totals) const;

  // A realization's mean of a sum; a number of an event.
  using Numbers = std::function<double(std::size_t, std::size_t)>;
  // "infra-avg_loss", "infra-node_el", "infra-event_efl", …
  Result<void> store(const EventBase& base, const Numbers& mean, const Numbers& total,
                     Datastore& datastore) const;

private:
  Result<void> store_events(const EventBase& base, const Numbers& total,
                            Datastore& datastore) const;
  Result<void> store_nodes(const std::function<double(std::size_t)>& mean,
                           Datastore& datastore) const;

  Connectivity connectivity_;
};

} // namespace oq::engine
