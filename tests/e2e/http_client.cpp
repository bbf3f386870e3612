// HttpClient by cpp-httplib, kept out of the header because it is slow to compile.
#include "e2e/http_client.hpp"

#include <cctype>
#include <httplib.h>

namespace oq::testing {
namespace {

HttpReply reply_of(const httplib::Result& result) {
  HttpReply reply;
  if (!result)
    return reply;
  reply.status = result->status;
  reply.body = result->body;
  for (const auto& [name, value] : result->headers) {
    std::string lower = name;
    for (char& c : lower)
      c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    reply.headers[lower] = value;
  }
  return reply;
}

} // namespace

struct HttpClient::Connection {
  explicit Connection(std::uint16_t port) : client("127.0.0.1", port) {
    client.set_keep_alive(true);
    client.set_connection_timeout(10);
    client.set_read_timeout(120);
  }
  httplib::Client client;
  httplib::Headers headers;
};

HttpClient::HttpClient(std::uint16_t port) : connection_(std::make_unique<Connection>(port)) {}
HttpClient::~HttpClient() = default;
HttpClient::HttpClient(HttpClient&&) noexcept = default;

HttpClient& HttpClient::with(const std::string& name, const std::string& value) {
  connection_->headers.emplace(name, value);
  connection_->client.set_default_headers(connection_->headers);
  return *this;
}

HttpReply HttpClient::get(const std::string& target) {
  return reply_of(connection_->client.Get(target));
}

HttpReply HttpClient::head(const std::string& target) {
  return reply_of(connection_->client.Head(target));
}

HttpReply HttpClient::post(const std::string& target) {
  return reply_of(connection_->client.Post(target));
}

HttpReply HttpClient::post(const std::string& target, const std::vector<FormPart>& parts) {
  httplib::MultipartFormDataItems items;
  for (const auto& part : parts)
    items.push_back({part.field, part.content, part.file_name,
                     part.file_name.empty() ? "" : "application/octet-stream"});
  return reply_of(connection_->client.Post(target, items));
}

HttpReply HttpClient::post(const std::string& target, const std::string& body,
                           const std::string& content_type) {
  return reply_of(connection_->client.Post(target, body, content_type));
}

HttpReply HttpClient::other(const std::string& method, const std::string& target) {
  httplib::Request request;
  request.method = method;
  request.path = target;
  return reply_of(connection_->client.send(request));
}

} // namespace oq::testing
