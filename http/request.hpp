// Request: one complete HTTP request, as the routes see it. Immutable; it may go to any thread.
#pragma once

#include "http/body.hpp"
#include "http/head_parser.hpp"
#include "http/target.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace oq::http {

// One part of a multipart/form-data body.
struct Part {
  std::string name;
  std::optional<std::string> filename; // as the client gave it: never use it as a path
  std::string content_type;            // empty when not given
  Body body;
};

// What a body was received as: plain bytes, or parts when it was multipart/form-data.
struct Content {
  Body body;
  std::vector<Part> parts;
};

class Request {
public:
  // REQUIRES: `path` is head.raw_path decoded. Copies the head's bytes.
  Request(const RequestHead& head, std::string path);
  Request(const Request&) = delete;
  Request& operator=(const Request&) = delete;

  Method method() const noexcept { return head_.method; }
  std::string_view method_text() const noexcept { return head_.method_text; }
  Version version() const noexcept { return head_.version; }
  bool keep_alive() const noexcept { return head_.keep_alive; }

  const std::string& path() const noexcept { return path_; }        // decoded, without the query
  std::string_view target() const noexcept { return head_.target; } // as sent
  std::string_view raw_path() const noexcept { return head_.raw_path; }
  std::string_view raw_query() const noexcept { return head_.raw_query; }

  // All query parameters in the order sent, decoded.
  const std::vector<QueryParameter>& query() const noexcept { return query_; }
  // The first parameter of that name.
  std::optional<std::string_view> query(std::string_view name) const noexcept;

  const std::vector<HeaderField>& headers() const noexcept { return head_.fields; }
  // The first header of that name (any case), or empty.
  std::string_view header(std::string_view name) const noexcept { return head_.header(name); }

  const Body& body() const noexcept { return content_.body; }
  const std::vector<Part>& parts() const noexcept { return content_.parts; }
  // Before anybody else sees the request.
  void set_content(Content content) { content_ = std::move(content); }

  std::string_view client() const noexcept { return head_.client; } // address of the peer

  // The first part of that name, or null.
  const Part* part(std::string_view name) const noexcept;

private:
  std::string bytes_; // what the views of head_ point into
  RequestHead head_;
  std::string path_;
  std::vector<QueryParameter> query_;
  Content content_;
};

} // namespace oq::http
