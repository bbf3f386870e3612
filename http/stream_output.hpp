// StreamOutput: pieces of a stream on their way out, framed as chunks, as far as the socket takes
// them.
#pragma once

#include "http/stream.hpp"

#include <cstdint>
#include <memory>
#include <string>

namespace oq::http {

class StreamOutput {
public:
  enum class Progress : std::uint8_t {
    idle,    // all that came is out, more may come
    pending, // the socket takes no more now
    done,    // the stream has ended and all is out
    broken,
  };

  // Chunked (HTTP/1.1), or as it comes until the connection closes (HTTP/1.0).
  StreamOutput(std::shared_ptr<StreamReader> reader, bool chunked)
    : reader_(std::move(reader)), chunked_(chunked) {}

  // Sends what the socket takes now; never blocks. Adds to `sent`.
  Progress send(int fd, std::uint64_t& sent);
  // Nothing more is taken from whoever writes; what waits still goes out.
  void finish() { reader_->stream().end(); }

private:
  void fetch();
  void frame(const std::string& piece);

  std::shared_ptr<StreamReader> reader_;
  const bool chunked_;
  bool ended_ = false;
  std::string bytes_; // framed
  std::size_t sent_ = 0;
};

} // namespace oq::http
