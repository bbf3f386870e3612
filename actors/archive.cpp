// Questions about calculations at rest: shelf, then cache, then store.
#include "actors/archive.hpp"

#include "actors/history.hpp"
#include "actors/log_tail.hpp"
#include "actors/record_text.hpp"

#include <algorithm>
#include <filesystem>

namespace oq::actors {
namespace {

Answer text_answer(std::string text, std::int64_t revision = 0) {
  Answer answer;
  answer.body = std::make_shared<const std::string>(std::move(text));
  answer.revision = static_cast<std::uint64_t>(revision);
  return answer;
}

State state_of(const store::CalculationRecord& record) {
  return parse_state(record.status).value_or(State::failed);
}

Error unknown(CalculationId id) {
  return {Errc::not_found, "there is no calculation " + std::to_string(id), {}};
}

// Of a calculation that is gone only those hear who knew it.
Answer states_answer(const Question& question, const store::CalculationRecord& record) {
  if (state_of(record) == State::deleted && question.first == 0)
    return error_answer(unknown(record.id));
  return text_answer(feed_text(last_state_page(record, question.first)));
}

bool is_summary_kind(QuestionKind kind) {
  return kind == QuestionKind::status || kind == QuestionKind::detail
         || kind == QuestionKind::traceback || kind == QuestionKind::seed_hazard
         || kind == QuestionKind::seed_risk || kind == QuestionKind::progress
         || kind == QuestionKind::events;
}

std::string_view view(const BaseUrl& base) {
  return base ? std::string_view(*base) : std::string_view{};
}

} // namespace

Result<store::CalculationStore*> ArchiveState::store() {
  if (store_is_silent())
    return Error{Errc::unavailable, "the database does not answer this node", {}};
  if (!store_) {
    OQ_TRY(store_, peers_.open());
  }
  return store_.get();
}

Result<RecordPtr> ArchiveState::find(CalculationId id) {
  OQ_TRY(auto* from, store());
  OQ_TRY(auto record, from->find(id));
  return RecordPtr(std::make_shared<const store::CalculationRecord>(std::move(record)));
}

void ArchiveState::ask(const Question& question, const SinkPtr& sink) {
  if (pass_on(question, sink))
    return;
  if (!is_summary_kind(question.kind))
    return ask_store(question, sink);
  if (const Summary* ready = shelf_.find(question.id))
    return sink->deliver(summary_answer(question, ready->shared_record()));
  const bool of_now =
    question.kind == QuestionKind::progress || question.kind == QuestionKind::events;
  if (auto* live = of_now ? nullptr : fresh_live(question.id))
    return sink->deliver(live->summary.answer(question.kind, question.base));
  // What we never heard of may be in the cache for longer than it is true.
  if (known_.contains(question.id))
    return ask_cache(question, sink);
  ask_store(question, sink);
}

void ArchiveState::ask_cache(const Question& question, const SinkPtr& sink) {
  const auto patience = store_is_silent() ? kOnlyCacheTimeout : kCacheTimeout;
  self_->request(peers_.cache, patience, get_atom::value, question.id)
    .then(
      [this, question, sink](const SummaryPtr& summary) {
        if (const auto record = believable(summary))
          sink->deliver(summary_answer(question, record));
        else
          ask_store(question, sink);
      },
      [this, question, sink](const caf::error&) {
        ask_store(question, sink);
      });
}

RecordPtr ArchiveState::believable(const SummaryPtr& summary) const {
  if (!summary)
    return nullptr;
  auto record = parse_record(summary->bytes);
  const auto known = known_.find(summary->calculation_id);
  if (!record || known == known_.end() || record->revision < known->second
      || record->id != summary->calculation_id)
    return nullptr;
  return std::make_shared<const store::CalculationRecord>(*std::move(record));
}

// Only what is at rest is kept: of the others we might miss a change.
Answer ArchiveState::summary_answer(const Question& question, const RecordPtr& record) {
  if (question.kind == QuestionKind::progress)
    return text_answer(progress_text(*record, progress_of(*record)), record->revision);
  if (question.kind == QuestionKind::events)
    return states_answer(question, *record);
  if (is_live(state_of(*record)))
    return keep_live(question, record);
  tell_catalog(record);
  return shelf_.put(record).answer(question.kind, question.base);
}

void ArchiveState::ask_store(const Question& question, const SinkPtr& sink) {
  auto answer = answer_from_store(question);
  if (!answer && answer.error().code == Errc::not_found && question.kind == QuestionKind::traceback)
    answer = text_answer("[]");
  if (!answer && answer.error().code == Errc::unavailable)
    return ask_last_owner(question, answer.error(), sink);
  sink->deliver(answer ? *std::move(answer) : error_answer(answer.error()));
}

Result<Answer> ArchiveState::answer_from_store(const Question& question) {
  OQ_TRY(auto* from, store());
  switch (question.kind) {
  case QuestionKind::status:
  case QuestionKind::detail:
  case QuestionKind::seed_hazard:
  case QuestionKind::seed_risk:
  case QuestionKind::traceback:
  case QuestionKind::events:
  case QuestionKind::progress: {
    OQ_TRY(const auto record, find(question.id));
    publish(record);
    return summary_answer(question, record);
  }
  case QuestionKind::log: {
    if (question.last != 0 && question.last <= question.first)
      return text_answer("[]");
    OQ_TRY(const auto rows, from->log(question.id, question.first, question.last));
    return text_answer(log_text(rows));
  }
  case QuestionKind::log_events: {
    OQ_TRY(const auto record, find(question.id));
    if (state_of(*record) == State::deleted)
      return unknown(question.id);
    OQ_TRY(const auto rows,
           from->log(question.id, question.first, question.first + kRowsAPage + 1));
    return text_answer(feed_text(log_page(rows, question.first, is_live(state_of(*record)))));
  }
  case QuestionKind::log_size: {
    OQ_TRY(const auto size, from->log_size(question.id));
    return text_answer(std::to_string(size));
  }
  case QuestionKind::results:
    return results(question);
  case QuestionKind::seed_hazard_results:
    return seed_results(question, false);
  case QuestionKind::seed_risk_results:
    return seed_results(question, true);
  case QuestionKind::datastore:
    return datastore(question.id);
  case QuestionKind::oqparam: {
    OQ_TRY(const auto record, find(question.id));
    OQ_TRY(auto text, peers_.room->oqparam(*record));
    return text_answer(std::move(text), record->revision);
  }
  case QuestionKind::cluster:
  case QuestionKind::ready:
    break; // of no calculation: the directory answers
  }
  return unknown(question.id);
}

Result<Answer> ArchiveState::results(const Question& question) {
  OQ_TRY(const auto record, find(question.id));
  OQ_TRY(const auto outputs, store_->outputs(question.id));
  if (outputs.empty() || state_of(*record) == State::deleted)
    return Error{
      Errc::not_found, "calculation " + std::to_string(question.id) + " has no outputs", {}};
  return text_answer(results_text(outputs, view(question.base)), record->revision);
}

Result<Answer> ArchiveState::seed_results(const Question& question, bool risk) {
  OQ_TRY(const auto record, find(question.id));
  if (record->is_risk != risk)
    return unknown(question.id);
  OQ_TRY(const auto outputs, store_->outputs(question.id));
  if (outputs.empty() || !is_success(state_of(*record)))
    return Error{
      Errc::not_found, "calculation " + std::to_string(question.id) + " has no outputs", {}};
  return text_answer(seed_results_text(outputs, risk, view(question.base)), record->revision);
}

Result<Answer> ArchiveState::datastore(CalculationId id) {
  OQ_TRY(const auto record, find(id));
  const auto path = peers_.room->datastore_path(*record);
  std::error_code missing;
  if (!is_success(state_of(*record)) || !std::filesystem::is_regular_file(path, missing))
    // With several nodes it may exist all the same, on a disk that is not here now.
    return Error{peers_.links && is_success(state_of(*record)) ? Errc::unavailable
                                                               : Errc::not_found,
                 "calculation " + std::to_string(id) + " has no datastore",
                 {}};
  Answer answer;
  answer.media_type = MediaType::hdf5;
  answer.revision = static_cast<std::uint64_t>(record->revision);
  answer.file = FileAnswer{path, "calc_" + std::to_string(id) + ".hdf5"};
  return answer;
}

void ArchiveState::know(const std::vector<store::CalculationRecord>& records) {
  for (const auto& record : records) {
    auto& revision = known_[record.id];
    revision = std::max(revision, record.revision);
    shelf_.drop_older(record.id, record.revision);
  }
}

void ArchiveState::notice(CalculationId id, std::int64_t revision) {
  if (id == 0)
    return shelf_.clear(), live_.clear();
  auto& known = known_[id];
  known = std::max(known, revision);
  shelf_.drop_older(id, revision);
  const auto live = live_.find(id);
  if (live != live_.end() && live->second.summary.record().revision < revision)
    live_.erase(live);
}

void ArchiveState::refresh() {
  auto from = store();
  store::ListFilter newest;
  newest.limit = kRowsRefreshed;
  const auto records =
    from ? (*from)->list(newest) : Result<std::vector<store::CalculationRecord>>(from.error());
  if (!records)
    return; // the next one may find the store again
  for (const auto& record : *records) {
    const auto known = known_.find(record.id);
    if (known == known_.end() || known->second < record.revision)
      self_->send(peers_.catalog, changed_atom::value,
                  RecordPtr(std::make_shared<const store::CalculationRecord>(record)));
  }
  know(*records);
}

// The cache gets what the store just said. Of what runs elsewhere only its owner keeps it there.
void ArchiveState::publish(const RecordPtr& record) {
  if (peers_.links && is_live(state_of(*record)))
    return;
  auto& known = known_[record->id];
  known = std::max(known, record->revision);
  self_->send(peers_.cache, put_atom::value,
              SummaryPtr(std::make_shared<const cache::Summary>(
                cache::Summary{record->id, record->revision, record_text(*record)})));
}

Archive::behavior_type archive(Archive::stateful_pointer<ArchiveState> self, ArchivePeers peers) {
  auto& state = self->state;
  state.begin(std::move(peers));
  return {
    [&state](ask_atom, const Question& question, const SinkPtr& sink) {
      state.ask(question, sink);
    },
    [&state](command_atom, CalculationId id, Command command, const SinkPtr& sink) {
      state.command(id, command, sink);
    },
    [&state](peer_atom, CalculationId id, Command command, const SinkPtr& sink) {
      constexpr bool kFromPeer = true;
      state.command(id, command, sink, kFromPeer);
    },
    [&state](known_atom, const RecordsPtr& records) {
      state.know(*records);
    },
    [&state](notice_atom, CalculationId id, std::int64_t revision) {
      state.notice(id, revision);
    },
    [self, &state](refresh_atom) {
      state.refresh();
      self->delayed_send(self, kRefreshInterval, refresh_atom::value);
    },
  };
}

} // namespace oq::actors
