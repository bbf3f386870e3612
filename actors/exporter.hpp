// The exporter: makes the files that clients download, on a thread of its own.
#pragma once

#include "actors/engine_room.hpp"
#include "actors/messages.hpp"

#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

namespace oq::actors {

using Exporter = caf::typed_actor<
  // One output as one file. Errors as Download says; Errc::unavailable when store or disk refuse.
  caf::reacts_to<download_atom, Download, SinkPtr>>;

struct ExporterState {
  static constexpr const char* name = "exporter";

  Result<Answer> download(const Download& request);

  StoreFactory open;
  EngineRoomPtr room;

private:
  std::unique_ptr<store::CalculationStore> store_;
};

Exporter::behavior_type exporter(Exporter::stateful_pointer<ExporterState> self, StoreFactory open,
                                 EngineRoomPtr room);

} // namespace oq::actors
