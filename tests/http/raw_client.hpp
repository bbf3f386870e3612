// RawClient: a blocking client that sends exactly the bytes a test gives it and reads answers.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace oq::http::testing {

struct Answer {
  int status = 0;
  std::string head;
  std::string body;

  // The value of a header (any case), or empty.
  std::string header(std::string_view name) const;
};

class RawClient {
public:
  // Receives wait at most `patience`.
  explicit RawClient(std::uint16_t port,
                     std::chrono::milliseconds patience = std::chrono::seconds{20});
  ~RawClient();
  RawClient(RawClient&& other) noexcept;
  RawClient& operator=(RawClient&& other) noexcept;

  bool connected() const noexcept { return fd_ >= 0; }
  int fd() const noexcept { return fd_; }

  // False when the server does not take it any more.
  bool send(std::string_view bytes);
  // The next answer; its body by Content-Length, or none for HEAD and 1xx, 204, 304. Nothing when
  // the connection ends or stays silent before it is complete.
  std::optional<Answer> receive(bool head_only = false);
  std::optional<Answer> exchange(std::string_view request) {
    return send(request) ? receive() : std::nullopt;
  }
  // Everything until the server closes; nothing when it does not.
  std::optional<std::string> receive_to_end();
  bool closed_by_server() { return receive_to_end() == std::string{}; }

  void shutdown_sending();
  // Closes so that the server gets a reset instead of an orderly end.
  void reset();

private:
  bool fill();

  int fd_ = -1;
  std::string buffer_;
};

// `GET path HTTP/1.1` with a Host.
std::string get(std::string_view path, std::string_view more_lines = {});
std::string post(std::string_view path, std::string_view body, std::string_view more_lines = {});

} // namespace oq::http::testing
