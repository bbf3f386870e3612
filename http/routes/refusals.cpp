// The bodies that clients know: JSON where they look into it, nothing where they do not.
#include "http/routes/refusals.hpp"

#include "actors/command_text.hpp"
#include "engine/base/json.hpp"
#include "http/routes/answer_response.hpp"

#include <boost/json/object.hpp>

#include <cctype>

namespace oq::http {
namespace {

Response plain(int status, MediaType type, const char* body) {
  return with_cors(Response(status, type, std::string(body)));
}

Response answered(const actors::Answer& answer) {
  return to_response(answer, AnswerForm::plain);
}

// For a query: everything that is not plain.
std::string escaped(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) || c == '/' || c == '-' || c == '_' || c == '.' || c == '~')
      out += c;
    else
      (out += '%', out += kDigits[byte >> 4], out += kDigits[byte & 0xF]);
  }
  return out;
}

} // namespace

Response stranger_answer(const Request& request) {
  if (request.path().starts_with("/v1/"))
    return forbidden_answer();
  Response response(302, MediaType::html, std::string());
  return std::move(
    response.add("Location", "/accounts/login/?next=" + escaped(request.raw_path())));
}

Response forbidden_answer() {
  return plain(403, MediaType::html, "");
}

Response hidden_answer(const RouteMatch& route) {
  switch (route.action) {
  case Action::log:
  case Action::traceback:
    return plain(200, MediaType::json, "[]");
  case Action::log_size:
    return plain(200, MediaType::json, "0");
  case Action::abort:
    return answered(actors::unknown_job(route.id));
  case Action::remove_tag:
    return answered(actors::has_no_tag(route.id, route.rest));
  case Action::remove:
    return answered(actors::cannot_remove(route.id, "ID does not exist"));
  default:
    return plain(404, MediaType::html, "");
  }
}

Response refused_answer(const RouteMatch& route, const actors::Viewer& viewer,
                        const std::string& owner) {
  const auto id = std::to_string(route.id);
  if (route.action == Action::remove)
    return answered(
      actors::cannot_remove(route.id, "it belongs to " + owner + " and you are " + viewer.name));
  if (route.action != Action::abort)
    return forbidden_answer();
  const auto text = "User " + viewer.name + " has no permission to abort job " + id;
  return with_cors({403, MediaType::json, json_text(boost::json::object{{"error", text}})});
}

} // namespace oq::http
