// The inspector: looks at what clients might submit, on a thread of its own.
#pragma once

#include "actors/engine_room.hpp"
#include "actors/handles.hpp"

#include <caf/typed_event_based_actor.hpp>

#include <string>

namespace oq::actors {

using Inspector = InspectorPort;

// {"error_msg", "error_line", "valid"}; the line is that which the error names at its end.
std::string verdict_text(const Result<void>& checked);

Inspector::behavior_type inspector(Inspector::pointer self, EngineRoomPtr room);

} // namespace oq::actors
