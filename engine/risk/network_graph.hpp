// NetworkGraph: nodes and edges among the assets, and the shortest ways between them.
#pragma once

#include "engine/risk/exposure.hpp"

#include <string>
#include <vector>

namespace oq::engine {

class NetworkGraph {
public:
  // By the assets' tags type, start_node, end_node, purpose, weight (1 where not given) and
  // graphtype. Ends of edges that are no asset of type node are nodes too. Errc::invalid_input
  // names an asset: a weight that is no number above 0. REQUIRES: check_network() found nothing.
  static Result<NetworkGraph> make(const Assets& assets, const std::vector<std::size_t>& chosen);

  struct Node {
    std::string id;
    bool is_source = false, is_demand = false, is_zone = false; // its purpose
  };
  const std::vector<Node>& nodes() const noexcept { return nodes_; } // by id

  // Flags of the edges that are left, without those at a broken node. `broken` has a flag an asset,
  // by position. With a tag parent_id, what breaks is the asset that has this id, and where there
  // is none nothing: the reference engine knows damage of parents only.
  std::vector<char> edges_without(const std::vector<char>& broken) const;

  // Lengths of the shortest ways from a node to all; infinite where there is none.
  void distances(const std::vector<char>& edges, std::size_t from,
                 std::vector<double>& lengths) const;
  std::size_t asset_count() const noexcept { return node_of_.size(); }

private:
  struct Edge {
    std::size_t from = 0, to = 0;
    double weight = 1;
  };
  struct Step { // from a node along an edge
    std::size_t edge = 0, to = 0;
  };
  void connect(bool directed);

  std::vector<Node> nodes_;
  std::vector<Edge> edges_;
  std::vector<std::vector<Step>> steps_; // by node
  // Of an asset, by position: its node, or its edge; the position of what breaks with it.
  std::vector<std::size_t> node_of_, edge_of_, parent_of_;
};

} // namespace oq::engine
