// Checks an offer, then spawns who speaks for it.
#include "actors/recruiter.hpp"

#include "actors/caf_error.hpp"

namespace oq::actors {
namespace {

Result<caf::actor> let_in(Recruiter::stateful_pointer<RecruiterState> self,
                          const CrewOffer& offer) {
  auto& state = self->state;
  OQ_CHECK(check_offer(offer, state.setup.program));
  if (!self->current_sender())
    return invalid_input("an offer without a worker", "join");
  if (state.foremen.size() >= RecruiterState::kMostCrews)
    return Error{Errc::overloaded, "this node has all the workers that it can take", {}};
  const auto crew = caf::actor_cast<CrewPort>(self->current_sender());
  const auto foreman =
    self->spawn(remote_worker, RemoteWorkerSetup{crew, offer, state.setup.workforce,
                                                 state.setup.desk, state.setup.log});
  self->monitor(foreman);
  state.foremen[foreman.address()] = foreman;
  return caf::actor_cast<caf::actor>(foreman);
}

} // namespace

Recruiter::behavior_type recruiter(Recruiter::stateful_pointer<RecruiterState> self,
                                   RecruiterSetup setup) {
  auto& state = self->state;
  state.setup = std::move(setup);
  self->set_down_handler([&state](const caf::down_msg& down) {
    state.foremen.erase(down.source);
  });
  self->set_exit_handler([self, &state](const caf::exit_msg& message) {
    for (const auto& [address, foreman] : state.foremen)
      self->send_exit(foreman, message.reason);
    self->quit(message.reason);
  });
  // An unknown message of another machine: nobody here may die of it.
  self->set_default_handler(caf::drop);
  return {
    [self](join_atom, const CrewOffer& offer) -> caf::result<caf::actor> {
      return to_caf(let_in(self, offer));
    },
  };
}

} // namespace oq::actors
