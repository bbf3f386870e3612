// Where actors' answers to HTTP clients go, by what the client asked for.
#pragma once

#include "actors/protocol.hpp"
#include "http/routes/answer_response.hpp"
#include "http/routes/request_meter.hpp"

#include <string_view>

namespace oq::http {

actors::SinkPtr sink(MeteredReply reply, AnswerForm form = AnswerForm::plain);

// With `precedence` whoever answers comes before whoever computes.
actors::SinkPtr poll_sink(MeteredReply reply, AnswerForm form, bool precedence);

// A page of the list, which says where the others are; the founding lists have one page.
actors::SinkPtr page_sink(const actors::ListQuestion& question, std::string_view query,
                          MeteredReply reply, bool precedence);

actors::SinkPtr readiness_sink(MeteredReply reply);

} // namespace oq::http
