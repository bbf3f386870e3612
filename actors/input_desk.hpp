// The input desk: the one thread of a node that reads input files for workers on other machines.
#pragma once

#include "actors/engine_room.hpp"
#include "actors/messages.hpp"
#include "actors/task_wire.hpp"

#include <caf/typed_event_based_actor.hpp>

namespace oq::actors {

using InputDesk = caf::typed_actor<
  // Errc::not_found: they are not on this node.
  caf::replies_to<inputs_atom, RecordPtr>::with<InputList>,
  // A piece of a file in the list, from an offset.
  caf::replies_to<fetch_atom, RecordPtr, std::string, std::uint64_t>::with<FilePiece>>;

// Detached in the service: it reads disks.
InputDesk::behavior_type input_desk(InputDesk::pointer self, EngineRoomPtr room);

} // namespace oq::actors
