// One queue a target, so that it hears of each state after the one before; a slow one delays no
// other.
#include "actors/notifier.hpp"

#include "actors/caf_error.hpp"
#include "actors/defaults.hpp"
#include "actors/lifecycle.hpp"

#include <caf/send.hpp>

#include <algorithm>

namespace oq::actors {
namespace {

bool has_ended(const store::CalculationRecord& record) {
  return !is_live(parse_state(record.status).value_or(State::failed));
}

std::string named(const store::NoticeRow& row) {
  return "calculation " + std::to_string(row.calculation_id) + ", " + row.target.url;
}

} // namespace

Result<store::NoticeStore*> NotifierState::store() {
  if (!store_) {
    OQ_TRY(store_, setup_.open());
  }
  return store_.get();
}

void NotifierState::say(engine::LogLevel level, const std::string& message) const {
  if (setup_.log)
    setup_.log(level, message);
}

Result<bool> NotifierState::add(CalculationId id, const NoticeTargets& targets) {
  OQ_TRY(auto* to, store());
  OQ_CHECK(to->add(id, targets));
  rows_.erase(id); // read again at its first change
  return true;
}

// Also of calculations that came from an earlier process, or from another node.
const std::vector<std::int64_t>& NotifierState::rows_of(CalculationId id) {
  const auto known = rows_.find(id);
  if (known != rows_.end())
    return known->second;
  static const std::vector<std::int64_t> nobody;
  auto from = store();
  const auto found = from ? (*from)->of(id) : Result<std::vector<store::NoticeRow>>(from.error());
  if (!found) // asked again at the next change; the end is found at the next start
    return nobody;
  auto& rows = rows_[id];
  for (const auto& row : *found) {
    rows.push_back(row.id);
    queues_[row.id].row = row;
  }
  return rows;
}

void NotifierState::change(const RecordPtr& record) {
  const bool ended = has_ended(*record);
  if (const auto told = told_.find(record->id);
      told != told_.end() && told->second >= record->revision)
    return;
  for (const auto row : rows_of(record->id))
    if (auto notice = notice_of(queues_.at(row).row.target, *record))
      enqueue(row, *std::move(notice));
  if (ended) {
    rows_.erase(record->id);
    told_.erase(record->id);
  } else {
    told_[record->id] = record->revision;
  }
}

// An end makes what waits before it old news.
void NotifierState::enqueue(std::int64_t row, Notice notice) {
  auto& queue = queues_.at(row);
  if (notice.last && queue.notices.size() > 1)
    queue.notices.erase(queue.notices.begin() + 1, queue.notices.end());
  queue.notices.push_back(std::move(notice));
  if (!queue.busy)
    send_next(row);
}

void NotifierState::send_next(std::int64_t row) {
  const auto found = queues_.find(row);
  if (found == queues_.end() || found->second.notices.empty())
    return;
  found->second.busy = true;
  setup_.sender->send(found->second.notices.front(),
                      [self = Notifier(self_), row](NoticeOutcome outcome, std::string why) {
                        caf::anon_send(self, result_atom::value, row, outcome, std::move(why));
                      });
}

void NotifierState::sent(std::int64_t row, NoticeOutcome outcome, const std::string& why) {
  const auto found = queues_.find(row);
  if (found == queues_.end())
    return;
  auto& queue = found->second;
  if (outcome == NoticeOutcome::failed)
    return retry(row, queue, why);
  if (outcome == NoticeOutcome::refused)
    say(engine::LogLevel::warning, "not told (" + named(queue.row) + "): " + why);
  const bool last = queue.notices.front().last;
  queue.notices.pop_front();
  queue.attempts = 0;
  queue.busy = false;
  if (last)
    finish(row);
  else
    send_next(row);
}

// What is not the end is not worth many attempts: the end waits behind it.
void NotifierState::retry(std::int64_t row, Queue& queue, const std::string& why) {
  const auto& notice = queue.notices.front();
  const int most = notice.last ? kNoticeAttempts : kPassingNoticeAttempts;
  if (++queue.attempts >= most)
    return sent(row, NoticeOutcome::refused,
                "given up after " + std::to_string(queue.attempts) + " attempts: " + why);
  const auto doubled = kFirstNoticeRetry * (1 << std::min(queue.attempts - 1, 16));
  const auto wait = std::min<std::chrono::milliseconds>(doubled, kLastNoticeRetry);
  self_->delayed_send(self_, wait, retry_atom::value, row);
}

void NotifierState::finish(std::int64_t row) {
  queues_.erase(row);
  if (auto from = store())
    std::ignore = (*from)->remove(row); // or it is told once more after the next start
}

void NotifierState::look() {
  auto from = store();
  auto calculations = setup_.open_calculations();
  const auto rows = from && calculations
                      ? (*from)->untold(setup_.node)
                      : Result<std::vector<store::NoticeRow>>(std::vector<store::NoticeRow>{});
  if (!rows)
    return;
  for (const auto& row : *rows) {
    const auto record = (*calculations)->find(row.calculation_id);
    if (!record || queues_.contains(row.id))
      continue;
    queues_[row.id].row = row;
    if (auto notice = notice_of(row.target, *record))
      enqueue(row.id, *std::move(notice));
  }
}

Notifier::behavior_type notifier(Notifier::stateful_pointer<NotifierState> self,
                                 NotifierSetup setup) {
  auto& state = self->state;
  state.begin(std::move(setup));
  return {
    [&state](notify_atom, CalculationId id, const NoticeTargetsPtr& targets) -> caf::result<bool> {
      return to_caf(state.add(id, *targets));
    },
    [&state](changed_atom, const RecordPtr& record) {
      state.change(record);
    },
    [&state](result_atom, std::int64_t row, NoticeOutcome outcome, const std::string& why) {
      state.sent(row, outcome, why);
    },
    [&state](retry_atom, std::int64_t row) {
      state.send_next(row);
    },
    [&state](look_atom) {
      state.look();
    },
  };
}

} // namespace oq::actors
