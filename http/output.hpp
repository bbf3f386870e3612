// Output: an answer on its way out, as far as the socket has taken it.
#pragma once

#include "http/byte_range.hpp"
#include "http/response.hpp"

#include <cstdint>
#include <memory>
#include <string>

namespace oq::http {

class Output {
public:
  enum class Progress : std::uint8_t { done, pending, broken };

  // Takes over the head; `part` says which bytes of the response's body or file follow it.
  void start(std::string&& head, const Response& response, ByteRange part);
  // Sends what the socket takes now, at most one slice; never blocks. Adds to `sent`.
  Progress send(int fd, std::uint64_t& sent);
  // Lets go of the body; gives the head's buffer back for the next answer.
  std::string release();

private:
  bool send_head_and_bytes(int fd, std::uint64_t& sent);
  bool send_file(int fd, std::uint64_t& sent);
  bool head_is_out() const noexcept { return head_sent_ == head_.size(); }

  std::string head_;
  std::size_t head_sent_ = 0;
  SharedBytes body_;
  std::shared_ptr<const ServedFile> file_;
  ByteRange left_; // of the body or the file
};

} // namespace oq::http
