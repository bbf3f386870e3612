// NodeReport: what is told of a node of the cluster, and the JSON that tells it.
#pragma once

#include "actors/gauges.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace oq::actors {

enum class NodeState : std::uint8_t { up, draining, ended };

struct NodeReport {
  std::string name;
  bool self = false; // the node that was asked
  NodeState state = NodeState::up;
  std::int64_t incarnation = 0;             // 0: no leases here
  std::string address = {};                 // of its cluster port; empty: none
  std::optional<double> lease_seconds = {}; // left by the judge's clock; absent: no leases here
  std::int64_t running = 0, waiting = 0;
  std::vector<std::int64_t> calculations = {}; // that it owns and that have not ended
  std::int64_t workers = 0, remote_workers = 0;
  std::optional<std::int64_t> lag_ms = {}; // age of the newest of its changes when it came here
};

using ReportsPtr = std::shared_ptr<const std::vector<NodeReport>>;

// What a node can say of itself.
NodeReport report_of(const std::string& name, const Gauges& gauges);

// {"nodes": [{"name", "self", "state", "incarnation", "address", "lease_seconds", "running",
// "waiting", "calculations", "workers", "remote_workers", "lag_ms"}, …]}; null for what is absent.
std::string cluster_text(const std::vector<NodeReport>& nodes);

} // namespace oq::actors
