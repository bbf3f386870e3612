// The index as an actor.
#include "actors/catalog.hpp"

namespace oq::actors {

Catalog::behavior_type catalog(Catalog::stateful_pointer<CatalogState> self,
                               Vocabulary seed_words) {
  auto& state = self->state;
  state.index = CalculationIndex(seed_words);
  return {
    [&state](list_atom, const ListQuestion& question, const SinkPtr& sink) {
      sink->deliver(state.index.list(question));
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
