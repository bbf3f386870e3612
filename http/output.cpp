// Head and body in one sendmsg; files by sendfile, in slices.
#include "http/output.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <utility>

namespace oq::http {
namespace {

// At most so much of a file in one go: other connections of the worker have their turn.
constexpr std::uint64_t kFileSlice = 1024 * 1024;

bool would_block() {
  return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
}

} // namespace

void Output::start(std::string&& head, const Response& response, ByteRange part) {
  head_ = std::move(head);
  head_sent_ = 0;
  body_ = response.body();
  file_ = response.file();
  left_ = part;
}

std::string Output::release() {
  body_.reset();
  file_.reset();
  left_ = {};
  head_sent_ = 0;
  std::string buffer = std::move(head_);
  head_.clear();
  buffer.clear();
  return buffer;
}

Output::Progress Output::send(int fd, std::uint64_t& sent) {
  if ((!head_is_out() || !file_) && !send_head_and_bytes(fd, sent))
    return Progress::broken;
  if (head_is_out() && file_ && left_.length > 0 && !send_file(fd, sent))
    return Progress::broken;
  return head_is_out() && left_.length == 0 ? Progress::done : Progress::pending;
}

bool Output::send_head_and_bytes(int fd, std::uint64_t& sent) {
  std::array<iovec, 2> pieces{};
  std::size_t count = 0;
  if (!head_is_out())
    pieces[count++] = {head_.data() + head_sent_, head_.size() - head_sent_};
  const bool bytes_follow = left_.length > 0 && body_ && !file_;
  if (bytes_follow) // sendmsg does not write to what an iovec points at
    pieces[count++] = {const_cast<char*>(body_->data()) + left_.first,
                       static_cast<std::size_t>(left_.length)};
  msghdr message{};
  message.msg_iov = pieces.data();
  message.msg_iovlen = count;
  const bool file_follows = left_.length > 0 && file_;
  const ssize_t taken = ::sendmsg(fd, &message, MSG_NOSIGNAL | (file_follows ? MSG_MORE : 0));
  if (taken < 0)
    return would_block();
  const auto bytes = static_cast<std::size_t>(taken);
  const std::size_t of_head = std::min(bytes, head_.size() - head_sent_);
  head_sent_ += of_head;
  left_.first += bytes - of_head;
  left_.length -= bytes - of_head;
  sent += bytes;
  return true;
}

bool Output::send_file(int fd, std::uint64_t& sent) {
  auto offset = static_cast<off_t>(left_.first);
  const std::size_t wanted = std::min(left_.length, kFileSlice);
  const ssize_t taken = ::sendfile(fd, file_->fd(), &offset, wanted);
  if (taken < 0)
    return would_block();
  if (taken == 0) // the file has shrunk: the promised length cannot be kept
    return false;
  left_.first += static_cast<std::uint64_t>(taken);
  left_.length -= static_cast<std::uint64_t>(taken);
  sent += static_cast<std::uint64_t>(taken);
  return true;
}

} // namespace oq::http
