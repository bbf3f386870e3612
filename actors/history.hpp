// History: every change of one calculation that its clients were told, in order, for those who ask
// what came after the one they know.
#pragma once

#include "actors/feed_page.hpp"
#include "actors/summary.hpp"

#include <cstddef>
#include <deque>
#include <optional>

namespace oq::actors {

// The data of a state's event, one line of JSON: {"id", "revision", "status", "phase",
// "is_running", "progress", "seconds_left", …, "url"}. The url has no host.
std::string state_data(const store::CalculationRecord& record, const Progress& progress);
// The page of one who knows the states up to `after` when only the last is known.
FeedPage last_state_page(const store::CalculationRecord& record, std::int64_t after);

class History {
public:
  static constexpr std::size_t kStatesKept = 64; // a life has some eight

  // A revision that is not newer than the last is not a change.
  void add(const RecordPtr& record, const Progress& progress);

  FeedPage page(std::int64_t after) const;
  // The state that came first after that revision; null: there is none, or it is the last, which
  // its owner has at hand.
  Summary* next(std::int64_t after);

private:
  struct Entry {
    RecordPtr record;
    std::string event;
    std::optional<Summary> summary = {}; // made when somebody asks
  };
  std::deque<Entry> entries_;
};

} // namespace oq::actors
