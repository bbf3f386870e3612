// ClusterLinks: what those who answer need of the other nodes. Null pointer: there are none.
#pragma once

#include "actors/courier.hpp"
#include "actors/lease.hpp"
#include "actors/neighbours.hpp"
#include "store/calculation_store.hpp"

#include <memory>
#include <string>

namespace oq::actors {

struct ClusterLinks {
  std::string node;         // this one's name
  bool shared_data = false; // every node sees all files
  LeasePtr lease;
  Neighbours neighbours;
  std::shared_ptr<Couriers> couriers;
};
using ClusterLinksPtr = std::shared_ptr<const ClusterLinks>;

// Whether another node runs the calculation, or ran it last.
inline bool is_elsewhere(const ClusterLinksPtr& links, const store::CalculationRecord& record) {
  return links && record.node != links->node;
}
// Whether its files are on another node's disk only.
inline bool has_files_elsewhere(const ClusterLinksPtr& links,
                                const store::CalculationRecord& record) {
  return is_elsewhere(links, record) && !links->shared_data;
}
// Whether this node may speak for what it runs.
inline bool may_speak(const ClusterLinksPtr& links) {
  return !links || links->lease->holds();
}

} // namespace oq::actors
