// The same program, a known role: come in.
#include "actors/gate.hpp"

#include "actors/caf_error.hpp"

namespace oq::actors {
namespace {

Result<caf::actor> door_for(const std::string& role, const std::string& version,
                            const std::string& program, const Doors& doors) {
  if (version != program)
    return Error{Errc::conflict,
                 "the program is another one than the node's, " + program
                   + ": their results could differ",
                 version.substr(0, 100)};
  const auto door = doors.find(role);
  if (door == doors.end())
    return invalid_input("the node has nobody who speaks with such", role.substr(0, 100));
  return door->second;
}

} // namespace

Gate::behavior_type gate(Gate::pointer self, std::string program, Doors doors) {
  self->set_default_handler(caf::drop); // an unknown message of another machine
  self->set_exit_handler([self](const caf::exit_msg& message) {
    if (!message.source || message.source.node() == self->node())
      self->quit(message.reason);
  });
  return {
    [program = std::move(program), doors = std::move(doors)](
      enter_atom, const std::string& role, const std::string& version) -> caf::result<caf::actor> {
      return to_caf(door_for(role, version, program, doors));
    },
  };
}

} // namespace oq::actors
