// The login desk: from a name and a password to a session, slowly and not too often.
#pragma once

#include "actors/identities.hpp"
#include "actors/secrets.hpp"
#include "actors/try_limit.hpp"

namespace oq::actors {

using LogInDesk = LogInPort;

struct LogInRules {
  std::chrono::seconds lifetime = std::chrono::hours(12); // of a session
  int tries_by_name = 10;                                 // failures, then 429
  int tries_by_address = 30; // more: behind one address there may be an institute
  std::chrono::seconds window = std::chrono::minutes(5);
  PasswordCost cost = {}; // that a name nobody has is made to take
};

class LogInDeskState {
public:
  static constexpr const char* name = "login_desk";

  void begin(UserStoreFactory open_users, const LogInRules& rules);
  LogInAnswer log_in(const LogIn& request, TryLimit::Instant now);

private:
  Result<store::UserStore*> users();
  LogInAnswer check(const LogIn& request);
  LogInAnswer open_session(const std::string& user);

  UserStoreFactory open_users_;
  LogInRules rules_;
  std::unique_ptr<store::UserStore> users_;
  TryLimit by_name_{0, {}}, by_address_{0, {}};
  std::string nobodys_hash_; // of no password: an unknown name takes as long as a known one
};

// Hashing takes a core for a while, and the store blocks: detached.
LogInDesk::behavior_type login_desk(LogInDesk::stateful_pointer<LogInDeskState> self,
                                    UserStoreFactory open_users, const LogInRules& rules);

} // namespace oq::actors
