// Lines are gathered and written a few times a second.
#include "http/access_log.hpp"

#include <array>
#include <charconv>
#include <cstdio>
#include <ctime>
#include <utility>

namespace oq::http {
namespace {

constexpr std::chrono::milliseconds kPause{200};
constexpr std::size_t kWorthWriting = 64 * 1024;      // bytes
constexpr std::size_t kMostWaiting = 8 * 1024 * 1024; // bytes
constexpr std::size_t kLongestPath = 512;             // of a path in a line

// "2026-11-23T08:36:05.": the same for all lines of a second.
void write_second(std::time_t second, std::string& out) {
  std::tm time{};
  ::gmtime_r(&second, &time);
  std::array<char, 64> text{};
  const int size =
    std::snprintf(text.data(), text.size(), "%04d-%02d-%02dT%02d:%02d:%02d.", time.tm_year + 1900,
                  time.tm_mon + 1, time.tm_mday, time.tm_hour, time.tm_min, time.tm_sec);
  out.assign(text.data(), static_cast<std::size_t>(size));
}

// "2026-11-23T08:36:05.123Z": as the lines of the service's own log begin.
void append_now(std::string& out) {
  static thread_local std::time_t written = -1;
  static thread_local std::string second_text;
  const auto now = std::chrono::duration_cast<std::chrono::milliseconds>(
                     std::chrono::system_clock::now().time_since_epoch())
                     .count();
  if (const std::time_t second = now / 1000; second != written) {
    write_second(second, second_text);
    written = second;
  }
  const auto part = static_cast<int>(now % 1000);
  out += second_text;
  for (const int unit : {100, 10, 1})
    out.push_back(static_cast<char>('0' + part / unit % 10));
  out.push_back('Z');
}

// What a client sends must not look like another line, or steer a terminal.
void append_plain(std::string& out, std::string_view text) {
  for (const char c : text.substr(0, kLongestPath))
    out.push_back(
      static_cast<unsigned char>(c) <= 0x20 || static_cast<unsigned char>(c) >= 0x7f ? '?' : c);
}

void append_milliseconds(std::string& out, std::chrono::nanoseconds time) {
  std::array<char, 32> text{};
  const double milliseconds = static_cast<double>(time.count()) * 1e-6;
  const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), milliseconds,
                                          std::chars_format::fixed, 3);
  out.append(text.data(), end);
}

void append_line(std::string& out, const AccessEntry& entry) {
  append_now(out);
  out.append(" info ");
  append_plain(out, entry.client.empty() ? "-" : entry.client);
  out.push_back(' ');
  append_plain(out, entry.user.empty() ? "-" : entry.user);
  out.push_back(' ');
  append_plain(out, entry.method.empty() ? "-" : entry.method);
  out.push_back(' ');
  append_plain(out, entry.path.empty() ? "-" : entry.path);
  out.append(" ").append(std::to_string(entry.status)).append(" ");
  append_milliseconds(out, entry.took);
  out.append(" ms\n");
}

} // namespace

AccessLog::AccessLog(Write write)
  : write_(std::move(write)), thread_([this] {
      run();
    }) {}

AccessLog::~AccessLog() {
  {
    const std::lock_guard lock(mutex_);
    ended_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void AccessLog::add(const AccessEntry& entry) {
  static thread_local std::string line;
  line.clear();
  append_line(line, entry);
  const std::lock_guard lock(mutex_);
  if (lines_.size() + line.size() > kMostWaiting) {
    ++dropped_;
    return;
  }
  const bool many = lines_.size() < kWorthWriting && lines_.size() + line.size() >= kWorthWriting;
  lines_ += line;
  if (many)
    wake_.notify_one();
}

void AccessLog::run() {
  std::string lines;
  std::unique_lock lock(mutex_);
  for (bool last = false; !last;) {
    wake_.wait_for(lock, kPause, [this] {
      return ended_ || lines_.size() >= kWorthWriting;
    });
    last = ended_;
    lines.clear();
    lines.swap(lines_);
    if (const auto dropped = std::exchange(dropped_, 0); dropped > 0)
      lines += "(" + std::to_string(dropped) + " lines were dropped here)\n";
    lock.unlock();
    if (!lines.empty())
      write_(lines);
    lock.lock();
  }
}

} // namespace oq::http
