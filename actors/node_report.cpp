// Reports in one order of keys, so that they can be compared by eye.
#include "actors/node_report.hpp"

#include "engine/base/json.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value_from.hpp>

namespace oq::actors {
namespace {

const char* to_string(NodeState state) {
  switch (state) {
  case NodeState::up:
    return "up";
  case NodeState::draining:
    return "draining";
  case NodeState::ended:
    return "ended";
  }
  return "ended";
}

template <class T>
boost::json::value value_of(const std::optional<T>& number) {
  return number ? boost::json::value(*number) : boost::json::value(nullptr);
}

} // namespace

NodeReport report_of(const std::string& name, const Gauges& gauges) {
  NodeReport report;
  report.name = name;
  report.self = true;
  report.state = gauges.phase.load() == NodePhase::draining ? NodeState::draining : NodeState::up;
  report.running = gauges.executing.get();
  report.waiting = gauges.queue_waiting.get();
  report.calculations = gauges.living.get();
  report.workers = gauges.workers.get();
  report.remote_workers = gauges.remote_workers.get();
  return report;
}

std::string cluster_text(const std::vector<NodeReport>& nodes) {
  boost::json::array rows;
  for (const auto& node : nodes)
    rows.push_back(boost::json::object{{"name", node.name},
                                       {"self", node.self},
                                       {"state", to_string(node.state)},
                                       {"incarnation", node.incarnation},
                                       {"address", node.address},
                                       {"lease_seconds", value_of(node.lease_seconds)},
                                       {"running", node.running},
                                       {"waiting", node.waiting},
                                       {"calculations", boost::json::value_from(node.calculations)},
                                       {"workers", node.workers},
                                       {"remote_workers", node.remote_workers},
                                       {"lag_ms", value_of(node.lag_ms)}});
  return json_text(boost::json::object{{"nodes", std::move(rows)}});
}

} // namespace oq::actors
