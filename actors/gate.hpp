// The gate: the one actor that is published: tells who may come in, and sends each to its door.
#pragma once

#include "actors/network.hpp"

#include <caf/typed_event_based_actor.hpp>

#include <map>
#include <string>

namespace oq::actors {

// What this program's version must be, for nodes and workers to compute the same bits.
struct GateKeys {
  std::string version;
  std::map<std::string, caf::actor> doors; // by role: "node", "worker"
};

Gate::behavior_type gate(Gate::pointer self, GateKeys keys);

} // namespace oq::actors
