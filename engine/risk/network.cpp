// Checks the tags that make a network of assets.
#include "engine/risk/network.hpp"

#include "engine/nrml/number.hpp"

#include <algorithm>

namespace oq::engine {
namespace {

constexpr const char* kMandatory[] = {"type", "start_node", "end_node", "purpose"};
constexpr std::string_view kGraphs[] = {"undirected", "directed", "multi", "multidirected"};
constexpr char kGraphType[] = "graphtype", kUnknown[] = "?";

Error refusal(const Assets& assets, std::size_t asset, const std::string& message) {
  return invalid_input("asset " + in_quotes(assets.id[asset]) + ": " + message,
                       assets.where(asset));
}

} // namespace

bool has_network(const Job& job) {
  const auto* given = job.parameters.if_contains("infrastructure_connectivity_analysis");
  return given != nullptr && given->is_bool() && given->get_bool();
}

Result<void> check_network(const Assets& assets, const std::vector<std::size_t>& chosen) {
  for (const char* name : kMandatory) {
    const auto tag = assets.tags.find(name);
    for (const auto asset : chosen)
      if (tag == assets.tags.end() || tag->second.at(asset) == kUnknown)
        return refusal(assets, asset,
                       std::string("no ") + name
                         + ", which infrastructure_connectivity_analysis needs");
  }
  const auto& types = assets.tags.at("type");
  for (const auto asset : chosen)
    if (types.at(asset) != "node" && types.at(asset) != "edge")
      return refusal(assets, asset, "type " + in_quotes(types.at(asset)) + " is not node or edge");
  const auto graph = assets.tags.find(kGraphType);
  if (graph == assets.tags.end())
    return {};
  for (const auto asset : chosen) {
    const auto& type = graph->second.at(asset);
    if (std::ranges::find(kGraphs, type) == std::end(kGraphs))
      return refusal(assets, asset,
                     "unknown graphtype " + in_quotes(type)
                       + "; known: undirected, directed, multi, multidirected");
    if (type != graph->second.at(chosen.front()))
      return refusal(assets, asset,
                     "graphtype " + in_quotes(type) + " differs from that of asset "
                       + in_quotes(assets.id[chosen.front()]));
  }
  return {};
}

} // namespace oq::engine
