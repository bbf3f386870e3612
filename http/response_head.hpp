// The head of an answer on the wire, and which bytes of its body follow.
#pragma once

#include "http/byte_range.hpp"
#include "http/head_parser.hpp"
#include "http/response.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace oq::http {

// What the answer's head depends on besides the answer.
struct ResponseContext {
  Method method = Method::get;
  Version version = Version::http11;
  bool keep_alive = true;
  std::string_view range; // headers of the request
  std::string_view if_range;
  std::string_view if_none_match;
  std::string_view date;
  std::string_view server;
};

// Appends status line, header lines and the empty line to `out`. Returns what of the body to send:
// all, the asked range of a file, or nothing (HEAD, 204, 304, 416). An answer whose entity tag the
// client has already becomes a 304.
ByteRange write_response_head(const Response& response, const ResponseContext& context,
                              std::string& out);

} // namespace oq::http
