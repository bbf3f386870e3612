// Reads the form, asks the desk, and words its answer.
#include "http/routes/log_in.hpp"

#include "engine/base/json.hpp"
#include "http/routes/answer_response.hpp"
#include "http/routes/credentials.hpp"
#include "http/routes/log_in_page.hpp"
#include "http/routes/refusals.hpp"

#include <boost/json/object.hpp>

namespace oq::http {
namespace {

// Each takes its while and 64 MiB; who comes when so many wait is asked to come back.
constexpr int kMostUnderWay = 16;

// Of a form in either encoding; empty when the field is not there.
std::string field_of(const Request& request, std::string_view name) {
  if (const auto* part = request.part(name))
    return std::string(part->body.bytes());
  for (auto& parameter : parse_query(request.body().bytes()))
    if (parameter.name == name)
      return std::move(parameter.value);
  return {};
}

std::string cookie(std::string_view token, std::chrono::seconds lifetime, bool secure) {
  std::string text = std::string(kSessionCookie) + "=";
  text.append(token).append("; Path=/; Max-Age=" + std::to_string(lifetime.count()));
  return text + "; HttpOnly; SameSite=Lax" + (secure ? "; Secure" : "");
}

struct Wording {
  int status = 200;
  std::string text;
};

Wording wording_of(const actors::LogInAnswer& answer) {
  using Outcome = actors::LogInAnswer::Outcome;
  switch (answer.outcome) {
  case Outcome::welcome:
    return {200, "Successful login"};
  case Outcome::invalid:
    return {403, "Invalid login"};
  case Outcome::disabled:
    return {403, "Disabled account"};
  case Outcome::too_many:
    return {429, "Too many tries: wait " + std::to_string(answer.lifetime.count()) + " s"};
  case Outcome::unavailable:
    return {503, "The database does not answer"};
  }
  return {500, "internal error"};
}

Response text_response(int status, std::string text) {
  auto response = Response::text(status, std::move(text));
  response.add("Cache-Control", "no-store");
  return with_cors(std::move(response));
}

} // namespace

class LogInRoutes::LogInWaiter final : public actors::Sink<actors::LogInAnswer> {
public:
  LogInWaiter(LogInRoutes& routes, RequestPtr request, Form form, MeteredReply reply)
    : routes_(routes), request_(std::move(request)), form_(form), reply_(std::move(reply)) {}
  ~LogInWaiter() override { routes_.under_way_.fetch_sub(1); }

  void deliver(actors::LogInAnswer answer) override {
    const bool welcome = answer.outcome == actors::LogInAnswer::Outcome::welcome;
    const auto wording = wording_of(answer);
    auto response = form_ == Form::program ? text_response(wording.status, wording.text)
                                           : page_response(wording, welcome);
    if (welcome)
      response.add("Set-Cookie",
                   cookie(answer.token, answer.lifetime, routes_.guard_.is_secure(*request_)));
    if (answer.outcome == actors::LogInAnswer::Outcome::too_many)
      response.add("Retry-After", std::to_string(answer.lifetime.count()));
    reply_.send(std::move(response));
  }

private:
  Response page_response(const Wording& wording, bool welcome) const {
    const auto next = field_of(*request_, "next");
    if (!welcome)
      return log_in_page(wording.status, own_path(next), wording.text);
    Response response(303, MediaType::html, std::string());
    return std::move(response.add("Location", own_path(next)));
  }

  LogInRoutes& routes_;
  RequestPtr request_;
  Form form_;
  MeteredReply reply_;
};

class LogInRoutes::LogOutWaiter final : public actors::Sink<Errc> {
public:
  LogOutWaiter(Guard& guard, RequestPtr request, actors::Credential credential, MeteredReply reply)
    : guard_(guard), request_(std::move(request)), credential_(std::move(credential)),
      reply_(std::move(reply)) {}

  void deliver(Errc code) override {
    guard_.forget(credential_);
    if (code != Errc::none)
      return reply_.send(text_response(503, "The database does not answer"));
    auto response = text_response(200, "Successful logout");
    response.add("Set-Cookie", cookie("", std::chrono::seconds{0}, guard_.is_secure(*request_)));
    reply_.send(std::move(response));
  }

private:
  Guard& guard_;
  RequestPtr request_;
  actors::Credential credential_;
  MeteredReply reply_;
};

void LogInRoutes::log_in(const RequestPtr& request, Form form, MeteredReply reply) {
  // Or a page of another site logs a browser in under a name of its own choice.
  if (guard_.is_forged(*request))
    return reply.send(forbidden_answer());
  actors::LogIn log_in{field_of(*request, "username"), field_of(*request, "password"),
                       std::string(guard_.client_of(*request))};
  if (log_in.name.empty() || log_in.password.empty())
    return reply.send(form == Form::page
                        ? log_in_page(400, own_path(field_of(*request, "next")),
                                      "Please give a name and a password.")
                        : text_response(400, "Please provide username and password"));
  if (under_way_.fetch_add(1) >= kMostUnderWay) {
    under_way_.fetch_sub(1);
    auto response = text_response(503, "Too many are logging in");
    return reply.send(std::move(response.add("Retry-After", "2")));
  }
  caf::anon_send(
    handles_.log_in, actors::login_atom::value, std::move(log_in),
    actors::LogInSink(std::make_shared<LogInWaiter>(*this, request, form, std::move(reply))));
}

void LogInRoutes::log_out(const RequestPtr& request, MeteredReply reply) {
  if (guard_.is_forged(*request))
    return reply.send(forbidden_answer());
  auto credential = read_credential({}, request->header("Cookie"));
  if (!credential)
    return reply.send(text_response(200, "Successful logout"));
  auto waiter = std::make_shared<LogOutWaiter>(guard_, request, *credential, std::move(reply));
  caf::anon_send(handles_.identities, actors::logout_atom::value, *std::move(credential),
                 actors::LogOutSink(std::move(waiter)));
}

Response LogInRoutes::page(const Request& request) {
  return log_in_page(200, own_path(request.query("next").value_or("/")), {});
}

void LogInRoutes::status(const RequestPtr& request, MeteredReply reply) {
  const bool required = guard_.is_closed();
  guard_.identify(
    request, std::move(reply), [required](const actors::ViewerPtr& viewer, MeteredReply to) {
      boost::json::object out{{"required", required}, {"authenticated", viewer != nullptr}};
      out["user"] = viewer ? boost::json::value(viewer->name) : boost::json::value(nullptr);
      out["level"] = viewer ? boost::json::value(viewer->level) : boost::json::value(nullptr);
      out["superuser"] = viewer && viewer->superuser;
      auto response = Response::json(json_text(out));
      response.add("Cache-Control", "no-store");
      to.send(with_cors(std::move(response)));
    });
}

} // namespace oq::http
