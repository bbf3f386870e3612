// What a connection does while its answer has no end: writes pieces as they come, and notices when
// nobody listens any more.
#include "http/connection.hpp"

#include <cerrno>
#include <sys/socket.h>

namespace oq::http {
namespace {

// Bytes that the kernel keeps for one listener (it doubles the number); beyond them the stream's
// own bound counts.
constexpr int kSendBuffer = 32 * 1024;

} // namespace

void Connection::begin_streaming() {
  state_ = State::streaming;
  input_ = std::string{}; // the connection ends with the stream: no further request is answered
  ::setsockopt(fd_, SOL_SOCKET, SO_SNDBUF, &kSendBuffer, sizeof kSendBuffer);
  send_stream();
}

void Connection::on_stream(std::uint64_t request) {
  if (state_ == State::streaming && request == request_number_)
    send_stream();
}

void Connection::send_stream() {
  switch (stream_->send(fd_, progress_.bytes)) {
  case StreamOutput::Progress::idle:
    set_interest(Interest::read);
    break;
  case StreamOutput::Progress::pending:
    if (interest_ != Interest::write)
      progress_.begin(worker_.now, worker_.limits.progress_window);
    set_interest(Interest::write);
    break;
  case StreamOutput::Progress::done:
    stream_.reset();
    linger();
    break;
  case StreamOutput::Progress::broken:
    close();
    break;
  }
}

// Whoever closes the sending side of a stream's connection has gone: there is no other sign of it.
void Connection::watch_listener() {
  const ssize_t got = ::recv(fd_, worker_.receive_buffer.data(), worker_.receive_buffer.size(), 0);
  if (got == 0 || (got < 0 && errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR))
    close();
}

} // namespace oq::http
