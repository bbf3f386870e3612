// Versions must agree: other programs compute other bits.
#include "actors/gate.hpp"

#include "actors/caf_error.hpp"

#include <caf/all.hpp>

namespace oq::actors {

Gate::behavior_type gate(Gate::pointer self, GateKeys keys) {
  self->set_exit_handler([self](const caf::exit_msg& message) {
    if (!message.source || message.source.node() == self->node())
      self->quit(message.reason);
  });
  return {[keys = std::move(keys)](enter_atom, const std::string& role,
                                   const std::string& version) -> caf::result<caf::actor> {
    if (version != keys.version)
      return to_caf(
        Error{Errc::conflict, "this node runs version " + keys.version + ", not " + version, role});
    const auto door = keys.doors.find(role);
    if (door == keys.doors.end() || !door->second)
      return to_caf(invalid_input("this node takes no \"" + role + "\""));
    return door->second;
  }};
}

} // namespace oq::actors
