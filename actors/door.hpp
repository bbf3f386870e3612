// The door: what other nodes may ask of this one: questions, commands, files, notices.
#pragma once

#include "actors/cache_link.hpp"
#include "actors/handles.hpp"
#include "actors/messages.hpp"
#include "actors/neighbours.hpp"
#include "actors/wire.hpp"

#include <caf/event_based_actor.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_response_promise.hpp>

#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace oq::actors {

// Commands of another node's client: as CalculationsPort, but never passed on.
using PeerPort =
  CalculationsPort::extend<caf::reacts_to<peer_atom, CalculationId, Command, SinkPtr>>;
// Who takes over what a lost node left.
using Keeper = caf::typed_actor<caf::reacts_to<left_atom>>;

struct DoorPeers {
  std::string node; // this node's name
  PeerPort calculations;
  std::vector<ChangeObserver> observers;
  Keeper keeper;
  Neighbours neighbours; // null: this node alone
};

// Dynamically typed, because handles of typed actors do not cross versions; understands
//   (name_atom)                                -> this node's name
//   (ask_atom, WireQuestion)                   -> WireAnswer
//   (command_atom, id, command)                -> WireAnswer
//   (download_atom, output id, format, view)   -> WireAnswer
//   (extract_atom, WireExtract)                -> WireAnswer
//   (fetch_atom, token, offset)                -> bytes, at most kFilePiece; Errc::not_found: no
//                                                 such file is offered, or not any more
//   (notice_atom, id, revision)                   a calculation has changed
//   (joined_atom, name, door)                     the node of that name has found this one
//   (left_atom)                                   a node has given its lease back
// Whatever else comes is refused. Exit messages from other machines are ignored.
class DoorState {
public:
  static constexpr const char* name = "door";
  using Self = caf::stateful_actor<DoorState>;
  explicit DoorState(Self* self) : self_(self) {}

  void begin(DoorPeers peers) { peers_ = std::move(peers); }
  caf::behavior behavior();

private:
  class OpenFile;
  using Promise = caf::typed_response_promise<WireAnswer>;
  struct Offer {
    std::shared_ptr<OpenFile> file;
    std::chrono::steady_clock::time_point since;
  };
  // Who answers, by a message, gets this sink.
  SinkPtr sink(const Promise& promise);
  void answer(std::uint64_t number, const AnswerPtr& answer);
  WireAnswer with_file(const Answer& answer);
  void forget_old_offers();
  Result<std::string> piece(std::uint64_t token, std::uint64_t offset);

  Self* self_;
  DoorPeers peers_;
  std::unordered_map<std::uint64_t, Promise> waiting_;
  std::map<std::uint64_t, Offer> offers_;
  std::uint64_t last_number_ = 0;
};

// Blocks on files: detached.
caf::behavior door(caf::stateful_actor<DoorState>* self, DoorPeers peers);

} // namespace oq::actors
