// From an actor's answer to an HTTP response: the only place that knows both.
#pragma once

#include "actors/protocol.hpp"
#include "http/response.hpp"

namespace oq::http {

// How a route words the same answer.
enum class AnswerForm : std::uint8_t {
  plain,         // JSON, or an empty 404
  download,      // a file; a missing exporter is a 500 with the reason as text, as clients expect
  seed_download, // a missing exporter is a 404 with the reason
  extract,       // a file; what is not there is a 500 with the reason as text, as clients expect it
  submission,    // a failed one is a 500 whose body names the failed calculation
  seed_hazard_submission, // the calculation's parameters, and a Location
  seed_risk_submission,
  strict_list, // an empty one is a 404, as in 2013
  inspection,  // a refusal is its bare text
  no_picture,  // 500: of a calculation that is there no picture is
  no_tags,     // 400: likewise the risk by tag
};

// Never throws; an answer whose file has gone becomes a 404.
Response to_response(const actors::Answer& answer, AnswerForm form);

// The cross-origin headers that every answer of the API carries, added to `response`.
Response with_cors(Response response);

// The status that stands for an error code.
int http_status(Errc code) noexcept;

} // namespace oq::http
