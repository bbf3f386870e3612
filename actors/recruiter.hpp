// The recruiter: lets workers of other machines in, each with a remote worker to speak for it.
#pragma once

#include "actors/remote_worker.hpp"

#include <caf/stateful_actor.hpp>

namespace oq::actors {

// Whom a worker asks that has passed the gate. The sender is the crew; the answer, its foreman.
// Errc::conflict: another program, Errc::invalid_input: the offer, Errc::overloaded: enough.
using Recruiter = caf::typed_actor<caf::replies_to<join_atom, CrewOffer>::with<caf::actor>>;

struct RecruiterSetup {
  std::string program; // name and version of this one
  Workforce workforce;
  InputDesk desk;
  engine::LogSink log; // of the node; may be empty
};

struct RecruiterState {
  static constexpr const char* name = "recruiter";
  static constexpr std::size_t kMostCrews = 1000;

  RecruiterSetup setup;
  std::map<caf::actor_addr, RemoteWorker> foremen;
};

Recruiter::behavior_type recruiter(Recruiter::stateful_pointer<RecruiterState> self,
                                   RecruiterSetup setup);

} // namespace oq::actors
