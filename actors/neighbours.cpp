// Passing on to doors, and finding them again when they were lost.
#include "actors/neighbours.hpp"

#include "actors/caf_error.hpp"
#include "actors/defaults.hpp"

#include <caf/all.hpp>

namespace oq::actors {

Result<caf::actor> NeighboursState::find(const std::string& node) const {
  const auto door = doors.find(node);
  if (door == doors.end())
    return Error{Errc::unavailable, "the node " + node + " cannot be reached", {}};
  return door->second;
}

namespace {

void refuse(NeighboursState::Promise& promise, const Error& error) {
  promise.deliver(to_caf(error));
}

} // namespace

template <class... Words>
void NeighboursState::pass(const std::string& node, Promise promise, Words... words) {
  const auto door = find(node);
  if (!door)
    return refuse(promise, door.error());
  self_->request(*door, kPeerTimeout, std::move(words)...)
    .then(
      [promise](const WireAnswer& wire) mutable {
        auto answer = from_wire(wire);
        if (answer)
          promise.deliver(std::make_shared<const Answer>(*std::move(answer)));
        else
          promise.deliver(to_caf(answer.error()));
      },
      [promise](const caf::error& error) mutable {
        promise.deliver(to_caf(from_caf(error)));
      });
}

void NeighboursState::ask(const std::string& node, const Question& question, Promise promise) {
  pass(node, std::move(promise), ask_atom::value, to_wire(question));
}

void NeighboursState::command(const std::string& node, CalculationId id, Command command,
                              Promise promise) {
  pass(node, std::move(promise), command_atom::value, id, static_cast<std::uint8_t>(command));
}

void NeighboursState::joined(const std::string& node, const caf::actor& door) {
  self_->monitor(door);
  doors[node] = door;
}

// A node that came back through another address stays.
void NeighboursState::lost(const std::string& node, const caf::actor& door) {
  const auto known = doors.find(node);
  if (known != doors.end() && known->second == door)
    doors.erase(known);
}

Neighbours::behavior_type neighbours(Neighbours::stateful_pointer<NeighboursState> self) {
  auto& state = self->state;
  self->set_down_handler([&state](const caf::down_msg& down) {
    std::erase_if(state.doors, [&](const auto& entry) {
      return entry.second.address() == down.source;
    });
  });
  return {
    [self, &state](ask_atom, const std::string& node,
                   const Question& question) -> caf::result<AnswerPtr> {
      auto promise = self->make_response_promise<AnswerPtr>();
      state.ask(node, question, promise);
      return promise;
    },
    [self, &state](command_atom, const std::string& node, CalculationId id,
                   Command command) -> caf::result<AnswerPtr> {
      auto promise = self->make_response_promise<AnswerPtr>();
      state.command(node, id, command, promise);
      return promise;
    },
    [&state](find_atom, const std::string& node) -> caf::result<caf::actor> {
      return to_caf(state.find(node));
    },
    [&state](notice_atom, CalculationId id, std::int64_t revision) {
      for (const auto& [node, door] : state.doors)
        caf::anon_send(door, notice_atom::value, id, revision);
    },
    [&state](left_atom) {
      for (const auto& [node, door] : state.doors)
        caf::anon_send(door, left_atom::value);
    },
    [&state](joined_atom, const std::string& node, const caf::actor& door) {
      state.joined(node, door);
    },
    [&state](lost_atom, const std::string& node, const caf::actor& door) {
      state.lost(node, door);
    },
  };
}

namespace {

void seek_again(Seeker::stateful_pointer<SeekerState> self) {
  auto& wait = self->state.wait;
  wait = std::clamp(wait * 2, kFirstSeek, kLastSeek);
  self->delayed_send(self, wait, seek_atom::value);
}

void meet(Seeker::stateful_pointer<SeekerState> self, const caf::actor& door,
          const std::string& name) {
  auto& state = self->state;
  if (name == state.settings.node)
    return; // our own address may stand in everybody's list
  state.found = name;
  state.door = door;
  state.wait = std::chrono::milliseconds(0);
  self->monitor(door);
  self->send(state.settings.neighbours, joined_atom::value, name, door);
  // Two nodes that look for each other at the same moment may end with one connection: whoever has
  // it tells the other.
  if (state.settings.door)
    caf::anon_send(door, joined_atom::value, state.settings.node, state.settings.door);
}

void seek(Seeker::stateful_pointer<SeekerState> self) {
  const auto& settings = self->state.settings;
  const auto gate = find_gate(self->system(), settings.address, settings.network);
  if (!gate)
    return seek_again(self);
  const auto fail = [self](const caf::error&) {
    seek_again(self);
  };
  self->request(*gate, kPeerTimeout, enter_atom::value, std::string("node"), settings.version)
    .then(
      [self, fail](const caf::actor& door) {
        self->request(door, kPeerTimeout, name_atom::value)
          .then(
            [self, door](const std::string& name) {
              meet(self, door, name);
            },
            fail);
      },
      fail);
}

} // namespace

Seeker::behavior_type seeker(Seeker::stateful_pointer<SeekerState> self, SeekerSettings settings) {
  auto& state = self->state;
  state.settings = std::move(settings);
  self->set_down_handler([self, &state](const caf::down_msg& down) {
    if (!state.door || down.source != state.door.address())
      return;
    self->send(state.settings.neighbours, lost_atom::value, state.found, state.door);
    state.door = nullptr;
    seek_again(self);
  });
  self->send(self, seek_atom::value);
  return {[self](seek_atom) {
    seek(self);
  }};
}

} // namespace oq::actors
