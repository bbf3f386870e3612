// Shared by those who write an answer and those who count it.
#include "http/conditional_headers.hpp"

#include "http/entity_tag.hpp"

namespace oq::http {
namespace {

template <class From>
ConditionalHeaders copied(const From& from, Method method) {
  ConditionalHeaders out;
  out.method = method;
  out.if_none_match = from.header("If-None-Match");
  out.range = from.header("Range");
  if (!out.range.empty())
    out.if_range = from.header("If-Range");
  return out;
}

} // namespace

ConditionalHeaders conditions_of(const RequestHead& head) {
  return copied(head, head.method);
}

ConditionalHeaders conditions_of(const Request& request) {
  return copied(request, request.method());
}

bool client_has_it(const Response& response, Method method, std::string_view if_none_match) {
  if (if_none_match.empty() || response.status() != 200
      || (method != Method::get && method != Method::head))
    return false;
  if (response.validator())
    return names_tag(if_none_match, response.validator()->etag);
  return response.file() && names_tag(if_none_match, response.file()->etag());
}

RangeOutcome range_of_file(const Response& response, Method method, std::string_view range,
                           std::string_view if_range) {
  const ServedFile& file = *response.file();
  const bool asked = response.status() == 200 && method == Method::get && !range.empty();
  if (!asked || !range_still_valid(if_range, file))
    return {RangeOutcome::Kind::whole, {0, file.size()}};
  return select_range(range, file.size());
}

int status_on_wire(const Response& response, const ConditionalHeaders& conditions) {
  if (client_has_it(response, conditions.method, conditions.if_none_match))
    return 304;
  if (!response.file())
    return response.status();
  switch (range_of_file(response, conditions.method, conditions.range, conditions.if_range).kind) {
  case RangeOutcome::Kind::partial:
    return 206;
  case RangeOutcome::Kind::whole:
    return response.status();
  default:
    return 416;
  }
}

} // namespace oq::http
