// Filtering, paging and the reuse of serialized pages.
#include "actors/calculation_index.hpp"

#include <algorithm>

namespace oq::actors {
namespace {

// Bounded: filters and Host are the client's to choose.
constexpr std::size_t kPagesKept = 16;

bool same_text(const BaseUrl& a, const BaseUrl& b) {
  return a == b || (a && b && *a == *b);
}

bool same_question(const ListQuestion& a, const ListQuestion& b) {
  return a.kind == b.kind && a.calculation_mode == b.calculation_mode
         && a.is_running == b.is_running && a.started_since == b.started_since && a.limit == b.limit
         && a.offset == b.offset && a.ascending == b.ascending && same_text(a.base, b.base);
}

} // namespace

void CalculationIndex::put(const store::CalculationRecord& record) {
  const State state = parse_state(record.status).value_or(State::failed);
  const auto known = entries_.find(record.id);
  if (known != entries_.end() && known->second.revision >= record.revision)
    return;
  if (deleted_.contains(record.id))
    return;
  pages_.clear();
  ++revision_;
  if (state == State::deleted) {
    entries_.erase(record.id);
    deleted_[record.id] = record.revision;
    return;
  }
  entries_[record.id] = {.revision = record.revision,
                         .is_risk = record.is_risk,
                         .is_running = shows_running(state),
                         .calculation_mode = record.calculation_mode,
                         .started_at =
                           record.started_at != 0 ? record.started_at : record.created_at,
                         .modern = status_text(record),
                         .seed = seed_item_text(record, seed_)};
}

Answer CalculationIndex::list(const ListQuestion& question) {
  for (const auto& page : pages_)
    if (same_question(page.question, question))
      return page.answer;
  if (pages_.size() == kPagesKept)
    pages_.erase(pages_.begin());
  return pages_.emplace_back(Page{question, build(question)}).answer;
}

bool CalculationIndex::matches(const ListQuestion& question, const Entry& entry) {
  if (question.kind != ListKind::modern && entry.is_risk != (question.kind == ListKind::seed_risk))
    return false;
  return question.calculation_mode.value_or(entry.calculation_mode) == entry.calculation_mode
         && question.is_running.value_or(entry.is_running) == entry.is_running
         && question.started_since.value_or(entry.started_at) <= entry.started_at;
}

std::vector<const CalculationIndex::Entry*>
CalculationIndex::matching(const ListQuestion& question) const {
  std::vector<const Entry*> found;
  for (const auto& [id, entry] : entries_)
    if (matches(question, entry))
      found.push_back(&entry);
  if (!question.ascending.value_or(question.kind != ListKind::modern))
    std::ranges::reverse(found);
  return found;
}

Answer CalculationIndex::build(const ListQuestion& question) const {
  const auto found = matching(question);
  const auto size = static_cast<std::int64_t>(found.size());
  const auto limit =
    question.limit.value_or(question.kind == ListKind::modern ? kDefaultLimit : -1);
  const auto first = std::clamp<std::int64_t>(question.offset, 0, size);
  const auto last = limit < 0 ? size : first + std::min(limit, size - first);
  const std::string_view base =
    question.base ? std::string_view(*question.base) : std::string_view{};
  std::string text = "[";
  for (auto place = first; place < last; ++place) {
    const Entry& entry = *found[static_cast<std::size_t>(place)];
    const UrlText& item = question.kind == ListKind::modern ? entry.modern : entry.seed;
    text.append(place > first ? ", " : "").append(item.before).append(base).append(item.after);
  }
  Answer answer;
  answer.body = std::make_shared<const std::string>(text + "]");
  answer.revision = revision_;
  answer.total = size;
  return answer;
}

} // namespace oq::actors
