// Limits: how much a client may send and how long it may take; every one is an option of the
// server.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace oq::http {

struct Limits {
  // Sizes. What exceeds them is answered 414, 431 or 413 and the connection is closed.
  std::size_t max_target = 8 * 1024;               // bytes of the request target
  std::size_t max_head = 32 * 1024;                // bytes of request line and header lines
  std::size_t max_header_count = 100;              // header lines of a request
  std::uint64_t max_body = std::uint64_t{1} << 30; // bytes of a decoded body
  std::size_t spool_threshold = 1024 * 1024;       // bodies and parts above it go to a file
  std::size_t max_parts = 1000;                    // parts of a multipart body
  std::size_t max_part_head = 8 * 1024;            // bytes of header lines of one part
  std::size_t max_pipelined = 64 * 1024;           // bytes read ahead while an answer is pending
  std::size_t max_connections = 10000;             // further clients wait in the listen backlog

  // Requests given to the handler and not answered by it, of all workers together (exact to one
  // batch of events); also those whose client was told 504 or has gone. Further ones get 503 with
  // Retry-After at once, so that no queue behind the handler grows without end.
  std::size_t max_in_flight = 20000;

  // Times.
  std::chrono::milliseconds head_time{10'000};    // from the first byte of a head to its last
  std::chrono::milliseconds idle_time{75'000};    // between two requests of a connection
  std::chrono::milliseconds handler_time{30'000}; // from the request to its answer, then 504
  std::chrono::milliseconds linger_time{2'000};   // to let a client read the last answer
  std::chrono::milliseconds leave_time{2'000};    // as idle_time, once the server drains
  // A body being received, or an answer being sent, must advance by min_rate * progress_window
  // bytes in each window: a byte a second is as good as none.
  std::chrono::milliseconds progress_window{30'000};
  std::uint64_t min_rate = 1024; // bytes a second
};

} // namespace oq::http
