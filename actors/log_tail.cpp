// Rows of the log as clients read them.
#include "actors/log_tail.hpp"

#include "actors/json_string.hpp"
#include "actors/timestamps.hpp"

#include <algorithm>

namespace oq::actors {

std::string log_row_text(const store::LogRow& row) {
  return "[\"" + log_time(row.at) + "\", " + json_string(row.level) + ", "
         + json_string(row.process) + ", " + json_string(row.message) + "]";
}

std::string log_text(const std::vector<store::LogRow>& rows) {
  std::string text = "[";
  for (const auto& row : rows)
    text += (text.size() > 1 ? ", " : "") + log_row_text(row);
  return text + "]";
}

FeedPage log_page(const std::vector<store::LogRow>& rows, std::int64_t first, bool live) {
  FeedPage page{.position = first, .live = live};
  for (const auto& row : rows) {
    if (page.position - first == kRowsAPage) {
      page.more = true;
      break;
    }
    page.events += log_event(page.position++, log_row_text(row));
  }
  return page;
}

std::optional<FeedPage> LogTail::page(std::int64_t after, bool live) const {
  if (after < first_)
    return std::nullopt;
  FeedPage page{.position = after, .live = live};
  const auto end = std::min(size(), after + kRowsAPage);
  for (; page.position < end; ++page.position)
    page.events +=
      log_event(page.position, rows_[static_cast<std::size_t>(page.position - first_)]);
  page.more = page.position < size();
  return page;
}

void LogTail::append(const store::LogRow& row) {
  rows_.push_back(log_row_text(row));
  if (rows_.size() > kRowsKept) {
    rows_.pop_front();
    ++first_;
  }
}

std::optional<std::string> LogTail::text(std::int64_t first, std::int64_t last) const {
  first = std::max<std::int64_t>(first, 0);
  const std::int64_t end = last == 0 ? size() : std::min(last, size());
  if (first >= end)
    return "[]";
  if (first < first_)
    return std::nullopt;
  std::string text = "[";
  for (std::int64_t place = first; place < end; ++place)
    text += (place > first ? ", " : "") + rows_[static_cast<std::size_t>(place - first_)];
  return text + "]";
}

} // namespace oq::actors
