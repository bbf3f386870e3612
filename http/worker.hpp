// Worker: what the connections of one thread share, and what they ask of it.
#pragma once

#include "http/handler.hpp"
#include "http/http_date.hpp"
#include "http/limits.hpp"
#include "http/reply_queue.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
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
  Counter open, accepted, requests, refused, turned_away, timed_out, accept_pauses;
  Counter in_flight; // given to the handler, not answered by it
};

class AccessLog;
class Connection;

class Worker {
public:
  Worker(const Limits& limits_, Handler& handler_, std::string server_name_,
         std::filesystem::path spool_folder_)
    : limits(limits_), handler(handler_), server_name(std::move(server_name_)),
      spool_folder(std::move(spool_folder_)), receive_buffer(64 * 1024) {}
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  virtual void watch(Connection& connection, Interest interest) = 0;
  // The connection is done with; it is closed and destroyed after the events at hand.
  virtual void release(Connection& connection) = 0;

  bool is_full() const noexcept {
    return in_flight_elsewhere + counters.in_flight.get() >= limits.max_in_flight;
  }

  const Limits& limits;
  Handler& handler;
  const std::string server_name;
  const std::filesystem::path spool_folder;
  const std::shared_ptr<ReplyQueue> replies = std::make_shared<ReplyQueue>();
  WorkerCounters counters;
  DateClock date;
  Clock::time_point now = Clock::now();  // of the batch of events at hand
  std::uint64_t in_flight_elsewhere = 0; // of the other workers, when the batch began
  bool draining = false;                 // the next answer of a connection is its last
  AccessLog* access_log = nullptr;       // null: none; outlives the worker

  // Scratch space of whichever connection is being served.
  std::vector<char> receive_buffer;
  std::string head_buffer;
  RequestHead head;

protected:
  ~Worker() = default;
};

} // namespace oq::http
