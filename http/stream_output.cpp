// Pieces are copied into one buffer when the socket is ready for them, and not before.
#include "http/stream_output.hpp"

#include <array>
#include <cerrno>
#include <charconv>
#include <sys/socket.h>

namespace oq::http {
namespace {

// A buffer that a burst has grown is not kept: thousands of clients wait most of their time.
constexpr std::size_t kKeptBuffer = 1024;
constexpr std::string_view kLastChunk = "0\r\n\r\n";

bool would_block() {
  return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
}

} // namespace

void StreamOutput::frame(const std::string& piece) {
  if (!chunked_) {
    bytes_.append(piece);
    return;
  }
  std::array<char, 16> digits;
  const auto size =
    std::to_chars(digits.data(), digits.data() + digits.size(), piece.size(), 16).ptr;
  bytes_.append(digits.data(), size).append("\r\n").append(piece).append("\r\n");
}

void StreamOutput::fetch() {
  bytes_.clear();
  sent_ = 0;
  if (ended_)
    return;
  const auto taken = reader_->stream().take();
  for (const auto& piece : taken.pieces)
    frame(*piece);
  ended_ = taken.ended;
  if (ended_ && chunked_)
    bytes_.append(kLastChunk);
}

StreamOutput::Progress StreamOutput::send(int fd, std::uint64_t& sent) {
  while (true) {
    if (sent_ == bytes_.size())
      fetch();
    if (bytes_.empty())
      break;
    const ssize_t taken = ::send(fd, bytes_.data() + sent_, bytes_.size() - sent_, MSG_NOSIGNAL);
    if (taken < 0)
      return would_block() ? Progress::pending : Progress::broken;
    sent_ += static_cast<std::size_t>(taken);
    sent += static_cast<std::uint64_t>(taken);
    if (sent_ < bytes_.size())
      return Progress::pending;
  }
  if (bytes_.capacity() > kKeptBuffer)
    bytes_ = std::string{};
  return ended_ ? Progress::done : Progress::idle;
}

} // namespace oq::http
