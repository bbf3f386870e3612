// Routing, admission and the coming and going of calculations.
#include "actors/calculations.hpp"

#include "actors/caf_error.hpp"
#include "actors/command_text.hpp"
#include "actors/node_report.hpp"

#include <algorithm>

namespace oq::actors {
namespace {

Answer accepted(const RecordPtr& record, const Submission& submission, Vocabulary seed_words) {
  if (submission.kind == SubmissionKind::modern)
    return created(record->id);
  const auto kind = record->is_risk ? QuestionKind::seed_risk : QuestionKind::seed_hazard;
  Answer answer = Summary(record, seed_words).answer(kind, submission.base);
  answer.calculation_id = record->id;
  return answer;
}

// REQUIRES: not Command::abort.
Answer still_live(const store::CalculationRecord& record, Command command) {
  return command == Command::remove ? cannot_remove(record.id, kStillRunning)
                                    : cannot_share(record.id, command, record.status);
}

} // namespace

void CalculationsState::begin(CalculationsPeers peers) {
  peers_ = std::move(peers);
  queue_ = AdmissionQueue(peers_.most_running, peers_.most_waiting);
  peers_.gauges->queue_limit.set(peers_.most_waiting);
}

void CalculationsState::count() {
  auto& gauges = *peers_.gauges;
  gauges.created.set(admitted_.size());
  gauges.submitted.set(queue_.waiting());
  gauges.executing.set(queue_.running());
  gauges.queue_waiting.set(queue_.waiting());
  std::vector<CalculationId> living;
  for (const auto& [id, here] : here_)
    if (!here.last_revision)
      living.push_back(id);
  std::ranges::sort(living);
  living.resize(std::min(living.size(), Gauges::kMostNamed));
  gauges.living.set(std::move(living));
}

void CalculationsState::count_end(const store::CalculationRecord& record) {
  const auto state = parse_state(record.status).value_or(State::failed);
  auto& gauges = *peers_.gauges;
  (is_success(state)         ? gauges.completed
   : state == State::aborted ? gauges.aborted
                             : gauges.failed)
    .add();
}

const Archive& CalculationsState::archive_of(CalculationId id) const {
  return peers_.archives[static_cast<std::uint64_t>(id) % peers_.archives.size()];
}

void CalculationsState::ask(const Question& question, const SinkPtr& sink) {
  if (question.kind >= QuestionKind::cluster)
    return ask_node(question, sink);
  if (const auto* here = speaker_of(question.id))
    self_->send(here->handle, ask_atom::value, question, sink);
  else
    self_->send(archive_of(question.id), ask_atom::value, question, sink);
}

void CalculationsState::ask_node(const Question& question, const SinkPtr& sink) {
  if (question.kind == QuestionKind::ready)
    return ask_ready(sink);
  const auto self = report_of(peers_.node, *peers_.gauges);
  auto nodes = nodes_ ? *nodes_ : std::vector<NodeReport>{self};
  Answer answer;
  answer.body = std::make_shared<const std::string>(cluster_text(nodes));
  sink->deliver(std::move(answer));
}

// Null: the archive knows better, as the calculation is not here, or another node may have it now.
// What has ended does not change by itself.
const CalculationsState::Here* CalculationsState::speaker_of(CalculationId id) const {
  const auto here = here_.find(id);
  if (here == here_.end() || !(here->second.last_revision || may_speak(peers_.links)))
    return nullptr;
  return &here->second;
}

// Through the one who writes: a store that only reads is of no use, nor one behind a long queue.
void CalculationsState::ask_ready(const SinkPtr& sink) {
  if (draining_)
    return sink->deliver(error_answer({Errc::unavailable, "the service is stopping", {}}));
  if (!may_speak(peers_.links))
    return sink->deliver(
      error_answer({Errc::unavailable, "lease: the database has not confirmed it", {}}));
  const auto say = [this, sink](bool answers, const std::string& why) {
    peers_.gauges->store_up.set(answers);
    sink->deliver(answers ? Answer{} : error_answer({Errc::unavailable, "store: " + why, {}}));
  };
  constexpr CalculationId kNobody = 0;
  self_->request(peers_.recorder, kProbeTimeout, find_atom::value, kNobody)
    .then(
      [say](const RecordPtr&) {
        say(true, {});
      },
      [say](const caf::error& error) {
        const auto reason = from_caf(error);
        say(reason.code == Errc::not_found, reason.text());
      });
}

void CalculationsState::download(const Download& request, const SinkPtr& sink) {
  self_->send(peers_.exporter, download_atom::value, request, sink);
}

void CalculationsState::extract(const Extract& request, const SinkPtr& sink) {
  self_->send(peers_.exporter, extract_atom::value, request, sink);
}

void CalculationsState::submit(const SubmissionPtr& submission, const SinkPtr& sink) {
  if (draining_)
    return sink->deliver(error_answer({Errc::unavailable, "the service is stopping", {}}));
  if (!may_speak(peers_.links))
    return sink->deliver(
      error_answer({Errc::unavailable, "this node is cut off from the database", {}}));
  if (!queue_.reserve())
    return sink->deliver(
      error_answer({Errc::overloaded,
                    "the queue is full: " + std::to_string(queue_.waiting()) + " calculations wait",
                    {}}));
  self_->request(peers_.intake, kIntakeTimeout, submit_atom::value, submission)
    .then(
      [this, submission, sink](const Admitted& admitted) {
        admit(admitted, *submission, sink);
      },
      [this, sink](const caf::error& error) {
        queue_.release();
        sink->deliver(error_answer(from_caf(error)));
      });
}

void CalculationsState::admit(const Admitted& admitted, const Submission& submission,
                              const SinkPtr& sink) {
  const auto id = admitted.record->id;
  if (draining_) { // it is recorded: the next start, or another node, runs it
    queue_.release();
    return sink->deliver(accepted(admitted.record, submission, peers_.seed_words));
  }
  admitted_.insert(id);
  CalculationStart start{.record = admitted.record, .failure = {}};
  if (admitted.error) {
    start.failure = *admitted.error;
    failing_[id] = {sink, *admitted.error};
  }
  spawn(std::move(start));
  count();
  if (admitted.error)
    return;           // answered when the failure is recorded
  if (peers_.catalog) // before the client knows the id: the list that it asks for next has it
    self_->send(peers_.catalog, changed_atom::value, admitted.record);
  sink->deliver(accepted(admitted.record, submission, peers_.seed_words));
}

void CalculationsState::spawn(CalculationStart start) {
  const auto id = start.record->id;
  const auto epoch = start.record->epoch;
  auto handle = peers_.spawn_calculation(self_->system(), Calculations(self_), std::move(start));
  self_->monitor(handle);
  here_[id] = {std::move(handle), epoch};
}

void CalculationsState::command(CalculationId id, Command command, const SinkPtr& sink,
                                bool from_peer) {
  const auto* here = speaker_of(id);
  if (command == Command::abort && here)
    return self_->send(here->handle, command_atom::value, command, sink);
  if (!here || here->last_revision)
    return command_archive(id, command, sink, from_peer);
  // Its end may be durable before it has heard of it: not to be changed behind its back.
  self_->request(here->handle, kStoreTimeout, find_atom::value)
    .then(
      [this, command, sink, from_peer](const RecordPtr& told) {
        if (is_live(parse_state(told->status).value_or(State::failed)))
          sink->deliver(still_live(*told, command));
        else
          command_archive(told->id, command, sink, from_peer);
      },
      [this, id, command, sink, from_peer](const caf::error&) {
        command_archive(id, command, sink, from_peer);
      });
}

void CalculationsState::command_archive(CalculationId id, Command command, const SinkPtr& sink,
                                        bool from_peer) {
  retire(id);
  if (from_peer)
    self_->send(archive_of(id), peer_atom::value, id, command, sink);
  else
    self_->send(archive_of(id), command_atom::value, id, command, sink);
}

void CalculationsState::ready(CalculationId id) {
  leave_intake(id);
  queue_.enqueue(id);
  start_next();
}

void CalculationsState::leave_intake(CalculationId id) {
  if (admitted_.erase(id) > 0)
    queue_.release();
}

void CalculationsState::start_next() {
  while (const auto id = draining_ ? std::nullopt : queue_.next())
    self_->send(here_.at(*id).handle, start_atom::value);
  count();
}

void CalculationsState::ended(const RecordPtr& record) {
  const auto id = record->id;
  leave_intake(id);
  queue_.leave(id);
  count_end(*record);
  self_->send(
    archive_of(id), known_atom::value,
    RecordsPtr(std::make_shared<const std::vector<store::CalculationRecord>>(1, *record)));
  if (auto failing = failing_.extract(id))
    failing.mapped().sink->deliver(submission_failed(id, failing.mapped().error));
  if (const auto here = here_.find(id); here != here_.end())
    here->second.last_revision = record->revision;
  ended_.push_back(id);
  if (ended_.size() > peers_.ended_kept)
    retire(ended_.front());
  start_next();
}

// Only one that ended goes; questions sent to it before are answered first.
void CalculationsState::retire(CalculationId id) {
  const auto place = std::ranges::find(ended_, id);
  if (place == ended_.end())
    return;
  ended_.erase(place);
  if (auto here = here_.extract(id))
    self_->send(here.mapped().handle, retire_atom::value);
}

Calculations::behavior_type calculations(Calculations::stateful_pointer<CalculationsState> self,
                                         CalculationsPeers peers) {
  auto& state = self->state;
  state.begin(std::move(peers));
  self->set_down_handler([&state](const caf::down_msg& down) {
    state.lose(down);
  });
  return {
    [&state](ask_atom, const Question& question, const SinkPtr& sink) {
      state.ask(question, sink);
    },
    [&state](download_atom, const Download& request, const SinkPtr& sink) {
      state.download(request, sink);
    },
    [&state](extract_atom, const Extract& request, const SinkPtr& sink) {
      state.extract(request, sink);
    },
    [&state](submit_atom, const SubmissionPtr& submission, const SinkPtr& sink) {
      state.submit(submission, sink);
    },
    [&state](command_atom, CalculationId id, Command command, const SinkPtr& sink) {
      state.command(id, command, sink);
    },
    [&state](peer_atom, CalculationId id, Command command, const SinkPtr& sink) {
      constexpr bool kFromPeer = true;
      state.command(id, command, sink, kFromPeer);
    },
    [&state](takeover_atom, const RecordPtr& record, std::int64_t log_rows) {
      state.take_over(record, log_rows);
    },
    [&state](known_atom, const RecordsPtr& records) {
      state.know(*records);
      return true;
    },
    [&state](yield_atom, CalculationId id, std::int64_t epoch) {
      state.yielded(id, epoch);
    },
    [&state](nodes_atom, const ReportsPtr& reports) {
      state.know_nodes(reports);
    },
    [&state](ready_atom, CalculationId id) {
      state.ready(id);
    },
    [&state](ended_atom, const RecordPtr& record) {
      state.ended(record);
    },
    [&state](resume_atom, const RecordPtr& record, std::int64_t log_rows) {
      state.resume(record, log_rows);
    },
    [&state](abandon_atom, const RecordPtr& record, std::int64_t log_rows, const std::string& why) {
      state.abandon(record, log_rows, why);
    },
    [self, &state](drain_atom) -> caf::result<bool> {
      auto promise = self->make_response_promise<bool>();
      state.drain(promise);
      return promise;
    },
  };
}

} // namespace oq::actors
