// First who asks, then what the route needs, then what they are to the calculation: each step goes
// on when its answer is there, and no thread waits.
#include "http/routes/guard.hpp"

#include "http/routes/answer_response.hpp"
#include "http/routes/credentials.hpp"
#include "http/routes/refusals.hpp"

namespace oq::http {
namespace {

using actors::Standing;

bool is_about_a_calculation(Right right) {
  return right == Right::see || right == Right::see_output || right == Right::change
         || right == Right::abort || right == Right::remove || right == Right::share;
}

// What a viewer must be to the calculation.
Standing needed(Right right) {
  switch (right) {
  case Right::see:
  case Right::see_output:
    return Standing::onlooker;
  case Right::remove:
    return Standing::owner;
  default:
    return Standing::colleague;
  }
}

Response unavailable() {
  const Error error{Errc::unavailable, "the database does not answer", {}};
  return to_response(actors::error_answer(error), AnswerForm::plain);
}

// "host:8800" of "http://host:8800".
std::string_view host_of(std::string_view origin) {
  const auto scheme = origin.find("://");
  return scheme == origin.npos ? std::string_view{} : origin.substr(scheme + 3);
}

} // namespace

// One request on its way through the guard.
struct Guard::Check {
  RouteMatch route;
  RequestPtr request;
  MeteredReply reply;
  Pass pass;
  actors::Credential credential;
  IdentityCache::Instant asked;
  bool lets_strangers_in = false;
  actors::ViewerPtr viewer = {};

