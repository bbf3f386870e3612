// Identities: who is behind a session or a key, and what they are to a calculation, by the store.
#pragma once

#include "actors/engine_room.hpp"
#include "actors/identity.hpp"
#include "store/calculation_store.hpp"
#include "store/user_store.hpp"

#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <functional>
#include <memory>

namespace oq::actors {

using UserStoreFactory = std::function<Result<std::unique_ptr<store::UserStore>>()>;

using Identities = IdentitiesPort;

class IdentitiesState {
public:
  static constexpr const char* name = "identities";

  void begin(UserStoreFactory open_users, StoreFactory open_store);
  IdentityAnswer identify(const Credential& credential);
  StandingAnswer standing(const Subject& subject, const Viewer& viewer);
  Errc log_out(const Credential& credential);

private:
  Result<store::UserStore*> users();
  Result<store::CalculationRecord> find(const Subject& subject);

  UserStoreFactory open_users_;
  StoreFactory open_store_;
  std::unique_ptr<store::UserStore> users_;
  std::unique_ptr<store::CalculationStore> calculations_;
};

// Blocks on the store: detached.
Identities::behavior_type identities(Identities::stateful_pointer<IdentitiesState> self,
                                     UserStoreFactory open_users, StoreFactory open_store);

} // namespace oq::actors
