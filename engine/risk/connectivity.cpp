// V. Latora and M. Marchiori, "Efficient behavior of small-world networks", Phys. Rev. Lett. 87
// (2001) for the efficiency; the losses of connectivity are relative to the intact network.
#include "engine/risk/connectivity.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace oq::engine {
namespace {

double mean(const std::vector<double>& values) {
  return values.empty() ? 0
                        : std::accumulate(values.begin(), values.end(), 0.0)
                            / static_cast<double>(values.size());
}

} // namespace

Connectivity::Connectivity(NetworkGraph graph) : graph_(std::move(graph)) {
  const auto& nodes = graph_.nodes();
  has_demand_ = std::ranges::any_of(nodes, &NetworkGraph::Node::is_demand);
  intact_ = measure(graph_.edges_without(std::vector<char>(graph_.asset_count(), 0)));
  for (std::size_t i = 0; i < nodes.size(); ++i)
    if (intact_.count[i] > 0)
      served_.push_back(i);
}

bool Connectivity::serves(std::size_t from, std::size_t to) const {
  const auto& a = graph_.nodes()[from];
  const auto& b = graph_.nodes()[to];
  return from != to && ((a.is_source && b.is_demand) || (a.is_zone && b.is_zone));
}

Connectivity::Measures Connectivity::measure(const std::vector<char>& edges) const {
  const std::size_t nodes = graph_.nodes().size();
  Measures out{std::vector<double>(nodes), std::vector<double>(nodes), std::vector<double>(nodes)};
  std::vector<double> lengths;
  for (std::size_t from = 0; from < nodes; ++from) {
    graph_.distances(edges, from, lengths);
    for (std::size_t to = 0; to < nodes; ++to) {
      if (to == from || !std::isfinite(lengths[to]))
        continue;
      out.efficiency[from] += 1 / lengths[to];
      if (serves(from, to)) {
        out.count[to] += 1;
        out.weight[to] += 1 / lengths[to];
      }
    }
  }
  return out;
}

Connectivity::Losses Connectivity::losses(const std::vector<char>& broken) const {
  const auto left = measure(graph_.edges_without(broken));
  Losses losses;
  double before = 0, after = 0;
  for (std::size_t i = 0; i < left.efficiency.size(); ++i) {
    before += intact_.efficiency[i];
    after += left.efficiency[i];
    losses.of_nodes.push_back(
      intact_.efficiency[i] > 0 ? 1 - left.efficiency[i] / intact_.efficiency[i] : 0);
  }
  losses.efficiency = before > 0 ? 1 - after / before : 0;
  for (const auto i : served_) {
    const double part = left.count[i] / intact_.count[i];
    losses.partial_of.push_back(1 - part);
    losses.weighted_of.push_back(1 - part * left.weight[i] / intact_.weight[i]);
    losses.isolated_of.push_back(left.count[i] > 0 ? 0 : 1);
  }
  losses.partial = mean(losses.partial_of);
  losses.weighted = mean(losses.weighted_of);
  losses.isolated = mean(losses.isolated_of);
  return losses;
}

} // namespace oq::engine
