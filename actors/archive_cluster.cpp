// What an archive does when other nodes know better: asks them, and repeats for a moment what it
// heard.
#include "actors/archive.hpp"
#include "actors/caf_error.hpp"

namespace oq::actors {
namespace {

// Live ones that are repeated; beyond it they are asked about anew.
constexpr std::size_t kMostLive = 4096;

State state_of(const store::CalculationRecord& record) {
  return parse_state(record.status).value_or(State::failed);
}

bool is_owners(QuestionKind kind) {
  return kind == QuestionKind::progress || kind == QuestionKind::log
         || kind == QuestionKind::log_size || kind == QuestionKind::log_events;
}
// Only who ran it knows what came before the last state; without it the last is better than none.
bool wants_history(const Question& question) {
  switch (question.kind) {
  case QuestionKind::events:
    return true;
  case QuestionKind::status:
  case QuestionKind::detail:
  case QuestionKind::seed_hazard:
  case QuestionKind::seed_risk:
    return question.first > 0;
  default:
    return false;
  }
}
bool needs_files(QuestionKind kind) {
  return kind == QuestionKind::datastore || kind == QuestionKind::oqparam;
}

} // namespace

// Whoever answers polls does not wait for a database that the keeper of the lease waits for.
bool ArchiveState::store_is_silent() const {
  return peers_.links && BootClock::now() - peers_.links->lease->heard() > kStoreSilence;
}

ArchiveState::Live* ArchiveState::fresh_live(CalculationId id) {
  const auto live = live_.find(id);
  if (live == live_.end() || self_->clock().now() - live->second.since > kLiveShelfTime)
    return nullptr;
  return &live->second;
}

Answer ArchiveState::keep_live(const Question& question, const RecordPtr& record) {
  if (!peers_.links)
    return Summary(record, peers_.seed_words).answer(question.kind, question.base);
  tell_catalog(record);
  if (live_.size() >= kMostLive)
    live_.clear();
  const auto kept =
    live_
      .insert_or_assign(record->id, Live{Summary(record, peers_.seed_words), self_->clock().now()})
      .first;
  return kept->second.summary.answer(question.kind, question.base);
}

// The lists of a node must not be behind what it told about one calculation.
void ArchiveState::tell_catalog(const RecordPtr& record) {
  if (peers_.links)
    self_->send(peers_.catalog, changed_atom::value, record);
}

bool ArchiveState::pass_on(const Question& question, const SinkPtr& sink) {
  if (!peers_.links || question.from_peer
      || !(is_owners(question.kind) || needs_files(question.kind) || wants_history(question)))
    return false;
  RecordPtr record;
  if (const auto* live = fresh_live(question.id))
    record = live->summary.shared_record();
  else if (const auto found = find(question.id))
    record = *found;
  if (!record)
    return false; // the store says why
  if (question.kind == QuestionKind::datastore) {
    if (!is_success(state_of(*record)) || !has_files_elsewhere(peers_.links, *record))
      return false;
    peers_.links->couriers->send_for(record->node, question, sink);
    return true;
  }
  const bool theirs = needs_files(question.kind)
                        ? has_files_elsewhere(peers_.links, *record)
                        : is_elsewhere(peers_.links, *record)
                            && (is_live(state_of(*record)) || wants_history(question));
  if (theirs)
    ask_owner(record->node, question, sink);
  return theirs;
}

void ArchiveState::ask_owner(const std::string& node, const Question& question,
                             const SinkPtr& sink) {
  self_->request(peers_.links->neighbours, 2 * kPeerTimeout, ask_atom::value, node, question)
    .then(
      [sink](const AnswerPtr& answer) {
        sink->deliver(*answer);
      },
      [this, question, sink](const caf::error& error) {
        // Log rows and progress come to the store a moment later; nobody else knows of inputs.
        const bool in_store = question.kind == QuestionKind::log
                              || question.kind == QuestionKind::log_size
                              || question.kind == QuestionKind::log_events
                              || question.kind == QuestionKind::progress;
        if (in_store || wants_history(question))
          return ask_store(question, sink);
        sink->deliver(error_answer({Errc::unavailable, from_caf(error).message, {}}));
      });
}

// The store is silent and the cache has nothing: who ran it when we last heard of it may answer.
void ArchiveState::ask_last_owner(const Question& question, const Error& why, const SinkPtr& sink) {
  const auto live = live_.find(question.id);
  if (!peers_.links || question.from_peer || live == live_.end()
      || !is_elsewhere(peers_.links, live->second.summary.record())
      || question.kind == QuestionKind::log || question.kind == QuestionKind::log_size)
    return sink->deliver(error_answer(why));
  ask_owner(live->second.summary.record().node, question, sink);
}

// Abort belongs to who runs it; removal to who has the files, unless that node is gone.
bool ArchiveState::pass_on(const RecordPtr& record, Command command, const SinkPtr& sink) {
  const bool theirs = command == Command::abort
                        ? is_live(state_of(*record)) && is_elsewhere(peers_.links, *record)
                        : command == Command::remove && has_files_elsewhere(peers_.links, *record);
  if (!theirs)
    return false;
  self_
    ->request(peers_.links->neighbours, 2 * kPeerTimeout, command_atom::value, record->node,
              record->id, command)
    .then(
      [sink](const AnswerPtr& answer) {
        sink->deliver(*answer);
      },
      [this, record, command, sink](const caf::error& error) {
        if (command == Command::remove)
          return command_here(record, command, sink);
        sink->deliver(error_answer({Errc::unavailable, from_caf(error).message, {}}));
      });
  return true;
}

} // namespace oq::actors
