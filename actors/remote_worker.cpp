// Orders out, pieces in, and an end at the first message that makes no sense.
#include "actors/remote_worker.hpp"

#include "actors/caf_error.hpp"
#include "actors/defaults.hpp"
#include "actors/plan_identity.hpp"

#include <filesystem>

namespace oq::actors {
namespace {

TaskOutcome refusal(const Error& error, bool declined) {
  return {nullptr, std::make_shared<const Error>(error), declined};
}

} // namespace

void RemoteWorkerState::say(engine::LogLevel level, const std::string& message) const {
  if (setup.log)
    setup.log(level, "worker " + setup.offer.name + " " + message);
}

void RemoteWorkerState::begin(RemoteWorkerSetup given) {
  setup = std::move(given);
  window_ = TaskWindow(setup.offer.threads);
  told_window_ = window_.size();
  self->monitor(setup.crew);
  heard_ = self->clock().now();
  self->delayed_send(self, kCrewPing, look_atom::value);
}

// The crew knows its foreman: what is sent before would find nobody who listens.
void RemoteWorkerState::enlist() {
  enlisted_ = true;
  say(engine::LogLevel::info, "joined with " + std::to_string(setup.offer.threads) + " threads");
  self->send(setup.workforce, enlist_atom::value, caf::actor_cast<Worker>(self),
             Capacity{setup.offer.threads, told_window_, true});
  ping();
}

const RemoteWorkerState::Known& RemoteWorkerState::know(const TaskOrder& order) {
  auto& known = known_[order.record->id];
  if (!known.record)
    known = {order.record, order.plan->task_count(), plan_fingerprint(*order.record, *order.plan),
             false};
  return known;
}

RecordPtr RemoteWorkerState::known(CalculationId id) const {
  const auto found = known_.find(id);
  return found == known_.end() ? nullptr : found->second.record;
}

caf::result<TaskOutcome> RemoteWorkerState::run(const TaskOrder& order) {
  if (!order.record || std::filesystem::path(order.record->ini).is_absolute())
    return refusal({Errc::not_found, "the inputs are spread over the node's disk", {}}, true);
  const auto& known = know(order);
  last_ticket_ = std::max(last_ticket_, order.ticket);
  auto& job = jobs_[order.ticket];
  job.promise = self->make_response_promise<TaskOutcome>();
  job.calculation = order.record->id;
  self->send(setup.crew, order_atom::value,
             TaskCall{order.ticket, order.record->id,
                      order.record->hazard_calculation_id.value_or(-1), order.record->ini,
                      order.task, known.tasks, known.fingerprint, order.plan->tiles()});
  return job.promise;
}

void RemoteWorkerState::finish(Ticket ticket, TaskOutcome outcome) {
  auto job = jobs_.extract(ticket);
  if (!job.empty())
    job.mapped().promise.deliver(std::move(outcome));
}

void RemoteWorkerState::drop(Ticket ticket) {
  self->send(setup.crew, drop_atom::value, ticket);
  finish(ticket, refusal({Errc::aborted, "not wanted any more", {}}, false));
}

void RemoteWorkerState::cancel(CalculationId id) {
  self->send(setup.crew, cancel_atom::value, id);
  known_.erase(id);
  std::vector<Ticket> tickets;
  for (const auto& [ticket, job] : jobs_)
    if (job.calculation == id)
      tickets.push_back(ticket);
  for (const auto ticket : tickets)
    finish(ticket, refusal({Errc::aborted, "not wanted any more", {}}, false));
}

// What comes for a ticket that was withdrawn is late; one that was never given is made up.
void RemoteWorkerState::take(const ResultPiece& piece) {
  const auto job = jobs_.find(piece.ticket);
  if (job == jobs_.end())
    return piece.ticket > last_ticket_ ? dismiss("answered what nobody asked") : void();
  heard_ = self->clock().now();
  auto result = job->second.pieces.add(piece);
  if (!result)
    return dismiss("sent what is no result: " + result.error().message);
  if (!*result)
    return;
  window_.add_task(std::chrono::microseconds(std::min<std::uint64_t>(
    piece.microseconds, std::chrono::microseconds(kLongestTaskCounted).count())));
  finish(piece.ticket, {std::make_shared<engine::TaskResult>(**std::move(result)), nullptr, false});
  resize();
}

void RemoteWorkerState::fail(const TaskFailure& failure) {
  const auto error = error_of(failure);
  if (!error || failure.ticket > last_ticket_)
    return dismiss("told of a failure that makes no sense");
  const auto job = jobs_.find(failure.ticket);
  if (job == jobs_.end())
    return;
  heard_ = self->clock().now();
  const auto known = known_.find(job->second.calculation);
  if (failure.declined && known != known_.end() && !std::exchange(known->second.declined, true))
    say(engine::LogLevel::warning,
        "declines calculation " + std::to_string(known->first) + ": " + error->text());
  finish(failure.ticket, refusal(*error, failure.declined));
}

void RemoteWorkerState::ping() {
  pinged_ = self->clock().now();
  self->send(setup.crew, ping_atom::value, ++pings_);
}

void RemoteWorkerState::hear(std::uint64_t number) {
  if (number > pings_)
    return dismiss("answered what nobody asked");
  heard_ = self->clock().now();
  if (!enlisted_)
    return enlist();
  if (number != pings_ || answered_ == number)
    return; // late: its way was measured by the silence
  answered_ = number;
  window_.add_round_trip(heard_ - pinged_);
  resize();
}

void RemoteWorkerState::resize() {
  const auto size = window_.size();
  if (size == told_window_)
    return;
  told_window_ = size;
  self->send(setup.workforce, resize_atom::value, WorkerId{self->id()}, size);
}

void RemoteWorkerState::look() {
  const auto now = self->clock().now();
  if (now - heard_ > kCrewSilence)
    return dismiss("is silent");
  if (enlisted_ && answered_ == pings_)
    ping();
  self->delayed_send(self, kCrewPing, look_atom::value);
}

void RemoteWorkerState::leave() {
  say(engine::LogLevel::info, "leaves");
  self->send(setup.workforce, leave_atom::value, WorkerId{self->id()});
  self->quit();
}

void RemoteWorkerState::dismiss(const std::string& why) {
  say(engine::LogLevel::warning, why + ": its tasks are handed out again");
  self->quit(caf::exit_reason::remote_link_unreachable);
}

RemoteWorker::behavior_type remote_worker(RemoteWorkerState::Self self, RemoteWorkerSetup setup) {
  auto& state = self->state;
  self->set_down_handler([&state](const caf::down_msg&) {
    state.dismiss("is lost");
  });
  self->set_default_handler(
    [&state](caf::scheduled_actor*, caf::message_view&) -> caf::result<caf::message> {
      state.dismiss("sent a message that does not exist");
      return caf::sec::unexpected_message;
    });
  state.begin(std::move(setup));
  return {
    [&state](run_atom, const TaskOrder& order) {
      return state.run(order);
    },
    [&state](drop_atom, Ticket ticket) {
      state.drop(ticket);
    },
    [&state](cancel_atom, CalculationId id) {
      state.cancel(id);
    },
    [&state](piece_atom, const ResultPiece& piece) {
      state.take(piece);
    },
    [&state](failed_atom, const TaskFailure& failure) {
      state.fail(failure);
    },
    [&state](pong_atom, std::uint64_t number) {
      state.hear(number);
    },
    [self, &state](inputs_atom, CalculationId id) -> caf::result<InputList> {
      if (const auto record = state.known(id))
        return self->delegate(state.setup.desk, inputs_atom::value, record);
      return to_caf(Error{Errc::forbidden, "this worker has no task of that calculation", {}});
    },
    [self, &state](fetch_atom, CalculationId id, const std::string& name,
                   std::uint64_t offset) -> caf::result<FilePiece> {
      if (const auto record = state.known(id))
        return self->delegate(state.setup.desk, fetch_atom::value, record, name, offset);
      return to_caf(Error{Errc::forbidden, "this worker has no task of that calculation", {}});
    },
    [&state](leave_atom) {
      state.leave();
      return true;
    },
    [self, &state](look_atom) {
      if (self->current_sender() == self) // a crew knows this actor too
        state.look();
    },
  };
}

} // namespace oq::actors
