// The gate: the actor at a node's cluster port; shows who comes from another machine to whom it
// may speak.
#pragma once

#include "actors/network.hpp"

#include <caf/typed_event_based_actor.hpp>

#include <map>
#include <string>

namespace oq::actors {

// By role; see Gate.
using Doors = std::map<std::string, caf::actor>;

// `program` is the name and version that whoever enters must have too.
Gate::behavior_type gate(Gate::pointer self, std::string program, Doors doors);

} // namespace oq::actors