  void refuse(Response response) { reply.send(std::move(response)); }
  void go_on() { pass(viewer, std::move(reply)); }
};

class Guard::IdentityWaiter final : public actors::Sink<actors::IdentityAnswer> {
public:
  IdentityWaiter(Guard& guard, CheckPtr check) : guard_(guard), check_(std::move(check)) {}
  void deliver(actors::IdentityAnswer answer) override { guard_.identified(check_, answer); }

private:
  Guard& guard_;
  CheckPtr check_;
};

// Asks the catalog, and the store when that has not heard of it.
class Guard::StandingWaiter final : public actors::Sink<actors::StandingAnswer> {
public:
  StandingWaiter(Guard& guard, CheckPtr check, bool is_last)
    : guard_(guard), check_(std::move(check)), is_last_(is_last) {}
  void deliver(actors::StandingAnswer answer) override {
    if (answer.standing == Standing::unknown && answer.code == Errc::none && !is_last_)
      guard_.ask_store(check_);
    else
      guard_.decide(check_, answer);
  }

private:
  Guard& guard_;
  CheckPtr check_;
  bool is_last_;
};

Guard::Guard(actors::Handles handles, const GuardSettings& settings)
  : handles_(std::move(handles)), cors_(settings.origins), proxies_(settings.proxies),
    own_origin_(settings.own_origin) {}

void Guard::check(const RouteMatch& route, const RequestPtr& request, MeteredReply reply,
                  Pass pass) {
  const bool is_free = route.kind == RouteMatch::Kind::found && route.right == Right::everybody;
  if (!is_closed() || is_free)
    return pass(nullptr, std::move(reply));
  auto credential = read_credential(request->header("Authorization"), request->header("Cookie"));
  if (!credential)
    return reply.send(stranger_answer(*request));
  const bool by_cookie = credential->kind == actors::Credential::Kind::session;
  if (by_cookie && is_forged(*request))
    return reply.send(forbidden_answer());
  const auto now = std::chrono::steady_clock::now();
  auto viewer = cache_.find(*credential, now);
  auto check = std::make_shared<Check>(
    Check{route, request, std::move(reply), std::move(pass), *std::move(credential), now});
  if (viewer)
    return authorise(check, viewer);
  caf::anon_send(handles_.identities, actors::identify_atom::value, check->credential,
                 actors::IdentitySink(std::make_shared<IdentityWaiter>(*this, check)));
}

void Guard::identify(const RequestPtr& request, MeteredReply reply, Pass pass) {
  auto credential = read_credential(request->header("Authorization"), request->header("Cookie"));
  if (!is_closed() || !credential)
    return pass(nullptr, std::move(reply));
  auto check = std::make_shared<Check>(Check{{},
                                             request,
                                             std::move(reply),
                                             std::move(pass),
                                             *std::move(credential),
                                             std::chrono::steady_clock::now(),
                                             true});
  caf::anon_send(handles_.identities, actors::identify_atom::value, check->credential,
                 actors::IdentitySink(std::make_shared<IdentityWaiter>(*this, check)));
}

void Guard::forget(const actors::Credential& credential) {
  cache_.forget(credential, std::chrono::steady_clock::now());
}

void Guard::identified(const CheckPtr& check, const actors::IdentityAnswer& answer) {
  if (answer.code != Errc::none)
    return check->refuse(unavailable());
  if (answer.viewer)
    cache_.put(check->credential, answer.viewer, check->asked);
  else if (!check->lets_strangers_in)
    return check->refuse(stranger_answer(*check->request));
  if (!check->lets_strangers_in)
    return authorise(check, answer.viewer);
  check->viewer = answer.viewer;
  check->go_on();
}

void Guard::authorise(const CheckPtr& check, const actors::ViewerPtr& viewer) {
  check->viewer = viewer;
  check->reply.for_client(SharedBytes(viewer, &viewer->name));
  const auto& route = check->route;
  if (route.kind != RouteMatch::Kind::found)
    return check->go_on(); // to a 404 or 405
  if (route.right == Right::superuser && !viewer->superuser)
    return check->refuse(forbidden_answer());
  if (route.right == Right::share && viewer->level < 2 && !viewer->superuser)
    return check->refuse(forbidden_answer()); // before anything is said of the calculation
  if (!is_about_a_calculation(route.right))
    return check->go_on();
  if (route.right == Right::see_output)
    return ask_store(check);
  caf::anon_send(handles_.catalog, actors::standing_atom::value, route.id, viewer,
                 actors::StandingSink(std::make_shared<StandingWaiter>(*this, check, false)));
}

void Guard::ask_store(const CheckPtr& check) {
  const auto kind = check->route.right == Right::see_output ? actors::Subject::Kind::output
                                                            : actors::Subject::Kind::calculation;
  caf::anon_send(handles_.identities, actors::standing_atom::value,
                 actors::Subject{kind, check->route.id}, check->viewer,
                 actors::StandingSink(std::make_shared<StandingWaiter>(*this, check, true)));
}

// What is unknown here is answered as what is hidden, at once: it may come to be before anybody
// else is asked.
void Guard::decide(const CheckPtr& check, const actors::StandingAnswer& answer) {
  if (answer.code != Errc::none)
    return check->refuse(unavailable());
  if (answer.standing <= Standing::hidden)
    return check->refuse(hidden_answer(check->route));
  if (answer.standing < needed(check->route.right))
    return check->refuse(refused_answer(check->route, *check->viewer, answer.owner));
  check->go_on();
}

// Browsers say where a POST comes from; programs do not, and have no cookie of somebody else's.
bool Guard::is_forged(const Request& request) const {
  const auto origin = request.header("Origin");
  if (request.method() != Method::post || origin.empty())
    return false;
  const bool is_own = !own_origin_.empty() && origin == own_origin_;
  return !is_own && !cors_.names(origin) && host_of(origin) != request.header("Host");
}

bool Guard::is_secure(const Request& request) const {
  return own_origin_.starts_with("https://")
         || proxies_.is_secure(request.client(), request.header("X-Forwarded-Proto"));
}

std::string_view Guard::client_of(const Request& request) const {
  return proxies_.client(request.client(), request.header("X-Forwarded-For"));
}

} // namespace oq::http
