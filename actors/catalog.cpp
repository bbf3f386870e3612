// The index as an actor.
#include "actors/catalog.hpp"

#include "actors/defaults.hpp"

namespace oq::actors {
namespace {

Answer list(CatalogState& state, const ListQuestion& question) {
  if (state.lease && BootClock::now() - state.lease->heard() > kListAge)
    return error_answer(
      {Errc::unavailable, "this node is cut off from the database: the list may be old", {}});
  return state.index.list(question);
}

} // namespace

Catalog::behavior_type catalog(Catalog::stateful_pointer<CatalogState> self, Vocabulary seed_words,
                               LeasePtr lease) {
  auto& state = self->state;
  state.index = CalculationIndex(seed_words);
  state.lease = std::move(lease);
  return {
    [&state](list_atom, const ListQuestion& question, const SinkPtr& sink) {
      sink->deliver(list(state, question));
    },
    [&state](standing_atom, CalculationId id, const ViewerPtr& viewer, const StandingSink& sink) {
      const auto found = state.index.standing(id, *viewer);
      sink->deliver({.standing = found.standing, .owner = found.owner});
    },
    [&state](changed_atom, const RecordPtr& record) {
      state.index.put(*record);
    },
    [&state](known_atom, const RecordsPtr& records) {
      for (const auto& record : *records)
        state.index.put(record);
    },
  };
}

} // namespace oq::actors
