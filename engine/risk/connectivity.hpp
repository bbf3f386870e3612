// Connectivity: how well a network still connects its nodes after an event.
#pragma once

#include "engine/risk/network_graph.hpp"

#include <span>
#include <vector>

namespace oq::engine {

// Losses against the intact network, from 0 to 1.
//
// Efficiency of a node: the sum of 1 / distance to all others; of the network: of all nodes. Of a
// node that is served (a demand by sources, a traffic zone by the other zones): isolated when
// nothing reaches it any more; the part of what reached it that does not any more ("partial"); the
// same weighted by the sums of 1 / distance ("weighted").
class Connectivity {
public:
  explicit Connectivity(NetworkGraph graph);

  const NetworkGraph& graph() const noexcept { return graph_; }
  // Nodes that are served and that something serves in the intact network.
  const std::vector<std::size_t>& served() const noexcept { return served_; }
  bool has_demand() const noexcept { return has_demand_; }

  struct Losses {
    double efficiency = 0, partial = 0, weighted = 0, isolated = 0; // of the network
    std::vector<double> of_nodes;                                   // efficiency; by node
    std::vector<double> partial_of, weighted_of, isolated_of;       // by served node
  };
  // `broken` has a flag an asset, by position. Thread-safe.
  Losses losses(const std::vector<char>& broken) const;

private:
  struct Measures {
    std::vector<double> efficiency;    // by node
    std::vector<double> count, weight; // of what serves it; by node
  };
  Measures measure(const std::vector<char>& edges) const;
  bool serves(std::size_t from, std::size_t to) const;

  NetworkGraph graph_;
  bool has_demand_ = false;
  std::vector<std::size_t> served_;
  Measures intact_;
};

} // namespace oq::engine
