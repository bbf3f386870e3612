// Connection: one client, from accept to close. A state machine that lives on one worker thread.
#pragma once

#include "http/body_reader.hpp"
#include "http/output.hpp"
#include "http/progress_window.hpp"
#include "http/stream_output.hpp"
#include "http/worker.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace oq::http {

class Connection {
public:
  enum class State : std::uint8_t {
    reading_head,
    reading_body,
    waiting,   // for the handler's answer
    writing,   // the answer did not fit into the socket at once
    streaming, // the head of an answer without an end is out; pieces follow
    lingering, // our side is closed; what the client still sends is discarded
    closed,
  };

  // Serves `fd`, which stays the worker's to close. `number` is never used again; `client` is the
  // peer's address.
  Connection(Worker& worker, int fd, std::uint64_t number, std::string client = {});
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  int fd() const noexcept { return fd_; }
  std::uint64_t number() const noexcept { return number_; }
  State state() const noexcept { return state_; }

  void on_readable();
  void on_writable();
  void on_hangup();
  // Ignored unless it answers the request that is being waited for.
  void on_reply(std::uint64_t request, Response response);
  // There is more of the stream that answers this request.
  void on_stream(std::uint64_t request);
  // Acts on a deadline that has passed.
  void on_tick();
  // One more request is answered; without one for a while the connection ends.
  void leave();
  // No further request after the one that has begun.
  void drain();
  void close();

private:
  void receive();
  void discard();
  void on_end_of_input();
  std::size_t consume(std::string_view bytes);
  bool read_head(std::string_view bytes, std::size_t& used);
  void read_body(std::string_view bytes, std::size_t& used);
  void begin_request(const RequestHead& head, bool body_is_here);
  void hand_over(const RequestHead& head);
  void hand_over(std::shared_ptr<const Request> request, const Reply& reply);
  Reply begin_waiting();

  void refuse(Refusal refusal);
  void respond(Response response);
  void send();
  void finish_response();
  // Streams: connection_stream.cpp.
  void begin_streaming();
  void send_stream();
  void watch_listener();
  // connection_log.cpp.
  void begin_log(const RequestHead& head);
  void log_answer(const Response& response, std::string_view head);
  void linger();

  void set_interest(Interest interest);
  void set_deadline(std::chrono::milliseconds from_now) { deadline_ = worker_.now + from_now; }

  Worker& worker_;
  const int fd_;
  const std::uint64_t number_;
  const std::string client_;
  State state_ = State::reading_head;
  Interest interest_ = Interest::read;
  bool head_begun_ = false;
  bool keep_alive_ = true;
  bool input_ended_ = false;
  Method method_ = Method::get; // of the request at hand
  Version version_ = Version::http11;
  std::uint64_t request_number_ = 0;
  Clock::time_point deadline_; // of the states that do not move bytes
  ProgressWindow progress_;    // of those that do

  std::string input_;        // received, not yet used
  std::size_t searched_ = 0; // of input_, for the end of a head
  std::string range_;        // headers of the request at hand, for its answer
  std::string if_range_;
  std::string if_none_match_;
  // Of the request at hand, kept only for an access log.
  std::string logged_method_, logged_path_;
  Clock::time_point begun_;
  std::shared_ptr<Request> request_; // whose body is being read
  std::unique_ptr<BodyReader> body_;
  Output output_;
  std::unique_ptr<StreamOutput> stream_; // of the answer at hand, when it has no end
};

} // namespace oq::http
