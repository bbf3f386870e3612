// Networks of infrastructure in an exposure: what tells nodes from edges, and how they connect.
#pragma once

#include "engine/risk/exposure.hpp"

#include <vector>

namespace oq::engine {

// The job asks for the connectivity of a network.
bool has_network(const Job& job);

// Tags type, start_node, end_node and purpose of every asset, and one graphtype for all.
// Errc::invalid_input names the asset and its line.
Result<void> check_network(const Assets& assets, const std::vector<std::size_t>& chosen);

} // namespace oq::engine
