// E. W. Dijkstra, "A note on two problems in connexion with graphs", Numer. Math. 1 (1959).
#include "engine/risk/network_graph.hpp"

#include "engine/nrml/number.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <queue>

namespace oq::engine {
namespace {

constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();
constexpr double kUnreached = std::numeric_limits<double>::infinity();

std::string tag_of(const Assets& assets, const char* name, std::size_t asset) {
  const auto tag = assets.tags.find(name);
  return tag == assets.tags.end() ? std::string() : tag->second.at(asset);
}

Result<double> weight_of(const Assets& assets, std::size_t asset) {
  if (!assets.tags.contains("weight"))
    return 1.0;
  const auto weight = parse_number(tag_of(assets, "weight", asset));
  if (!weight || !(*weight > 0))
    return invalid_input("asset " + in_quotes(assets.id[asset])
                           + ": the weight of an edge is a number above 0",
                         assets.where(asset));
  return weight;
}

// The position of the asset whose id is the tag parent_id; its own without such a tag.
std::vector<std::size_t> parents_of(const Assets& assets, const std::vector<std::size_t>& chosen) {
  std::map<std::string_view, std::size_t> position;
  for (std::size_t i = 0; i < chosen.size(); ++i)
    position[assets.id[chosen[i]]] = i;
  const auto tag = assets.tags.find("parent_id");
  std::vector<std::size_t> parents;
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    if (tag == assets.tags.end()) {
      parents.push_back(i);
      continue;
    }
    const auto parent = position.find(tag->second.at(chosen[i]));
    parents.push_back(parent == position.end() ? kNone : parent->second);
  }
  return parents;
}

} // namespace

Result<NetworkGraph> NetworkGraph::make(const Assets& assets,
                                        const std::vector<std::size_t>& chosen) {
  NetworkGraph graph;
  std::map<std::string, Node> known; // by id
  for (const auto asset : chosen) {
    if (tag_of(assets, "type", asset) == "node") {
      const auto purpose = tag_of(assets, "purpose", asset);
      known[assets.id[asset]] = {assets.id[asset], purpose == "source", purpose == "demand",
                                 purpose == "TAZ" || purpose == "both"};
      continue;
    }
    for (const char* end : {"start_node", "end_node"}) {
      const auto id = tag_of(assets, end, asset);
      known.try_emplace(id, Node{id});
    }
  }
  std::map<std::string, std::size_t> position;
  for (auto& [id, node] : known) {
    position[id] = graph.nodes_.size();
    graph.nodes_.push_back(std::move(node));
  }
  for (const auto asset : chosen) {
    const bool is_node = tag_of(assets, "type", asset) == "node";
    graph.node_of_.push_back(is_node ? position.at(assets.id[asset]) : kNone);
    graph.edge_of_.push_back(is_node ? kNone : graph.edges_.size());
    if (is_node)
      continue;
    OQ_TRY(const double weight, weight_of(assets, asset));
    graph.edges_.push_back({position.at(tag_of(assets, "start_node", asset)),
                            position.at(tag_of(assets, "end_node", asset)), weight});
  }
  graph.parent_of_ = parents_of(assets, chosen);
  const auto type = chosen.empty() ? "" : tag_of(assets, "graphtype", chosen.front());
  graph.connect(type == "directed" || type == "multidirected");
  return graph;
}

void NetworkGraph::connect(bool directed) {
  steps_.resize(nodes_.size());
  for (std::size_t i = 0; i < edges_.size(); ++i) {
    steps_[edges_[i].from].push_back({i, edges_[i].to});
    if (!directed)
      steps_[edges_[i].to].push_back({i, edges_[i].from});
  }
}

std::vector<char> NetworkGraph::edges_without(const std::vector<char>& parts) const {
  std::vector<char> broken(parts.size(), 0);
  for (std::size_t i = 0; i < parts.size(); ++i)
    if (parts[i] != 0 && parent_of_[i] != kNone)
      broken[parent_of_[i]] = 1;
  std::vector<char> node_fails(nodes_.size(), 0), edges(edges_.size(), 1);
  for (std::size_t i = 0; i < broken.size(); ++i)
    if (broken[i] != 0 && node_of_[i] != kNone)
      node_fails[node_of_[i]] = 1;
    else if (broken[i] != 0)
      edges[edge_of_[i]] = 0;
  for (std::size_t i = 0; i < edges.size(); ++i)
    if (node_fails[edges_[i].from] != 0 || node_fails[edges_[i].to] != 0)
      edges[i] = 0;
  return edges;
}

void NetworkGraph::distances(const std::vector<char>& edges, std::size_t from,
                             std::vector<double>& lengths) const {
  lengths.assign(nodes_.size(), kUnreached);
  using Entry = std::pair<double, std::size_t>; // length, node
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> pending;
  lengths[from] = 0;
  pending.emplace(0, from);
  while (!pending.empty()) {
    const auto [length, node] = pending.top();
    pending.pop();
    if (length > lengths[node])
      continue;
    for (const auto& step : steps_[node]) {
      const double longer = length + edges_[step.edge].weight;
      if (edges[step.edge] == 0 || longer >= lengths[step.to])
        continue;
      lengths[step.to] = longer;
      pending.emplace(longer, step.to);
    }
  }
}

} // namespace oq::engine
