// Api: the REST API as a handler: turns requests into messages and waits for nothing.
#pragma once

#include "actors/handles.hpp"
#include "http/handler.hpp"
#include "http/routes/answer_response.hpp"
#include "http/routes/base_urls.hpp"
#include "http/routes/guard.hpp"
#include "http/routes/log_in.hpp"
#include "http/routes/negotiation.hpp"
#include "http/routes/route_table.hpp"
#include "http/routes/telemetry.hpp"

#include <chrono>
#include <string>

namespace oq::http {

struct ApiSettings {
  std::string base_url;        // of the links in answers; empty: from the request's Host
  std::string engine_version;  // "3.24.0-oqes0.1.0": clients compare the numbers before the dash
  std::string available_gsims; // JSON array
  std::string ini_defaults;    // JSON object
  std::string owner = "anonymous"; // of what is submitted
  bool precedence = false;         // of threads that answer polls over those that compute
  bool strict_2013 = false;        // an empty founding list is a 404
  bool read_only = false;          // nothing is run, aborted, removed or unpacked
  GuardSettings guard = {};        // of who asks; closed when `handles` know identities
  std::chrono::milliseconds longest_wait{50'000}; // of a long poll, whatever it asks for
  // Of an event stream of somebody who had to log in: who comes back is asked again who they are.
  std::chrono::milliseconds longest_stream{300'000};
};

class Api : public Handler {
public:
  // `telemetry` outlives the Api and every answer that is still to come.
  Api(actors::Handles handles, ApiSettings settings, Telemetry& telemetry);

  void on_request(std::shared_ptr<const Request> request, Reply reply) override;
  bool on_get(const RequestHead& head, Reply& reply) override;
  std::uint64_t max_body(const RequestHead& head, std::uint64_t general) override;

private:
  // What a GET needs of its request.
  struct Get {
    RouteMatch route;
    std::string_view query, host, last_event;
    Preferences preferences = {};
    actors::ViewerPtr viewer = nullptr;
  };
  void dispatch(const RouteMatch& route, const RequestPtr& request, const actors::ViewerPtr& viewer,
                MeteredReply reply);
  bool is_about_logging_in(const RouteMatch& route) const;
  void answer_log_in(Action action, const RequestPtr& request, MeteredReply reply);
  RouteMatch find_route(std::string_view method, std::string_view path) const;
  void answer_get(const Get& get, MeteredReply reply);
  void ask(actors::QuestionKind kind, const Get& get, MeteredReply reply);
  void watch(actors::QuestionKind kind, const Get& get, MeteredReply reply);
  void watch_list(const Get& get, MeteredReply reply);
  std::optional<std::chrono::milliseconds> longest_stream(const Get& get) const;
  void list(actors::ListKind kind, const Get& get, MeteredReply reply);
  void download(actors::OutputView view, const Get& get, MeteredReply reply);
  void extract(const Get& get, MeteredReply reply);
  void tag(const RouteMatch& route, const actors::ViewerPtr& viewer, MeteredReply reply);
  void download_inputs(const Get& get, MeteredReply reply);
  // Answers in `form` when the calculation is there.
  void ask_whether_there(AnswerForm form, const Get& get, MeteredReply reply);
  void answer_post(const RouteMatch& route, RequestPtr request, const actors::ViewerPtr& viewer,
                   MeteredReply reply);
  void submit(actors::SubmissionKind kind, RequestPtr request, const actors::ViewerPtr& viewer,
              MeteredReply reply);
  void submit_local(const Request& request, const actors::ViewerPtr& viewer, MeteredReply reply);
  void inspect(Action action, RequestPtr request, MeteredReply reply);

  void ask_ready(MeteredReply reply);
  template <class Head> // RequestHead or Request
  MeteredReply metered(Reply reply, const RouteMatch& route, const Head& head,
                       std::string_view peer) const;

  actors::Handles handles_;
  ApiSettings settings_;
  Telemetry& telemetry_;
  BaseUrls base_urls_;
  Guard guard_;
  LogInRoutes log_in_;
  actors::SharedText engine_version_, available_gsims_, ini_defaults_;
};

} // namespace oq::http
