// LogTail: the last rows of a calculation's log, already as JSON, with their places in the whole
// log.
#pragma once

#include "actors/feed_page.hpp"
#include "store/calculation_store.hpp"

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

namespace oq::actors {

// `["2026-11-22T23:53:25.54", "INFO", "MainProcess/30971", "message"]`.
std::string log_row_text(const store::LogRow& row);
// The whole JSON array of a list of rows.
std::string log_text(const std::vector<store::LogRow>& rows);
// The page of rows that have `first` rows before them; one row more than kRowsAPage says that there
// is more.
FeedPage log_page(const std::vector<store::LogRow>& rows, std::int64_t first, bool live);

class LogTail {
public:
  static constexpr std::size_t kRowsKept = 2000;

  // `written` rows are in the store already, from a run before a restart.
  explicit LogTail(std::int64_t written = 0) : first_(written) {}

  void append(const store::LogRow& row);
  std::int64_t size() const noexcept { return first_ + static_cast<std::int64_t>(rows_.size()); }
  // The JSON array of rows [first, last), last = 0 meaning to the end; last before first is empty.
  // nullopt: begins before the rows kept here, the store has them.
  std::optional<std::string> text(std::int64_t first, std::int64_t last) const;

  // The page of one who has the first `after` rows. nullopt as text().
  std::optional<FeedPage> page(std::int64_t after, bool live) const;

private:
  std::int64_t first_ = 0; // place of rows_.front()
  std::deque<std::string> rows_;
};

} // namespace oq::actors
