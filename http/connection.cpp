// One request at a time: the next is parsed when the answer to the last has gone out, so answers
// keep their order and a client that does not read stops being read from. No call here blocks.
#include "http/connection.hpp"

#include "http/response_head.hpp"

#include <algorithm>
#include <cerrno>
#include <sys/socket.h>

namespace oq::http {
namespace {

// A buffer grown by one large head is not kept for the life of the connection.
constexpr std::size_t kKeptInput = 16 * 1024;

bool would_block() {
  return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
}

Response turned_away() {
  auto response = Response::error(503, "too many requests are waiting for their answers");
  return std::move(response.add("Retry-After", "1"));
}

} // namespace

Connection::Connection(Worker& worker, int fd, std::uint64_t number, std::string client)
  : worker_(worker), fd_(fd), number_(number), client_(std::move(client)) {
  set_deadline(worker.limits.head_time);
}

void Connection::on_readable() {
  switch (state_) {
  case State::reading_head:
  case State::reading_body:
  case State::waiting:
    receive();
    break;
  case State::lingering:
    discard();
    break;
  case State::streaming:
    watch_listener();
    break;
  case State::writing:
  case State::closed:
    break;
  }
}

void Connection::on_hangup() {
  if (state_ == State::reading_head || state_ == State::reading_body)
    receive(); // what came before the end still counts
  else if (state_ != State::closed)
    close();
}

void Connection::receive() {
  std::vector<char>& buffer = worker_.receive_buffer;
  const ssize_t got = ::recv(fd_, buffer.data(), buffer.size(), 0);
  if (got < 0) {
    if (!would_block())
      close();
    return;
  }
  if (got == 0) {
    on_end_of_input();
    return;
  }
  const std::string_view bytes{buffer.data(), static_cast<std::size_t>(got)};
  if (state_ == State::waiting) {
    input_.append(bytes);
    if (input_.size() >= worker_.limits.max_pipelined)
      set_interest(Interest::none);
    return;
  }
  if (input_.empty()) { // the usual case: parse where it was received
    const std::size_t used = consume(bytes);
    if (state_ != State::lingering && state_ != State::closed)
      input_.append(bytes.substr(used));
  } else {
    input_.append(bytes);
    input_.erase(0, consume(input_));
  }
}

void Connection::discard() {
  std::vector<char>& buffer = worker_.receive_buffer;
  const ssize_t got = ::recv(fd_, buffer.data(), buffer.size(), 0);
  if (got == 0 || (got < 0 && !would_block()))
    close();
}

// A client may close its sending side after its last request and still read: what has begun is
// answered. Only then is there nothing more to wait for.
void Connection::on_end_of_input() {
  input_ended_ = true;
  if (state_ == State::waiting)
    set_interest(Interest::none);
  else
    close();
}

std::size_t Connection::consume(std::string_view bytes) {
  std::size_t used = 0;
  while (used < bytes.size()) {
    if (state_ == State::reading_body)
      read_body(bytes, used);
    else if (state_ != State::reading_head || !read_head(bytes, used))
      break;
  }
  return used;
}

// False when more bytes are needed.
bool Connection::read_head(std::string_view bytes, std::size_t& used) {
  if (!head_begun_) {
    // Empty lines before a request line are to be ignored (RFC 9112, 2.2).
    while (bytes.substr(used).starts_with("\r\n"))
      used += 2;
    if (used == bytes.size() || bytes.substr(used) == "\r")
      return false;
    head_begun_ = true;
    searched_ = 0;
    set_deadline(worker_.limits.head_time);
  }
  const std::string_view rest = bytes.substr(used);
  const HeadOutcome outcome = parse_head(rest, searched_, worker_.limits, worker_.head);
  worker_.head.client = client_;
  if (outcome.kind == HeadOutcome::Kind::incomplete) {
    searched_ = rest.size();
    return false;
  }
  head_begun_ = false;
  if (worker_.access_log)
    begin_log(outcome.kind == HeadOutcome::Kind::complete ? worker_.head : RequestHead{});
  if (outcome.kind == HeadOutcome::Kind::refused) {
    refuse(outcome.refusal);
    return false;
  }
  used += outcome.length;
  begin_request(worker_.head, used < bytes.size());
  return true;
}

void Connection::begin_request(const RequestHead& head, bool body_is_here) {
  method_ = head.method;
  version_ = head.version;
  keep_alive_ = head.keep_alive;
  range_ = head.header("Range");
  if_range_ = range_.empty() ? std::string_view{} : head.header("If-Range");
  if_none_match_ = head.header("If-None-Match");
  if (!head.has_body()) {
    hand_over(head);
    return;
  }
  if (worker_.is_full()) { // before the body is taken, which then is not read at all
    worker_.counters.turned_away.add();
    keep_alive_ = false;
    return respond(turned_away());
  }
  auto path = decode_path(head.raw_path);
  if (!path)
    return refuse({400, "malformed escape in the path"});
  const std::uint64_t max_body = worker_.handler.max_body(head, worker_.limits.max_body);
  if (head.content_length.value_or(0) > max_body)
    return refuse({413, "body too large"});
  request_ = std::make_shared<Request>(head, *std::move(path));
  body_ = std::make_unique<BodyReader>(head, max_body, worker_.limits, worker_.spool_folder);
  state_ = State::reading_body;
  progress_.begin(worker_.now, worker_.limits.progress_window);
  if (head.expects_continue && !body_is_here) {
    constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
    // Nothing else is under way on this connection, so a socket that does not take it is broken.
    if (::send(fd_, kContinue.data(), kContinue.size(), MSG_NOSIGNAL) != ssize_t(kContinue.size()))
      close();
  }
}

void Connection::read_body(std::string_view bytes, std::size_t& used) {
  const BodyReader::Progress progress = body_->feed(bytes.substr(used));
  used += progress.consumed;
  progress_.bytes += progress.consumed;
  if (progress.refusal) {
    refuse(progress.refusal);
  } else if (progress.complete) {
    request_->set_content(body_->take());
    body_.reset();
    worker_.counters.requests.add();
    hand_over(std::move(request_), begin_waiting());
  }
}

Reply Connection::begin_waiting() {
  state_ = State::waiting;
  ++request_number_;
  worker_.counters.in_flight.add();
  set_deadline(worker_.limits.handler_time);
  return {worker_.replies, {fd_, number_, request_number_}};
}

// A request without a body.
void Connection::hand_over(const RequestHead& head) {
  const bool full = worker_.is_full();
  Reply reply = begin_waiting();
  if (full) { // by the queue, since the bytes around this request are being read
    worker_.counters.turned_away.add();
    return reply.send(turned_away());
  }
  worker_.counters.requests.add();
  if (head.method == Method::get || head.method == Method::head) {
    try {
      if (worker_.handler.on_get(head, reply))
        return;
    } catch (...) {
      reply.send(Response::error(500, "internal error"));
      return;
    }
  }
  auto path = decode_path(head.raw_path);
  if (!path)
    return refuse({400, "malformed escape in the path"});
  hand_over(std::make_shared<const Request>(head, *std::move(path)), std::move(reply));
}

void Connection::hand_over(std::shared_ptr<const Request> request, const Reply& reply) {
  try {
    worker_.handler.on_request(std::move(request), reply);
  } catch (...) {
    reply.send(Response::error(500, "internal error"));
  }
}

void Connection::on_reply(std::uint64_t request, Response response) {
  if (state_ == State::waiting && request == request_number_)
    respond(std::move(response));
}

void Connection::refuse(Refusal refusal) {
  worker_.counters.refused.add();
  keep_alive_ = false;
  request_.reset();
  body_.reset();
  respond(Response::error(refusal.status, refusal.reason));
}

void Connection::respond(Response response) {
  const bool more_to_answer = !input_ended_ || !input_.empty();
  keep_alive_ = keep_alive_ && !worker_.draining && !response.closes() && more_to_answer;
  const auto now = std::chrono::system_clock::now();
  const ResponseContext context{method_,
                                version_,
                                keep_alive_,
                                range_,
                                if_range_,
                                if_none_match_,
                                worker_.date.text(std::chrono::system_clock::to_time_t(now)),
                                worker_.server_name};
  if (response.stream() && method_ != Method::head)
    stream_ = std::make_unique<StreamOutput>(response.stream(), version_ == Version::http11);
  std::string head = std::move(worker_.head_buffer);
  const ByteRange part = write_response_head(response, context, head);
  if (worker_.access_log)
    log_answer(response, head);
  output_.start(std::move(head), response, part);
  state_ = State::writing;
  progress_.begin(worker_.now, worker_.limits.progress_window);
  send();
}

void Connection::on_writable() {
  if (state_ == State::writing)
    send();
  else if (state_ == State::streaming)
    send_stream();
}

void Connection::send() {
  switch (output_.send(fd_, progress_.bytes)) {
  case Output::Progress::done:
    worker_.head_buffer = output_.release();
    finish_response();
    break;
  case Output::Progress::pending:
    set_interest(Interest::write);
    break;
  case Output::Progress::broken:
    close();
    break;
  }
}

void Connection::finish_response() {
  if (stream_)
    return begin_streaming();
  if (!keep_alive_)
    return linger();
  state_ = State::reading_head;
  set_interest(Interest::read);
  set_deadline(worker_.limits.idle_time);
  if (!input_.empty()) {
    input_.erase(0, consume(input_));
    if (input_.empty() && input_.capacity() > kKeptInput)
      input_ = std::string{};
  }
  if (input_ended_ && state_ == State::reading_head)
    close();
}

// Closing at once would reset the connection if the client has sent more than we read, and the
// reset can overtake the answer.
void Connection::linger() {
  input_.clear();
  if (input_ended_ || ::shutdown(fd_, SHUT_WR) != 0)
    return close();
  state_ = State::lingering;
  set_interest(Interest::read);
  set_deadline(worker_.limits.linger_time);
}

void Connection::close() {
  if (state_ == State::closed)
    return;
  state_ = State::closed;
  request_.reset();
  body_.reset();
  output_.release();
  stream_.reset();
  worker_.release(*this);
}

void Connection::on_tick() {
  const bool late = worker_.now >= deadline_;
  switch (state_) {
  case State::reading_head:
    if (late && head_begun_)
      refuse({408, "the request head took too long"});
    else if (late)
      linger(); // a request that crosses this on its way sees an orderly end and no reset
    break;
  case State::reading_body:
    if (progress_.stalled(worker_.now, worker_.limits.min_rate))
      refuse({408, "the request body came too slowly"});
    break;
  case State::waiting:
    if (late) {
      worker_.counters.timed_out.add();
      respond(Response::error(504, "no answer in time"));
    }
    break;
  case State::streaming: // with nothing to send it may be silent as long as it likes
    if (interest_ == Interest::write && progress_.stalled(worker_.now, worker_.limits.min_rate))
      close();
    break;
  case State::writing:
    if (progress_.stalled(worker_.now, worker_.limits.min_rate))
      close();
    break;
  case State::lingering:
    if (late)
      close();
    break;
  case State::closed:
    break;
  }
}

void Connection::leave() {
  if (state_ == State::reading_head && !head_begun_)
    deadline_ = std::min(deadline_, worker_.now + worker_.limits.leave_time);
}

void Connection::drain() {
  if (state_ == State::streaming) {
    stream_->finish();
    return send_stream();
  }
  if (state_ == State::reading_head && !head_begun_)
    receive(); // a request that has arrived has begun
  if (state_ == State::reading_head && !head_begun_)
    close();
}

void Connection::set_interest(Interest interest) {
  if (interest == interest_)
    return;
  interest_ = interest;
  worker_.watch(*this, interest);
}

} // namespace oq::http
