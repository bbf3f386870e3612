// Requests with a body, as routes get them, made without a socket.
#pragma once

#include "http/request.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace oq::http::testing {

inline Body body_of(const std::string& bytes) {
  Body body;
  EXPECT_TRUE(body.append(bytes, SpoolPolicy{}));
  return body;
}

inline std::shared_ptr<Request> post_request(Content content) {
  static const std::string bytes = "POST /v1/calc/run HTTP/1.1\r\nHost: h\r\n\r\n";
  RequestHead head;
  EXPECT_EQ(parse_head(bytes, 0, Limits{}, head).kind, HeadOutcome::Kind::complete);
  auto request = std::make_shared<Request>(head, "/v1/calc/run");
  request->set_content(std::move(content));
  return request;
}

inline std::shared_ptr<Request> form_request(const std::string& urlencoded) {
  Content content;
  content.body = body_of(urlencoded);
  return post_request(std::move(content));
}

inline Part field(const std::string& name, const std::string& text) {
  return {name, std::nullopt, "", body_of(text)};
}

inline Part file(const std::string& name, const std::string& filename, const std::string& text) {
  return {name, filename, "", body_of(text)};
}

template <class... Parts>
std::shared_ptr<Request> multipart_request(Parts... parts) {
  Content content;
  (content.parts.push_back(std::move(parts)), ...);
  return post_request(std::move(content));
}

} // namespace oq::http::testing
