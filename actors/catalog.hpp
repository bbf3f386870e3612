// The catalog: the lists of calculations.
#pragma once

#include "actors/calculation_index.hpp"
#include "actors/handles.hpp"
#include "actors/lease.hpp"
#include "actors/messages.hpp"
#include "actors/tag_table.hpp"

#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

namespace oq::actors {

// Who hears of every change of the list: its revision and what changed; null: only the revision.
using ListObserver = caf::typed_actor<caf::reacts_to<changed_atom, std::int64_t, RecordPtr>>;

// Answers lists from memory, in every order and filter of ListQuestion. Errc::unavailable: a node
// that has not heard from the store lately does not know what others did.
using Catalog = CatalogPort::extend<
  // A calculation appeared or changed.
  caf::reacts_to<changed_atom, RecordPtr>,
  // Those there were when the service started: slim records, in as many batches as it likes.
  caf::reacts_to<known_atom, RecordsPtr>,
  // The words on calculations, instead of those before.
  caf::reacts_to<tags_atom, TagTablePtr>,
  // From now on this one hears of changes.
  caf::reacts_to<observe_atom, ListObserver>>;

struct CatalogState {
  static constexpr const char* name = "catalog";
  CalculationIndex index;
  LeasePtr lease;        // null: the store is this node's alone
  ListObserver observer; // null: nobody
};

Catalog::behavior_type catalog(Catalog::stateful_pointer<CatalogState> self, Vocabulary seed_words,
                               LeasePtr lease);

} // namespace oq::actors
