// States as events, serialized when they happen.
#include "actors/history.hpp"

#include "actors/json_string.hpp"
#include "actors/projections.hpp"
#include "actors/timestamps.hpp"

#include <algorithm>

namespace oq::actors {
namespace {

State state_of(const store::CalculationRecord& record) {
  return parse_state(record.status).value_or(State::failed);
}

} // namespace

std::string state_data(const store::CalculationRecord& record, const Progress& progress) {
  const State state = state_of(record);
  const auto start = record.started_at != 0 ? record.started_at : record.created_at;
  const std::string id = std::to_string(record.id);
  std::string text = "{\"id\": " + id + ", \"revision\": " + std::to_string(record.revision);
  text +=
    ", \"status\": \"" + std::string(to_string(state)) + "\"" + progress_members(record, progress);
  text += ", \"is_running\": ";
  text += shows_running(state) ? "true" : "false";
  text += ", \"calculation_mode\": " + json_string(record.calculation_mode);
  text += ", \"description\": " + json_string(record.description);
  text += ", \"owner\": " + json_string(record.owner) + ", \"parent_id\": ";
  text += record.hazard_calculation_id ? std::to_string(*record.hazard_calculation_id) : "null";
  text += ", \"start_time\": \"" + list_time(start) + "\", \"error\": " + json_string(record.error);
  return text + ", \"url\": \"/v1/calc/" + id + "\"}";
}

FeedPage last_state_page(const store::CalculationRecord& record, std::int64_t after) {
  FeedPage page{.position = std::max(after, record.revision), .live = is_live(state_of(record))};
  if (record.revision > after)
    page.events = event_text(record.revision, "state", state_data(record, progress_of(record)));
  return page;
}

void History::add(const RecordPtr& record, const Progress& progress) {
  if (!entries_.empty() && entries_.back().record->revision >= record->revision)
    return;
  entries_.push_back(
    {record, event_text(record->revision, "state", state_data(*record, progress))});
  if (entries_.size() > kStatesKept)
    entries_.pop_front();
}

FeedPage History::page(std::int64_t after) const {
  FeedPage page{.position = after};
  for (const auto& entry : entries_) {
    if (entry.record->revision <= after)
      continue;
    page.position = entry.record->revision;
    page.events += entry.event;
  }
  page.live = !entries_.empty() && is_live(state_of(*entries_.back().record));
  return page;
}

Summary* History::next(std::int64_t after) {
  const auto found = std::ranges::find_if(entries_, [after](const Entry& entry) {
    return entry.record->revision > after;
  });
  if (found == entries_.end() || found + 1 == entries_.end())
    return nullptr;
  if (!found->summary)
    found->summary.emplace(found->record);
  return &*found->summary;
}

} // namespace oq::actors
