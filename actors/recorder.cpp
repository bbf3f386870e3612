// Writes in batches: the flush message queues behind all that waits, so one transaction takes it
// all.
#include "actors/recorder.hpp"

#include "actors/caf_error.hpp"
#include "actors/defaults.hpp"

namespace oq::actors {

Result<store::CalculationStore*> RecorderState::store() {
  if (!store_) {
    OQ_TRY(store_, open());
  }
  return store_.get();
}

Result<CalculationId> RecorderState::create(const store::CalculationRecord& record) {
  OQ_TRY(auto* to, store());
  return to->create(record);
}

Result<RecordPtr> RecorderState::find(CalculationId id) {
  OQ_TRY(auto* from, store());
  OQ_TRY(auto record, from->find(id));
  return RecordPtr(std::make_shared<const store::CalculationRecord>(std::move(record)));
}

Result<CalculationId> RecorderState::owner_of_output(std::int64_t output_id) {
  OQ_TRY(auto* from, store());
  OQ_TRY(const auto output, from->output(output_id));
  return output.calculation_id;
}

void RecorderState::ask_flush() {
  if (flush_asked_)
    return;
  flush_asked_ = true;
  self->send(self, flush_atom::value);
}

void RecorderState::collect(TransitionPtr transition,
                            caf::typed_response_promise<RecordPtr> promise) {
  waiting_.push_back({std::move(transition), std::move(promise)});
  ask_flush();
}

void RecorderState::collect_log(CalculationId id, std::int64_t epoch,
                                const std::vector<store::LogRow>& rows) {
  if (log_rows_ + rows.size() > kMostLogRowsWaiting)
    return; // the store has refused for long: what is new is lost, what came first explains more
  auto& waiting = log_[{id, epoch}];
  waiting.insert(waiting.end(), rows.begin(), rows.end());
  log_rows_ += rows.size();
  ask_flush();
}

bool RecorderState::write() {
  flush_asked_ = false;
  auto to = store();
  if (!to) {
    gauges->store_up.set(0);
    refuse_all(to.error());
    return log_.empty();
  }
  const auto begun = std::chrono::steady_clock::now();
  const bool logged = write_log(**to);
  const bool written = write_transitions(**to) && logged;
  gauges->store_writes.add(std::chrono::steady_clock::now() - begun);
  gauges->store_up.set(logged);
  return written;
}

bool RecorderState::write_log(store::CalculationStore& to) {
  for (auto rows = log_.begin(); rows != log_.end();) {
    const auto& [id, epoch] = rows->first;
    const auto written = to.append_log(id, rows->second, epoch);
    if (!written && written.error().code != Errc::not_found && written.error().code != Errc::fenced)
      return false; // tried again with the next batch
    log_rows_ -= rows->second.size();
    rows = log_.erase(rows);
  }
  return true;
}

bool RecorderState::write_transitions(store::CalculationStore& to) {
  auto batch = std::exchange(waiting_, {});
  if (batch.empty())
    return true;
  std::vector<store::Transition> transitions;
  for (const auto& waiting : batch)
    transitions.push_back(*waiting.transition);
  auto records = to.apply(transitions);
  if (!records || records->size() != batch.size()) {
    write_one_by_one(to, batch);
    return static_cast<bool>(records);
  }
  for (std::size_t i = 0; i < batch.size(); ++i)
    batch[i].promise.deliver(
      RecordPtr(std::make_shared<const store::CalculationRecord>(std::move((*records)[i]))));
  return true;
}

// One that the store refuses must not take the others with it.
void RecorderState::write_one_by_one(store::CalculationStore& to, std::vector<Waiting>& batch) {
  for (auto& waiting : batch) {
    auto records = to.apply({*waiting.transition});
    if (records && !records->empty())
      waiting.promise.deliver(
        RecordPtr(std::make_shared<const store::CalculationRecord>(std::move(records->front()))));
    else
      waiting.promise.deliver(to_caf(
        records ? Error{Errc::internal, "the store answered nothing", {}} : records.error()));
  }
}

void RecorderState::refuse_all(const Error& error) {
  for (auto& waiting : std::exchange(waiting_, {}))
    waiting.promise.deliver(to_caf(error));
}

Recorder::behavior_type recorder(Recorder::stateful_pointer<RecorderState> self,
                                 StoreFactory open) {
  auto& state = self->state;
  state.open = std::move(open);
  return {
    [&state](create_atom, const RecordPtr& record) -> caf::result<CalculationId> {
      return to_caf(state.create(*record));
    },
    [self, &state](transit_atom, const TransitionPtr& transition) -> caf::result<RecordPtr> {
      auto promise = self->make_response_promise<RecordPtr>();
      state.collect(transition, promise);
      return promise;
    },
    [&state](log_atom, CalculationId id, std::int64_t epoch, const LogRowsPtr& rows) {
      state.collect_log(id, epoch, *rows);
    },
    [&state](find_atom, CalculationId id) -> caf::result<RecordPtr> {
      return to_caf(state.find(id));
    },
    [&state](output_atom, std::int64_t output_id) -> caf::result<CalculationId> {
      return to_caf(state.owner_of_output(output_id));
    },
    [&state](sync_atom) {
      return state.write();
    },
    [&state](flush_atom) {
      state.write();
    },
  };
}

} // namespace oq::actors
