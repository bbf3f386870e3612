// The exporter: makes the files that clients download, on a thread of its own.
#pragma once

#include "actors/cluster_links.hpp"
#include "actors/engine_room.hpp"
#include "actors/messages.hpp"

#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

namespace oq::actors {

using Exporter = caf::typed_actor<
  // One output as one file, brought from the node that has it. Errors as Download says;
  // Errc::unavailable when store, disk or that node refuse.
  caf::reacts_to<download_atom, Download, SinkPtr>,
  // A part of a calculation's results, likewise. Errors as Extract says.
  caf::reacts_to<extract_atom, Extract, SinkPtr>>;

struct ExporterState {
  static constexpr const char* name = "exporter";

  void download(const Download& request, const SinkPtr& sink);
  void extract(const Extract& request, const SinkPtr& sink);

  StoreFactory open;
  EngineRoomPtr room;
  ClusterLinksPtr links;

private:
  struct Found {
    store::OutputRecord output;
    store::CalculationRecord record;
  };
  Result<store::OutputRecord> output_of(const Download& request) const;
  Result<void> open_store();
  Result<Found> find(const Download& request);
  Result<Answer> answer(const Download& request, const Found& found) const;
  FileAnswer sent_as(FileAnswer file, const store::CalculationRecord& record, MediaType type,
                     ContentCoding coding) const;
  Result<Answer> extract_here(const Extract& request, const store::CalculationRecord& record) const;
  std::unique_ptr<store::CalculationStore> store_;
};

Exporter::behavior_type exporter(Exporter::stateful_pointer<ExporterState> self, StoreFactory open,
                                 EngineRoomPtr room, ClusterLinksPtr links = nullptr);

} // namespace oq::actors
