// Connection: one client, from accept to close. A state machine that lives on one worker thread.
#pragma once

#include "http/body_reader.hpp"
#include "http/handler.hpp"
#include "http/http_date.hpp"
#include "http/limits.hpp"
#include "http/reply_queue.hpp"
#include "http/response_head.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace oq::http {

using Clock = std::chrono::steady_clock;

enum class Interest : std::uint8_t { none, read, write };

// Written by one worker, read by anybody.
class Counter {
public:
  void add(std::int64_t n = 1) noexcept {
    value_.store(value_.load(std::memory_order_relaxed) + static_cast<std::uint64_t>(n),
                 std::memory_order_relaxed);
  }
  std::uint64_t get() const noexcept { return value_.load(std::memory_order_relaxed); }

private:
  std::atomic<std::uint64_t> value_{0};
};

struct WorkerCounters {
  Counter open, accepted, requests, refused, timed_out, accept_pauses;
};

class Connection;

// What the connections of one worker share, and what they ask of it. One thread only.
class Worker {
public:
  Worker(const Limits& limits_, Handler& handler_, std::string server_name_,
         std::filesystem::path spool_folder_)
    : limits(limits_), handler(handler_), server_name(std::move(server_name_)),
      spool_folder(std::move(spool_folder_)), receive_buffer(64 * 1024) {}

  virtual void watch(Connection& connection, Interest interest) = 0;
  // The connection is done with; it is closed and destroyed after the events at hand.
  virtual void release(Connection& connection) = 0;

  const Limits& limits;
  Handler& handler;
  const std::string server_name;
  const std::filesystem::path spool_folder;
  const std::shared_ptr<ReplyQueue> replies = std::make_shared<ReplyQueue>();
  WorkerCounters counters;
  DateClock date;
  Clock::time_point now = Clock::now(); // of the batch of events at hand
  bool draining = false;                // the server is shutting down

  // Scratch space of whichever connection is being served.
  std::vector<char> receive_buffer;
  std::string head_buffer;
  RequestHead head;

protected:
  ~Worker() = default;
};

class Connection {
public:
  enum class State : std::uint8_t {
    reading_head,
    reading_body,
    waiting,   // for the handler's answer
    writing,   // the answer did not fit into the socket at once
    lingering, // our side is closed; what the client still sends is discarded
    closed,
  };

  // Serves `fd`, which stays the worker's to close. `number` is never used again.
  Connection(Worker& worker, int fd, std::uint64_t number);
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
  // Acts on a deadline that has passed.
  void on_tick();
  // No further request after the one that has begun.
  void drain();
  void close();

private:
  struct Output {
    std::string head; // what is left of it starts at head_sent
    std::size_t head_sent = 0;
    SharedBytes body;
    std::shared_ptr<const ServedFile> file;
    ByteRange left; // of the body or the file
    bool done() const noexcept { return head_sent == head.size() && left.length == 0; }
  };

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
  bool send_some();
  bool send_head_and_bytes();
  bool send_file();
  void after_send(bool alive);
  void finish_response();
  void linger();

  bool progressed_enough();
  void set_interest(Interest interest);
  void set_deadline(std::chrono::milliseconds from_now) { deadline_ = worker_.now + from_now; }
  void begin_progress_window();

  Worker& worker_;
  const int fd_;
  const std::uint64_t number_;
  State state_ = State::reading_head;
  Interest interest_ = Interest::read;
  bool head_begun_ = false;
  bool keep_alive_ = true;
  bool input_ended_ = false;
  Method method_ = Method::get; // of the request at hand
  Version version_ = Version::http11;
  std::uint64_t request_number_ = 0;
  Clock::time_point deadline_;
  std::uint64_t window_bytes_ = 0; // moved since the progress window began

  std::string input_;        // received, not yet used
  std::size_t searched_ = 0; // of input_, for the end of a head
  std::string range_;        // headers of the request at hand, for its answer
  std::string if_range_;
  std::shared_ptr<Request> request_; // whose body is being read
  std::unique_ptr<BodyReader> body_;
  Output output_;
};

} // namespace oq::http
