// The Api's questions to the actors: of one calculation, of the list, and for files.
#include "http/routes/answer_sinks.hpp"
#include "http/routes/api.hpp"
#include "http/routes/list_question.hpp"
#include "http/routes/push.hpp"
#include "http/routes/readiness.hpp"
#include "http/target.hpp"

namespace oq::http {
namespace {

// Whose answers tell by a revision what they are of.
bool has_revisions(actors::QuestionKind kind) {
  using actors::QuestionKind;
  return kind == QuestionKind::status || kind == QuestionKind::detail
         || kind == QuestionKind::seed_hazard || kind == QuestionKind::seed_risk;
}

actors::TagRequest::Kind tag_kind(Action action) {
  using Kind = actors::TagRequest::Kind;
  switch (action) {
  case Action::create_tag:
    return Kind::create;
  case Action::delete_tag:
    return Kind::erase;
  case Action::add_tag:
    return Kind::add;
  case Action::remove_tag:
    return Kind::remove;
  case Action::prefer_for_tag:
    return Kind::prefer;
  case Action::prefer_none_for_tag:
    return Kind::prefer_none;
  case Action::preferred_for_tag:
    return Kind::get_preferred;
  default:
    return Kind::list;
  }
}

} // namespace

void Api::ask(actors::QuestionKind kind, const Get& get, MeteredReply reply) {
  actors::Question question;
  question.kind = kind;
  question.id = get.route.id;
  question.first = get.route.first;
  question.last = get.route.last;
  question.base = base_urls_.of_host(get.host);
  const auto form =
    kind == actors::QuestionKind::datastore ? AnswerForm::download : AnswerForm::plain;
  if (!get.query.empty() && has_revisions(kind)) {
    const auto wait = read_wait(get.query, settings_.longest_wait);
    if (!wait)
      return reply.send(to_response(actors::error_answer(wait.error()), AnswerForm::plain));
    if (*wait)
      return caf::anon_send(handles_.herald, actors::wait_atom::value, std::move(question), **wait,
                            poll_sink(std::move(reply), form, settings_.precedence));
  }
  caf::anon_send(handles_.calculations, actors::ask_atom::value, std::move(question),
                 poll_sink(std::move(reply), form, settings_.precedence));
}

void Api::watch(actors::QuestionKind kind, const Get& get, MeteredReply reply) {
  actors::Question question;
  question.kind = kind;
  question.id = get.route.id;
  question.first = read_last_event(get.last_event, get.query);
  question.base = base_urls_.of_host(get.host);
  caf::anon_send(handles_.herald, actors::watch_atom::value, std::move(question),
                 event_sink(std::move(reply), longest_stream(get)));
}

void Api::watch_list(const Get& get, MeteredReply reply) {
  auto question = read_list_question(actors::ListKind::modern, get.query);
  if (!question)
    return reply.send(to_response(actors::error_answer(question.error()), AnswerForm::plain));
  question->viewer = get.viewer;
  caf::anon_send(handles_.herald, actors::watch_atom::value, *std::move(question),
                 read_last_event(get.last_event, get.query),
                 event_sink(std::move(reply), longest_stream(get)));
}

std::optional<std::chrono::milliseconds> Api::longest_stream(const Get& get) const {
  return get.viewer ? std::optional(settings_.longest_stream) : std::nullopt;
}

void Api::ask_ready(MeteredReply reply) {
  if (auto response = readiness_of(telemetry_.gauges().phase.load()))
    return reply.send(*std::move(response));
  actors::Question question;
  question.kind = actors::QuestionKind::ready;
  caf::anon_send(handles_.calculations, actors::ask_atom::value, std::move(question),
                 readiness_sink(std::move(reply)));
}

void Api::list(actors::ListKind kind, const Get& get, MeteredReply reply) {
  auto question = read_list_question(kind, get.query);
  if (!question)
    return reply.send(to_response(actors::error_answer(question.error()), AnswerForm::plain));
  question->base = base_urls_.of_host(get.host);
  question->viewer = get.viewer;
  const auto wait = read_wait(get.query, settings_.longest_wait);
  if (!wait)
    return reply.send(to_response(actors::error_answer(wait.error()), AnswerForm::plain));
  const bool strict = settings_.strict_2013 && kind != actors::ListKind::modern;
  auto to = strict ? poll_sink(std::move(reply), AnswerForm::strict_list, settings_.precedence)
                   : page_sink(*question, get.query, std::move(reply), settings_.precedence);
  if (*wait)
    return caf::anon_send(handles_.herald, actors::wait_atom::value, *std::move(question), **wait,
                          std::move(to));
  caf::anon_send(handles_.catalog, actors::list_atom::value, *std::move(question), std::move(to));
}

void Api::download(actors::OutputView view, const Get& get, MeteredReply reply) {
  actors::Download download;
  download.output_id = get.route.id;
  download.view = view;
  for (const auto& parameter : parse_query(get.query))
    if (parameter.name == "export_type")
      download.format = parameter.value;
  download.coding = coding_for(get.preferences);
  const auto form =
    view == actors::OutputView::modern ? AnswerForm::download : AnswerForm::seed_download;
  caf::anon_send(handles_.calculations, actors::download_atom::value, std::move(download),
                 sink(std::move(reply), form));
}

void Api::extract(const Get& get, MeteredReply reply) {
  caf::anon_send(handles_.calculations, actors::extract_atom::value,
                 read_extract(get.route, get.query, get.preferences),
                 sink(std::move(reply), AnswerForm::extract));
}

void Api::tag(const RouteMatch& route, const actors::ViewerPtr& viewer, MeteredReply reply) {
  actors::TagRequest request;
  request.kind = tag_kind(route.action);
  request.id = route.id;
  request.tag = std::string(route.rest);
  request.viewer = viewer;
  request.owner = viewer ? viewer->name : settings_.owner;
  caf::anon_send(handles_.tags, actors::tag_atom::value, std::move(request),
                 sink(std::move(reply)));
}

void Api::download_inputs(const Get& get, MeteredReply reply) {
  actors::Download download;
  download.calculation_id = get.route.id;
  download.type = "input";
  download.format = "zip";
  caf::anon_send(handles_.calculations, actors::download_atom::value, std::move(download),
                 sink(std::move(reply), AnswerForm::download));
}

void Api::ask_whether_there(AnswerForm form, const Get& get, MeteredReply reply) {
  actors::Question question;
  question.id = get.route.id;
  question.base = base_urls_.of_host(get.host);
  caf::anon_send(handles_.calculations, actors::ask_atom::value, std::move(question),
                 sink(std::move(reply), form));
}

} // namespace oq::http
