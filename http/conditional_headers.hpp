// ConditionalHeaders: what a request says about the copy that its client has.
#pragma once

#include "http/byte_range.hpp"
#include "http/request.hpp"
#include "http/response.hpp"

#include <string>

namespace oq::http {

struct ConditionalHeaders {
  Method method = Method::get;
  std::string if_none_match, range, if_range;
};

ConditionalHeaders conditions_of(const RequestHead& head);
ConditionalHeaders conditions_of(const Request& request);

// Whether the client has already what `response` holds. If-None-Match comes before Range (RFC 9110,
// 13.2.2).
bool client_has_it(const Response& response, Method method, std::string_view if_none_match);
// REQUIRES: a file.
RangeOutcome range_of_file(const Response& response, Method method, std::string_view range,
                           std::string_view if_range);

// The status that the answer gets on the wire: of a 200 a 304, 206 or 416 may become.
int status_on_wire(const Response& response, const ConditionalHeaders& conditions);

} // namespace oq::http
