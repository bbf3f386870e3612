// Formats answer heads by appending to a reused buffer: no stream, no allocation once it is warm.
#include "http/response_head.hpp"

#include "http/conditional_headers.hpp"
#include "http/http_date.hpp"

#include <array>
#include <charconv>

namespace oq::http {
namespace {

void append_number(std::string& out, std::uint64_t value) {
  std::array<char, 20> digits;
  const auto result = std::to_chars(digits.data(), digits.data() + digits.size(), value);
  out.append(digits.data(), result.ptr);
}

void append_status_line(std::string& out, int status) {
  if (status == 200) {
    out.append("HTTP/1.1 200 OK\r\n");
    return;
  }
  out.append("HTTP/1.1 ");
  append_number(out, static_cast<std::uint64_t>(status));
  out.append(" ").append(reason_phrase(status)).append("\r\n");
}

void append_line(std::string& out, std::string_view name, std::string_view value) {
  out.append(name).append(": ").append(value).append("\r\n");
}

void append_content_range(std::string& out, const RangeOutcome& outcome, std::uint64_t size) {
  out.append("Content-Range: bytes ");
  if (outcome.kind == RangeOutcome::Kind::partial) {
    append_number(out, outcome.range.first);
    out.append("-");
    append_number(out, outcome.range.first + outcome.range.length - 1);
  } else {
    out.append("*");
  }
  out.append("/");
  append_number(out, size);
  out.append("\r\n");
}

void append_begin(std::string& out, int status, const ResponseContext& context) {
  append_status_line(out, status);
  append_line(out, "Server", context.server);
  append_line(out, "Date", context.date);
}

void append_end(std::string& out, const ResponseContext& context) {
  if (!context.keep_alive)
    out.append("Connection: close\r\n");
  else if (context.version == Version::http10)
    out.append("Connection: keep-alive\r\n");
  out.append("\r\n");
}

void append_not_modified(std::string& out, const Response& response,
                         const ResponseContext& context) {
  append_begin(out, 304, context);
  if (response.validator())
    out.append(response.validator()->not_modified_lines);
  else
    append_line(out, "ETag", response.file()->etag());
  if (response.prepared_for_not_modified())
    out.append(*response.prepared_for_not_modified());
  append_end(out, context);
}

bool status_has_no_body(int status) {
  return status < 200 || status == 204 || status == 304;
}

} // namespace

ByteRange write_response_head(const Response& response, const ResponseContext& context,
                              std::string& out) {
  if (client_has_it(response, context.method, context.if_none_match)) {
    append_not_modified(out, response, context);
    return {};
  }
  int status = response.status();
  RangeOutcome outcome{RangeOutcome::Kind::whole,
                       {0, response.body() ? response.body()->size() : 0}};
  if (response.file()) {
    outcome = range_of_file(response, context.method, context.range, context.if_range);
    if (outcome.kind != RangeOutcome::Kind::whole)
      status = outcome.kind == RangeOutcome::Kind::partial ? 206 : 416;
  }

  append_begin(out, status, context);
  if (response.media_type() != MediaType::none)
    append_line(out, "Content-Type", to_string(response.media_type()));
  if (response.stream()) {
    if (context.version == Version::http11)
      out.append("Transfer-Encoding: chunked\r\n");
  } else if (!status_has_no_body(status)) {
    out.append("Content-Length: ");
    append_number(out, outcome.range.length);
    out.append("\r\n");
  }
  if (const auto& file = response.file()) {
    append_line(out, "Accept-Ranges", "bytes");
    append_line(out, "ETag", file->etag());
    append_line(out, "Last-Modified", http_date(file->modified()));
    if (status == 206 || status == 416)
      append_content_range(out, outcome, file->size());
  }
  out.append(response.header_lines());
  if (response.prepared_lines())
    out.append(*response.prepared_lines());
  if (response.validator())
    out.append(response.validator()->lines);
  append_end(out, context);

  if (context.method == Method::head || status_has_no_body(status))
    return {};
  return outcome.range;
}

} // namespace oq::http
