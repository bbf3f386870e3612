// Words the readiness of a node.
#include "http/routes/readiness.hpp"

#include "engine/base/json.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

namespace oq::http {

Response readiness_response(bool ready, std::string_view reason) {
  boost::json::array reasons;
  if (!reason.empty())
    reasons.emplace_back(reason);
  Response response(
    ready ? 200 : 503, MediaType::json,
    json_text(boost::json::object{{"ready", ready}, {"reasons", std::move(reasons)}}));
  return std::move(response.add("Cache-Control", "no-store"));
}

std::optional<Response> readiness_of(actors::NodePhase phase) {
  switch (phase) {
  case actors::NodePhase::starting:
    return readiness_response(false, "the node is starting");
  case actors::NodePhase::draining:
    return readiness_response(false, "the node is draining");
  case actors::NodePhase::serving:
    return std::nullopt;
  }
  return std::nullopt;
}

Response readiness_of(const actors::Answer& answer) {
  if (answer.code == Errc::none)
    return readiness_response(true);
  return readiness_response(false, answer.message);
}

} // namespace oq::http
