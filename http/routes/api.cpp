// Dispatches by the route table; every branch sends one message or one ready answer.
#include "http/routes/api.hpp"

#include "http/routes/answer_response.hpp"
#include "http/routes/answer_sinks.hpp"
#include "http/routes/documents.hpp"
#include "http/routes/inspection.hpp"
#include "http/routes/submission.hpp"

#include <algorithm>

namespace oq::http {
namespace {

Response wrong_method(std::string_view allow) {
  Response response(405, MediaType::html, std::string());
  return with_cors(std::move(response.add("Allow", allow)));
}

Response metrics_response(const Telemetry& telemetry) {
  Response response(200, MediaType::none, telemetry.text());
  return std::move(response.add("Content-Type", "text/plain; version=0.0.4; charset=utf-8"));
}

Response not_found() {
  return with_cors(Response(404, MediaType::html, std::string()));
}

// Only a download's answer depends on them; a poll does not look for them.
template <class Head>
Preferences preferences_in(const Head& head, const RouteMatch& route) {
  switch (route.action) {
  case Action::download:
  case Action::seed_hazard_download:
  case Action::seed_risk_download:
  case Action::extract:
    return {head.header("Accept"), head.header("Accept-Encoding"), head.header("Range")};
  default:
    return {};
  }
}

bool is_question(Action action, actors::QuestionKind& kind) {
  using actors::QuestionKind;
  switch (action) {
  case Action::status:
    return kind = QuestionKind::status, true;
  case Action::detail:
    return kind = QuestionKind::detail, true;
  case Action::results:
    return kind = QuestionKind::results, true;
  case Action::datastore:
    return kind = QuestionKind::datastore, true;
  case Action::log:
    return kind = QuestionKind::log, true;
  case Action::log_size:
    return kind = QuestionKind::log_size, true;
  case Action::traceback:
    return kind = QuestionKind::traceback, true;
  case Action::progress:
    return kind = QuestionKind::progress, true;
  case Action::oqparam:
    return kind = QuestionKind::oqparam, true;
  case Action::cluster:
    return kind = QuestionKind::cluster, true;
  case Action::seed_hazard_detail:
    return kind = QuestionKind::seed_hazard, true;
  case Action::seed_risk_detail:
    return kind = QuestionKind::seed_risk, true;
  case Action::seed_hazard_results:
    return kind = QuestionKind::seed_hazard_results, true;
  case Action::seed_risk_results:
    return kind = QuestionKind::seed_risk_results, true;
  default:
    return false;
  }
}

} // namespace

Api::Api(actors::Handles handles, ApiSettings settings, Telemetry& telemetry)
  : handles_(std::move(handles)), settings_(std::move(settings)), telemetry_(telemetry),
    base_urls_(settings_.base_url), guard_(handles_, settings_.guard), log_in_(handles_, guard_),
    engine_version_(std::make_shared<const std::string>(settings_.engine_version)),
    available_gsims_(std::make_shared<const std::string>(settings_.available_gsims)),
    ini_defaults_(std::make_shared<const std::string>(settings_.ini_defaults)) {}

template <class Head>
MeteredReply Api::metered(Reply reply, const RouteMatch& route, const Head& head,
                          std::string_view peer) const {
  const auto action = route.kind == RouteMatch::Kind::found ? route.action : Action::none;
  MeteredReply metered(std::move(reply), action, telemetry_.requests(), conditions_of(head));
  metered.narrow(guard_.cors().lines_for(head.header("Origin")));
  const auto client = guard_.proxies().client(peer, head.header("X-Forwarded-For"));
  if (client != peer)
    metered.from_address(std::make_shared<const std::string>(client));
  return metered;
}

bool Api::on_get(const RequestHead& head, Reply& reply) {
  if (head.raw_path.find('%') != std::string_view::npos)
    return false;
  const auto route = find_route(head.method_text, head.raw_path);
  if (route.kind != RouteMatch::Kind::found || is_about_logging_in(route)
      || (guard_.is_closed() && route.right != Right::everybody))
    return false;
  answer_get({route, head.raw_query, head.header("Host"), head.header("Last-Event-ID"),
              preferences_in(head, route)},
             metered(std::move(reply), route, head, head.client));
  return true;
}

// A route that is closed to everybody is as good as none.
RouteMatch Api::find_route(std::string_view method, std::string_view path) const {
  auto route = match(method, path);
  const bool writes =
    route.right == Right::submit || route.right == Right::abort || route.right == Right::remove;
  const bool is_missing = settings_.read_only && writes;
  return is_missing ? RouteMatch{} : route;
}

// The body of a login is a name and a password.
std::uint64_t Api::max_body(const RequestHead& head, std::uint64_t general) {
  constexpr std::uint64_t kLogIn = 64 * 1024;
  return head.raw_path.starts_with("/accounts/") ? std::min(kLogIn, general) : general;
}

void Api::on_request(std::shared_ptr<const Request> request, Reply unmetered) {
  const auto route = find_route(request->method_text(), request->path());
  auto reply = metered(std::move(unmetered), route, *request, request->client());
  if (request->method() == Method::options && route.kind != RouteMatch::Kind::unknown_path)
    return reply.send(with_cors(Response(200, MediaType::html, std::string())));
  if (!guard_.is_closed())
    return dispatch(route, request, nullptr, std::move(reply));
  guard_.check(route, request, std::move(reply),
               [this, route, request](const actors::ViewerPtr& viewer, MeteredReply to) {
                 dispatch(route, request, viewer, std::move(to));
               });
}

void Api::dispatch(const RouteMatch& route, const RequestPtr& request,
                   const actors::ViewerPtr& viewer, MeteredReply reply) {
  if (route.kind == RouteMatch::Kind::unknown_path)
    return reply.send(not_found());
  if (route.kind == RouteMatch::Kind::wrong_method)
    return reply.send(wrong_method(route.allow));
  if (is_about_logging_in(route))
    return answer_log_in(route.action, request, std::move(reply));
  if (request->method() == Method::post)
    return answer_post(route, request, viewer, std::move(reply));
  answer_get({route, request->raw_query(), request->header("Host"),
              request->header("Last-Event-ID"), preferences_in(*request, route), viewer},
             std::move(reply));
}

bool Api::is_about_logging_in(const RouteMatch& route) const {
  return route.action >= Action::log_in && route.action <= Action::authentication_status;
}

void Api::answer_log_in(Action action, const RequestPtr& request, MeteredReply reply) {
  if (action == Action::authentication_status)
    return log_in_.status(request, std::move(reply));
  if (!guard_.is_closed()) // these exist only where somebody has to log in
    return reply.send(not_found());
  switch (action) {
  case Action::log_in:
    return log_in_.log_in(request, LogInRoutes::Form::program, std::move(reply));
  case Action::log_in_form:
    return log_in_.log_in(request, LogInRoutes::Form::page, std::move(reply));
  case Action::log_out:
    return log_in_.log_out(request, std::move(reply));
  default:
    return reply.send(LogInRoutes::page(*request));
  }
}

void Api::answer_get(const Get& get, MeteredReply reply) {
  actors::QuestionKind kind{};
  if (is_question(get.route.action, kind))
    return ask(kind, get, std::move(reply));
  switch (get.route.action) {
  case Action::list:
    return list(actors::ListKind::modern, get, std::move(reply));
  case Action::seed_hazard_list:
    return list(actors::ListKind::seed_hazard, get, std::move(reply));
  case Action::seed_risk_list:
    return list(actors::ListKind::seed_risk, get, std::move(reply));
  case Action::events:
    return watch(actors::QuestionKind::events, get, std::move(reply));
  case Action::log_events:
    return watch(actors::QuestionKind::log_events, get, std::move(reply));
  case Action::list_events:
    return watch_list(get, std::move(reply));
  case Action::download:
    return download(actors::OutputView::modern, get, std::move(reply));
  case Action::seed_hazard_download:
    return download(actors::OutputView::seed_hazard, get, std::move(reply));
  case Action::seed_risk_download:
    return download(actors::OutputView::seed_risk, get, std::move(reply));
  case Action::extract:
    return extract(get, std::move(reply));
  case Action::engine_version:
    return reply.send(with_cors(Response(200, MediaType::html, engine_version_)));
  case Action::engine_latest_version: // no answer of ours is newer than itself
    return reply.send(with_cors(Response(200, MediaType::html, std::string())));
  case Action::available_gsims:
    return reply.send(with_cors(Response(200, MediaType::json, available_gsims_)));
  case Action::ini_defaults:
    return reply.send(with_cors(Response(200, MediaType::json, ini_defaults_)));
  case Action::job_zip:
    return download_inputs(get, std::move(reply));
  case Action::download_png:
    return ask_whether_there(AnswerForm::no_picture, get, std::move(reply));
  case Action::aggrisk_tags:
    return ask_whether_there(AnswerForm::no_tags, get, std::move(reply));
  case Action::list_tags:
  case Action::preferred_for_tag:
    return tag(get.route, get.viewer, std::move(reply));
  case Action::healthz:
    return reply.send(Response::json(std::string(R"({"alive": true})")));
  case Action::readyz:
    return ask_ready(std::move(reply));
  case Action::metrics:
    return reply.send(metrics_response(telemetry_));
  default:
    return reply.send(document_response(get.route.action).value_or(not_found()));
  }
}

void Api::answer_post(const RouteMatch& route, RequestPtr request, const actors::ViewerPtr& viewer,
                      MeteredReply reply) {
  const auto command = [&](actors::Command what) {
    caf::anon_send(handles_.calculations, actors::command_atom::value, route.id, what,
                   sink(std::move(reply)));
  };
  switch (route.action) {
  case Action::run:
    return submit(actors::SubmissionKind::modern, std::move(request), viewer, std::move(reply));
  case Action::seed_hazard_run:
    return submit(actors::SubmissionKind::seed_hazard, std::move(request), viewer,
                  std::move(reply));
  case Action::seed_risk_run:
    return submit(actors::SubmissionKind::seed_risk, std::move(request), viewer, std::move(reply));
  case Action::run_ini:
    return submit_local(*request, viewer, std::move(reply));
  case Action::validate_zip:
  case Action::validate_ini:
  case Action::valid:
  case Action::on_same_fs:
    return inspect(route.action, std::move(request), std::move(reply));
  case Action::create_tag:
  case Action::delete_tag:
  case Action::add_tag:
  case Action::remove_tag:
  case Action::prefer_for_tag:
  case Action::prefer_none_for_tag:
    return tag(route, viewer, std::move(reply));
  case Action::abort:
    return command(actors::Command::abort);
  case Action::remove:
    return command(actors::Command::remove);
  case Action::share:
    return command(actors::Command::share);
  case Action::unshare:
    return command(actors::Command::unshare);
  default:
    return reply.send(not_found());
  }
}

void Api::submit(actors::SubmissionKind kind, RequestPtr request, const actors::ViewerPtr& viewer,
                 MeteredReply reply) {
  const auto base = base_urls_.of_host(request->header("Host"));
  const auto& owner = viewer ? viewer->name : settings_.owner;
  auto submission = read_submission(std::move(request), {kind, base, owner, viewer});
  if (!submission)
    return reply.send(
      to_response(actors::error_answer(submission.error()), AnswerForm::submission));
  const auto form = kind == actors::SubmissionKind::modern ? AnswerForm::submission
                    : kind == actors::SubmissionKind::seed_hazard
                      ? AnswerForm::seed_hazard_submission
                      : AnswerForm::seed_risk_submission;
  caf::anon_send(handles_.calculations, actors::submit_atom::value, *std::move(submission),
                 sink(std::move(reply), form));
}

void Api::submit_local(const Request& request, const actors::ViewerPtr& viewer,
                       MeteredReply reply) {
  const SubmissionContext context{actors::SubmissionKind::modern,
                                  base_urls_.of_host(request.header("Host")),
                                  viewer ? viewer->name : settings_.owner, viewer};
  auto submission = read_local_submission(request, context);
  if (!submission)
    return reply.send(
      to_response(actors::error_answer(submission.error()), AnswerForm::submission));
  caf::anon_send(handles_.calculations, actors::submit_atom::value, *std::move(submission),
                 sink(std::move(reply), AnswerForm::submission));
}

void Api::inspect(Action action, RequestPtr request, MeteredReply reply) {
  auto inspection = read_inspection(action, std::move(request));
  if (!inspection)
    return reply.send(
      to_response(actors::error_answer(inspection.error()), AnswerForm::inspection));
  caf::anon_send(handles_.inspector, actors::inspect_atom::value, *std::move(inspection),
                 sink(std::move(reply), AnswerForm::inspection));
}

} // namespace oq::http
