// Calendar arithmetic for the API's four ways to write a time.
#include "actors/timestamps.hpp"

#include <array>
#include <chrono>
#include <cstdio>
#include <ctime>

namespace oq::actors {
namespace {

constexpr std::int64_t kMicrosecondsPerSecond = 1'000'000;

struct Moment {
  std::tm calendar{};
  int microseconds = 0;
};

Moment moment(std::int64_t at) {
  Moment out;
  std::int64_t fraction = at % kMicrosecondsPerSecond;
  if (fraction < 0)
    fraction += kMicrosecondsPerSecond;
  const auto seconds = static_cast<std::time_t>((at - fraction) / kMicrosecondsPerSecond);
  gmtime_r(&seconds, &out.calendar);
  out.microseconds = static_cast<int>(fraction);
  return out;
}

std::string formatted(const Moment& time, const char* pattern) {
  std::array<char, 40> buffer{};
  const auto size = std::strftime(buffer.data(), buffer.size(), pattern, &time.calendar);
  return {buffer.data(), size};
}

std::string padded(int value, int width) {
  std::string digits = std::to_string(value);
  return std::string(static_cast<std::size_t>(width) - digits.size(), '0') + digits;
}

} // namespace

std::int64_t now_microseconds() {
  using namespace std::chrono;
  return duration_cast<microseconds>(system_clock::now().time_since_epoch()).count();
}

std::string list_time(std::int64_t at) {
  return formatted(moment(at), "%Y-%m-%d, %H:%M:%S UTC");
}

std::string detail_time(std::int64_t at) {
  const auto time = moment(at);
  const std::string fraction = time.microseconds == 0 ? "" : "." + padded(time.microseconds, 6);
  return formatted(time, "%Y-%m-%d %H:%M:%S") + fraction + "+00:00";
}

std::string log_time(std::int64_t at) {
  const auto time = moment(at);
  return formatted(time, "%Y-%m-%dT%H:%M:%S") + "." + padded(time.microseconds / 10'000, 2);
}

std::string export_time(std::int64_t at) {
  return formatted(moment(at), "%Y-%m-%dT%H:%M:%S");
}

} // namespace oq::actors
