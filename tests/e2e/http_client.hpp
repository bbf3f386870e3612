// HttpClient: what a test says to the service over a real connection, and what it hears.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace oq::testing {

struct HttpReply {
  int status = 0;                             // 0: no answer
  std::map<std::string, std::string> headers; // names in lower case
  std::string body;

  std::string header(const std::string& name) const {
    const auto found = headers.find(name);
    return found == headers.end() ? "" : found->second;
  }
};

struct FormPart {
  std::string field, content, file_name; // no file name: a plain field
};

class HttpClient {
public:
  explicit HttpClient(std::uint16_t port);
  ~HttpClient();
  HttpClient(HttpClient&&) noexcept;

  // Sent with every request from now on.
  HttpClient& with(const std::string& name, const std::string& value);

  HttpReply get(const std::string& target);
  HttpReply head(const std::string& target);
  HttpReply post(const std::string& target);
  HttpReply post(const std::string& target, const std::vector<FormPart>& parts);
  HttpReply post(const std::string& target, const std::string& body,
                 const std::string& content_type);
  HttpReply other(const std::string& method, const std::string& target);

private:
  struct Connection;
  std::unique_ptr<Connection> connection_;
};

} // namespace oq::testing
