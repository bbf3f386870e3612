// Readiness: whether this node should be sent clients, worded for a load balancer.
#pragma once

#include "actors/gauges.hpp"
#include "actors/protocol.hpp"
#include "http/response.hpp"

#include <optional>

namespace oq::http {

// {"ready": true, "reasons": []} as 200, or 503 with the reasons why not.
Response readiness_response(bool ready, std::string_view reason = {});

// The answer of a node that starts or drains, which needs to ask nobody.
std::optional<Response> readiness_of(actors::NodePhase phase);

// The answer to QuestionKind::ready.
Response readiness_of(const actors::Answer& answer);

} // namespace oq::http
