// The neighbours: the other nodes of the cluster, as far as they can be reached now.
#pragma once

#include "actors/messages.hpp"
#include "actors/network.hpp"
#include "actors/wire.hpp"

#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <map>
#include <string>
#include <vector>

namespace oq::actors {

using Neighbours = caf::typed_actor<
  // Asks the node of that name. Errc::unavailable: it cannot be reached; Errc::timeout.
  caf::replies_to<ask_atom, std::string, Question>::with<AnswerPtr>,
  caf::replies_to<command_atom, std::string, CalculationId, Command>::with<AnswerPtr>,
  // The door of that node, for whoever fetches files there. Errc::unavailable.
  caf::replies_to<find_atom, std::string>::with<caf::actor>,
  // Tells all nodes that a calculation has changed; that this one has given back its lease.
  caf::reacts_to<notice_atom, CalculationId, std::int64_t>, caf::reacts_to<left_atom>,
  // A node is there: from a seeker, or from our own door when the node has found us.
  caf::reacts_to<joined_atom, std::string, caf::actor>,
  // A connection is gone; one that came after it stays.
  caf::reacts_to<lost_atom, std::string, caf::actor>>;

class NeighboursState {
public:
  static constexpr const char* name = "neighbours";
  using Self = Neighbours::stateful_pointer<NeighboursState>;
  using Promise = caf::typed_response_promise<AnswerPtr>;
  explicit NeighboursState(Self self) : self_(self) {}

  void ask(const std::string& node, const Question& question, Promise promise);
  void command(const std::string& node, CalculationId id, Command command, Promise promise);
  Result<caf::actor> find(const std::string& node) const;
  void joined(const std::string& node, const caf::actor& door);
  void lost(const std::string& node, const caf::actor& door);

  std::map<std::string, caf::actor> doors;

private:
  template <class... Words>
  void pass(const std::string& node, Promise promise, Words... words);
  Self self_;
};

Neighbours::behavior_type neighbours(Neighbours::stateful_pointer<NeighboursState> self);

// Looks for the node at one address for as long as it lives, and tells the neighbours what it
// finds.
struct SeekerSettings {
  NetworkAddress address;
  NetworkSettings network;
  std::string node, version; // our own
  caf::actor door;           // our own, for the node that is found; may be null
  Neighbours neighbours;
};
struct SeekerState {
  static constexpr const char* name = "seeker";
  SeekerSettings settings;
  std::string found;
  caf::actor door;
  std::chrono::milliseconds wait{0};
};
using Seeker = caf::typed_actor<caf::reacts_to<seek_atom>>;

// Blocks while it connects: detached.
Seeker::behavior_type seeker(Seeker::stateful_pointer<SeekerState> self, SeekerSettings settings);

} // namespace oq::actors
