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
  const auto put = [self, &state](const RecordPtr& record) {
    if (state.index.put(*record) && state.observer)
      self->send(state.observer, changed_atom::value, state.index.revision(), record);
  };
  const auto tell_revision = [self, &state] {
    if (state.observer)
      self->send(state.observer, changed_atom::value, state.index.revision(), RecordPtr());
  };
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
    [put](changed_atom, const RecordPtr& record) {
      put(record);
    },
    [put, &state](known_atom, const RecordsPtr& records) {
      for (const auto& record : *records)
        if (state.observer)
          put(std::make_shared<const store::CalculationRecord>(record));
        else
          state.index.put(record);
    },
    [&state, tell_revision](tags_atom, const TagTablePtr& tags) {
      state.index.put_tags(*tags);
      tell_revision();
    },
    [&state, tell_revision](observe_atom, const ListObserver& observer) {
      state.observer = observer;
      tell_revision();
    },
  };
}

} // namespace oq::actors
