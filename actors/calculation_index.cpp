// Filtering, paging and the reuse of serialized pages.
#include "actors/calculation_index.hpp"

#include "actors/json_string.hpp"

#include <algorithm>

namespace oq::actors {
namespace {

// Bounded: filters and Host are the client's to choose, and the founding lists have no end.
constexpr std::size_t kPagesKept = 64;
constexpr std::size_t kPageBytesKept = 32 << 20;

bool same_text(const BaseUrl& a, const BaseUrl& b) {
  return a == b || (a && b && *a == *b);
}

bool same_question(const ListQuestion& a, const ListQuestion& b) {
  return a.kind == b.kind && a.calculation_mode == b.calculation_mode
         && a.is_running == b.is_running && a.started_since == b.started_since && a.limit == b.limit
         && a.offset == b.offset && a.order == b.order && a.ascending == b.ascending
         && a.tag == b.tag && a.preferred_only == b.preferred_only && a.owner_like == b.owner_like
         && a.include_shared == b.include_shared && same_text(a.base, b.base)
         && same_view(a.viewer, b.viewer);
}

bool takes_all(const ListQuestion& question) {
  return question.kind == ListKind::modern && !question.calculation_mode && !question.is_running
         && !question.started_since && question.order == ListOrder::id && !question.tag
         && !question.preferred_only && !question.owner_like
         && (!question.viewer || question.viewer->superuser);
}

char folded(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// SQL's LIKE: '%' is any text, '_' any character. Goes back to the last '%' only, so that no
// pattern takes long.
bool is_like(std::string_view text, std::string_view pattern) {
  std::size_t at = 0, in = 0, resume = 0;
  std::size_t wild = std::string_view::npos; // behind the last '%'
  while (at < text.size()) {
    if (in < pattern.size() && pattern[in] == '%') {
      wild = ++in;
      resume = at;
    } else if (in < pattern.size()
               && (pattern[in] == '_' || folded(pattern[in]) == folded(text[at]))) {
      ++in, ++at;
    } else if (wild != std::string_view::npos) {
      in = wild;
      at = ++resume;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('%', in) == std::string_view::npos;
}

} // namespace

std::uint32_t WordList::number(const std::string& word) {
  const auto [known, is_new] =
    numbers_.try_emplace(word, static_cast<std::uint32_t>(words_.size()));
  if (is_new)
    words_.push_back(word);
  return known->second;
}

std::uint32_t WordList::find(const std::string& word) const {
  const auto known = numbers_.find(word);
  return known == numbers_.end() ? kNone : known->second;
}

std::vector<CalculationIndex::Entry>::iterator CalculationIndex::place_of(CalculationId id) {
  // The usual ones are the newest.
  if (entries_.empty() || entries_.back().id < id)
    return entries_.end();
  return std::ranges::lower_bound(entries_, id, {}, &Entry::id);
}

CalculationIndex::Entry CalculationIndex::entry_of(const store::CalculationRecord& record,
                                                   State state) {
  return {.id = record.id,
          .revision = record.revision,
          .shown_start = record.started_at != 0 ? record.started_at : record.created_at,
          .size_bytes = record.size_bytes,
          .parent = record.hazard_calculation_id.value_or(0),
          .description = record.description,
          .mode = words_.number(record.calculation_mode),
          .owner = words_.number(record.owner),
          .state = state,
          .phase = parse_phase(record.phase),
          .is_risk = record.is_risk};
}

bool CalculationIndex::put(const store::CalculationRecord& record) {
  const State state = parse_state(record.status).value_or(State::failed);
  const auto place = place_of(record.id);
  const bool known = place != entries_.end() && place->id == record.id;
  if (known && place->revision >= record.revision)
    return false;
  if (deleted_.contains(record.id))
    return false;
  forget_pages();
  revision_ = std::max(revision_ + 1, record.changed_at);
  note_change(words_.number(record.owner),
              state == State::shared || (known && place->state == State::shared));
  if (state == State::deleted) {
    deleted_[record.id] = record.revision;
    if (known)
      entries_.erase(place);
  } else if (known)
    *place = entry_of(record, state);
  else
    entries_.insert(place, entry_of(record, state));
  return true;
}

void CalculationIndex::put_tags(const TagTable& tags) {
  const auto before = std::exchange(tags_, {});
  for (const auto& tag : tags)
    tags_[tag.calculation_id].push_back({tag.tag, tag.preferred});
  forget_pages();
  ++revision_;
  const auto differ = [](const TagsById& in, const TagsById& from) {
    return [&in, &from](const Entry& entry) {
      const auto a = in.find(entry.id), b = from.find(entry.id);
      return a != in.end() && (b == from.end() || a->second != b->second);
    };
  };
  const auto is_new = differ(tags_, before), is_gone = differ(before, tags_);
  for (const auto& entry : entries_)
    if (is_new(entry) || is_gone(entry))
      note_change(entry.owner, entry.state == State::shared);
}

void CalculationIndex::note_change(std::uint32_t owner, bool seen_by_all) {
  if (owner_revisions_.size() < words_.size())
    owner_revisions_.resize(words_.size(), 1);
  owner_revisions_[owner] = revision_;
  if (seen_by_all)
    shared_revision_ = revision_;
}

// Who does not see everything must not see either that something happened to the rest.
std::int64_t CalculationIndex::revision_for(const ViewerPtr& viewer) const {
  if (!is_restricted(viewer))
    return revision_;
  std::int64_t revision = shared_revision_;
  for (std::uint32_t owner = 0; owner < owner_revisions_.size(); ++owner)
    if (viewer->sees(words_.word(owner), false))
      revision = std::max(revision, owner_revisions_[owner]);
  return revision;
}

void CalculationIndex::forget_pages() {
  pages_.clear();
  page_bytes_ = 0;
}

Answer CalculationIndex::list(const ListQuestion& question) {
  for (const auto& page : pages_)
    if (same_question(page.question, question))
      return page.answer;
  auto answer = build(question);
  keep(question, answer);
  return answer;
}

void CalculationIndex::keep(const ListQuestion& question, const Answer& answer) {
  if (answer.body->size() > kPageBytesKept)
    return;
  page_bytes_ += answer.body->size();
  pages_.push_back({question, answer});
  while (pages_.size() > kPagesKept || page_bytes_ > kPageBytesKept) {
    page_bytes_ -= pages_.front().answer.body->size();
    pages_.erase(pages_.begin());
  }
}

bool CalculationIndex::matches(const ListQuestion& question,
                               const std::optional<std::uint32_t>& mode, const Entry& entry) {
  if (question.kind != ListKind::modern && entry.is_risk != (question.kind == ListKind::seed_risk))
    return false;
  return mode.value_or(entry.mode) == entry.mode
         && question.is_running.value_or(shows_running(entry.state)) == shows_running(entry.state)
         && question.started_since.value_or(entry.shown_start) <= entry.shown_start;
}

CalculationIndex::FoundStanding CalculationIndex::standing(CalculationId id,
                                                           const Viewer& viewer) const {
  const auto place = std::ranges::lower_bound(entries_, id, {}, &Entry::id);
  if (place == entries_.end() || place->id != id)
    return {};
  const auto& owner = words_.word(place->owner);
  const auto standing = viewer.standing(owner, place->state == State::shared);
  if (standing == Standing::hidden)
    return {.standing = standing};
  return {.standing = standing, .owner = owner};
}

std::vector<bool> CalculationIndex::visible_owners(const ListQuestion& question) const {
  std::vector<bool> visible;
  if (question.viewer)
    for (std::uint32_t number = 0; number < words_.size(); ++number)
      visible.push_back(question.viewer->sees(words_.word(number), false));
  return visible;
}

std::vector<bool> CalculationIndex::owners_like(const ListQuestion& question) const {
  std::vector<bool> like;
  if (question.owner_like)
    for (std::uint32_t number = 0; number < words_.size(); ++number) {
      const std::string_view owner = words_.word(number);
      like.push_back(is_like(owner, *question.owner_like)
                     || is_like(owner.substr(0, owner.rfind('@')), *question.owner_like));
    }
  return like;
}

bool CalculationIndex::has_tag(const ListQuestion& question, const Entry& entry) const {
  if (!question.tag && !question.preferred_only)
    return true;
  const auto found = tags_.find(entry.id);
  return found != tags_.end() && std::ranges::any_of(found->second, [&](const Tag& tag) {
           return question.tag.value_or(tag.word) == tag.word
                  && (tag.preferred || !question.preferred_only);
         });
}

// The preferred one has a star.
std::string CalculationIndex::tags_text(const Entry& entry) const {
  std::string text;
  if (const auto found = tags_.find(entry.id); found != tags_.end())
    for (const auto& tag : found->second)
      text += (text.empty() ? "" : ", ") + json_string(tag.word + (tag.preferred ? "★" : ""));
  return text.empty() ? text : ", \"tags\": [" + text + "]}";
}

CalculationIndex::Selection CalculationIndex::select(const ListQuestion& question) const {
  const bool modern = question.kind == ListKind::modern;
  const auto limit = question.limit.value_or(modern ? kDefaultLimit : -1);
  const auto size = std::ssize(entries_);
  const auto first = std::clamp<std::int64_t>(question.offset, 0, size);
  const auto last = limit < 0 ? size : first + std::min(limit, size - first);
  const bool ascending = question.ascending.value_or(!modern);
  const auto nth = [&](std::int64_t place) {
    return static_cast<std::size_t>(ascending ? place : size - 1 - place);
  };
  Selection selection;
  if (takes_all(question)) {
    selection.total = size;
    for (auto place = first; place < last; ++place)
      selection.places.push_back(nth(place));
    return selection;
  }
  const auto visible = visible_owners(question);
  const auto like = owners_like(question);
  const auto seen = [&](const Entry& entry) {
    const bool shared = entry.state == State::shared && question.include_shared;
    return (visible.empty() || visible[entry.owner] || shared)
           && (like.empty() || like[entry.owner]) && has_tag(question, entry);
  };
  const bool sorted = question.order != ListOrder::id;
  std::optional<std::uint32_t> mode;
  if (question.calculation_mode)
    mode = words_.find(*question.calculation_mode);
  for (std::int64_t place = 0; place < size; ++place) {
    if (!matches(question, mode, entries_[nth(place)]) || !seen(entries_[nth(place)]))
      continue;
    if (sorted || (selection.total >= first && selection.total < last))
      selection.places.push_back(nth(place));
    ++selection.total;
  }
  if (sorted)
    sort_page(question.order, ascending, first, last, selection.places);
  return selection;
}

bool CalculationIndex::comes_before(ListOrder order, const Entry& a, const Entry& b) const {
  switch (order) {
  case ListOrder::id:
    return a.id < b.id;
  case ListOrder::start_time:
    return a.shown_start < b.shown_start;
  case ListOrder::status:
    return to_string(a.state) < to_string(b.state);
  case ListOrder::calculation_mode:
    return words_.word(a.mode) < words_.word(b.mode);
  case ListOrder::description:
    return a.description < b.description;
  case ListOrder::owner:
    return words_.word(a.owner) < words_.word(b.owner);
  case ListOrder::size:
    return a.size_bytes < b.size_bytes;
  }
  return false;
}

// `places` come by id in the direction wanted, which equal ones keep.
void CalculationIndex::sort_page(ListOrder order, bool ascending, std::int64_t first,
                                 std::int64_t last, std::vector<std::size_t>& places) const {
  std::ranges::stable_sort(places, [&](std::size_t a, std::size_t b) {
    return ascending ? comes_before(order, entries_[a], entries_[b])
                     : comes_before(order, entries_[b], entries_[a]);
  });
  const auto end = std::min(last, std::ssize(places));
  const auto begin = std::min(first, end);
  places.erase(places.begin() + end, places.end());
  places.erase(places.begin(), places.begin() + begin);
}

UrlText CalculationIndex::text(const ListQuestion& question, const Entry& entry) const {
  store::CalculationRecord record;
  record.id = entry.id;
  record.status = to_string(entry.state);
  record.phase = to_string(entry.phase);
  record.is_risk = entry.is_risk;
  record.calculation_mode = words_.word(entry.mode);
  record.description = entry.description;
  record.owner = words_.word(entry.owner);
  if (entry.parent != 0)
    record.hazard_calculation_id = entry.parent;
  record.started_at = entry.shown_start;
  record.size_bytes = entry.size_bytes;
  if (question.kind != ListKind::modern)
    return seed_item_text(record, seed_);
  auto item = status_text(record);
  if (const auto tags = tags_text(entry); !tags.empty())
    item.after.replace(item.after.size() - 1, 1, tags);
  return item;
}

Answer CalculationIndex::build(const ListQuestion& question) const {
  const auto selection = select(question);
  const std::string_view base =
    question.base ? std::string_view(*question.base) : std::string_view{};
  std::string body = "[";
  for (const auto place : selection.places) {
    const auto item = text(question, entries_[place]);
    body.append(body.size() > 1 ? ", " : "").append(item.before).append(base).append(item.after);
  }
  body += "]";
  body.shrink_to_fit();
  Answer answer;
  answer.body = std::make_shared<const std::string>(std::move(body));
  answer.revision = static_cast<std::uint64_t>(revision_for(question.viewer));
  answer.total = selection.total;
  return answer;
}

} // namespace oq::actors
