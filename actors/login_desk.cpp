// One try after the other: whoever guesses is as slow as one password hash at a time.
#include "actors/login_desk.hpp"

namespace oq::actors {

void LogInDeskState::begin(UserStoreFactory open_users, const LogInRules& rules) {
  open_users_ = std::move(open_users);
  rules_ = rules;
  by_name_ = TryLimit(rules.tries_by_name, rules.window);
  by_address_ = TryLimit(rules.tries_by_address, rules.window);
}

Result<store::UserStore*> LogInDeskState::users() {
  if (!users_) {
    OQ_TRY(users_, open_users_());
  }
  return users_.get();
}

LogInAnswer LogInDeskState::log_in(const LogIn& request, TryLimit::Instant now) {
  const auto wait =
    std::max(by_name_.wait(request.name, now), by_address_.wait(request.address, now));
  if (wait.count() > 0)
    return {.outcome = LogInAnswer::Outcome::too_many, .token = {}, .lifetime = wait};
  auto answer = check(request);
  if (answer.outcome == LogInAnswer::Outcome::invalid) {
    by_name_.fail(request.name, now);
    by_address_.fail(request.address, now);
  } else if (answer.outcome == LogInAnswer::Outcome::welcome) {
    by_name_.forget(request.name); // not the address: an own account buys no tries at others
  }
  return answer;
}

LogInAnswer LogInDeskState::check(const LogIn& request) {
  using Outcome = LogInAnswer::Outcome;
  auto from = users();
  if (!from)
    return {.outcome = Outcome::unavailable};
  const auto user = (*from)->find(request.name);
  if (!user && user.error().code != Errc::not_found)
    return {.outcome = Outcome::unavailable};
  if (nobodys_hash_.empty()) {
    if (auto hash = hash_password(new_token(), rules_.cost))
      nobodys_hash_ = *std::move(hash);
  }
  const bool known = user && !user->password.empty();
  const bool right = password_matches(known ? user->password : nobodys_hash_, request.password);
  if (!known || !right)
    return {.outcome = Outcome::invalid};
  if (user->disabled)
    return {.outcome = Outcome::disabled};
  return open_session(user->name);
}

LogInAnswer LogInDeskState::open_session(const std::string& user) {
  LogInAnswer answer{
    .outcome = LogInAnswer::Outcome::welcome, .token = new_token(), .lifetime = rules_.lifetime};
  const auto opened = users_->open_session(user, token_digest(answer.token), rules_.lifetime);
  if (!opened)
    return {.outcome = LogInAnswer::Outcome::unavailable};
  return answer;
}

LogInDesk::behavior_type login_desk(LogInDesk::stateful_pointer<LogInDeskState> self,
                                    UserStoreFactory open_users, const LogInRules& rules) {
  auto& state = self->state;
  state.begin(std::move(open_users), rules);
  return {
    [self, &state](login_atom, const LogIn& request, const LogInSink& sink) {
      sink->deliver(state.log_in(request, self->clock().now()));
    },
  };
}

} // namespace oq::actors
