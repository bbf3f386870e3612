// Dates as HTTP writes them (RFC 9110, 5.6.7).
#pragma once

#include <ctime>
#include <string>

namespace oq::http {

// "Sun, 06 Nov 1994 08:49:37 GMT", whatever the locale.
std::string http_date(std::time_t time);

// The Date of answers: formatted once a second. Not thread-safe: one a worker.
class DateClock {
public:
  const std::string& text(std::time_t now) {
    if (now != second_) {
      second_ = now;
      text_ = http_date(now);
    }
    return text_;
  }

private:
  std::time_t second_ = -1;
  std::string text_;
};

} // namespace oq::http
