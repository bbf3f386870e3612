// The actors that the service's edge speaks to, as typed handles.
#pragma once

#include "actors/identity.hpp"
#include "actors/protocol.hpp"
#include "actors/tag_request.hpp"

#include <caf/send.hpp>
#include <caf/typed_actor.hpp>

namespace oq::actors {

// Every question and command about calculations; none waits, each answer goes to its sink.
using CalculationsPort =
  caf::typed_actor<caf::reacts_to<ask_atom, Question, SinkPtr>,
                   caf::reacts_to<download_atom, Download, SinkPtr>,
                   caf::reacts_to<extract_atom, Extract, SinkPtr>,
                   // Errc::overloaded when the queue is full; nothing was created then.
                   caf::reacts_to<submit_atom, SubmissionPtr, SinkPtr>,
                   caf::reacts_to<command_atom, CalculationId, Command, SinkPtr>>;

// The lists.
using CatalogPort =
  caf::typed_actor<caf::reacts_to<list_atom, ListQuestion, SinkPtr>,
                   // From memory, of a calculation: Standing::unknown for one that is deleted too,
                   // or not heard of yet, and of those IdentitiesPort knows.
                   caf::reacts_to<standing_atom, CalculationId, ViewerPtr, StandingSink>>;

// Who waits for news.
using HeraldPort = caf::typed_actor<
  // events or log_events of one calculation, from `first` on. Refused as the question is.
  caf::reacts_to<watch_atom, Question, EventSinkPtr>,
  // Changes of the list after that revision of it (0: from now on) that its filters let through;
  // limit, offset, order and is_running do not count.
  caf::reacts_to<watch_atom, ListQuestion, std::int64_t, EventSinkPtr>,
  // The answer to the question (the list) when there is something newer, or when the time is over.
  caf::reacts_to<wait_atom, Question, Wait, SinkPtr>,
  caf::reacts_to<wait_atom, ListQuestion, Wait, SinkPtr>>;

// Looks at what might be submitted; may take long, and one at a time.
using InspectorPort = caf::typed_actor<caf::reacts_to<inspect_atom, InspectionPtr, SinkPtr>>;

struct Handles {
  CalculationsPort calculations;
  CatalogPort catalog;
  HeraldPort herald = {};
  InspectorPort inspector = {};
  // Null: nobody asks who a client is.
  IdentitiesPort identities = {};
  LogInPort log_in = {};
  TagsPort tags = {};
};

} // namespace oq::actors
