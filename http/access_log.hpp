// AccessLog: a line for every request, written behind the back of whoever answers.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

namespace oq::http {

struct AccessEntry {
  std::string_view client;       // address
  std::string_view user;         // empty: nobody in particular
  std::string_view method, path; // without the query, which may hold a secret
  int status = 0;
  std::chrono::nanoseconds took{0}; // from the end of the head to the begin of the answer
};

class AccessLog {
public:
  // Takes whole lines, on a thread of the log's own.
  using Write = std::function<void(std::string_view lines)>;

  explicit AccessLog(Write write);
  ~AccessLog(); // writes what is left
  AccessLog(const AccessLog&) = delete;
  AccessLog& operator=(const AccessLog&) = delete;

  // Any thread. Costs the formatting of a line; one is dropped, and counted, rather than that
  // requests wait for a slow disk.
  void add(const AccessEntry& entry);

private:
  void run();

  Write write_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::string lines_;
  std::uint64_t dropped_ = 0;
  bool ended_ = false;
  std::thread thread_;
};

} // namespace oq::http
