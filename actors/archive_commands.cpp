// Commands to calculations at rest: remove, share, unshare, and why they cannot be aborted.
#include "actors/archive.hpp"
#include "actors/caf_error.hpp"
#include "actors/command_text.hpp"

namespace oq::actors {
namespace {

State state_of(const store::CalculationRecord& record) {
  return parse_state(record.status).value_or(State::failed);
}

std::string listed(const std::vector<CalculationId>& ids) {
  std::string text;
  for (const auto id : ids)
    text += (text.empty() ? "" : ", ") + std::to_string(id);
  return "[" + text + "]";
}

Answer unknown_answer(CalculationId id, Command command) {
  switch (command) {
  case Command::abort:
    return unknown_job(id);
  case Command::remove:
    return cannot_remove(id, "ID does not exist");
  case Command::share:
  case Command::unshare:
    break;
  }
  return error_answer({Errc::not_found, "there is no calculation " + std::to_string(id), {}});
}

} // namespace

void ArchiveState::command(CalculationId id, Command command, const SinkPtr& sink, bool from_peer) {
  const auto record = find(id);
  if (!record && record.error().code == Errc::not_found)
    return sink->deliver(unknown_answer(id, command));
  if (!record)
    return sink->deliver(error_answer(record.error()));
  if (from_peer || !pass_on(*record, command, sink))
    command_here(*record, command, sink);
}

void ArchiveState::command_here(const RecordPtr& record, Command command, const SinkPtr& sink) {
  switch (command) {
  case Command::abort:
    // In a cluster it is between two owners: who asks again will find the next one.
    if (peers_.links && is_live(state_of(*record)))
      return sink->deliver(error_answer(
        {Errc::unavailable, "the calculation is being taken over by another node", {}}));
    return sink->deliver(not_running(record->id));
  case Command::remove:
    return remove(record, sink);
  case Command::share:
  case Command::unshare:
    return share(record, command, sink);
  }
}

Result<void> ArchiveState::may_remove(const store::CalculationRecord& record) {
  if (is_live(state_of(record)))
    return Error{Errc::forbidden, kStillRunning, {}};
  OQ_TRY(const auto children, store_->children(record.id));
  std::vector<CalculationId> own;
  for (const auto id : children) {
    OQ_TRY(const auto child, store_->find(id));
    if (child.owner == record.owner)
      own.push_back(id);
  }
  if (!own.empty())
    return Error{Errc::forbidden, "the calculations " + listed(own) + " depend on it", {}};
  if (!children.empty()) // whose numbers are nobody else's business
    return Error{Errc::forbidden, "calculations of others depend on it", {}};
  return {};
}

void ArchiveState::remove(const RecordPtr& record, const SinkPtr& sink) {
  const auto path = peers_.room->datastore_path(*record).string();
  if (state_of(*record) == State::deleted)
    return sink->deliver(removed(record->id, path));
  if (const auto allowed = may_remove(*record); !allowed)
    return sink->deliver(allowed.error().code == Errc::forbidden
                           ? cannot_remove(record->id, allowed.error().message)
                           : error_answer(allowed.error()));
  change(record, State::deleted, sink, Command::remove, [this, path, sink](const RecordPtr& now) {
    peers_.room->remove_files(*now);
    self_->send(peers_.cache, drop_atom::value, now->id);
    sink->deliver(removed(now->id, path));
  });
}

void ArchiveState::share(const RecordPtr& record, Command command, const SinkPtr& sink) {
  const State from = state_of(*record);
  const State to = command == Command::share ? State::shared : State::complete;
  if (from == to)
    return sink->deliver(shared_already(record->id, to_string(to)));
  if (!is_success(from))
    return sink->deliver(cannot_share(record->id, command, to_string(from)));
  change(record, to, sink, command, [this, from, to, sink](const RecordPtr& now) {
    publish(now);
    sink->deliver(shared_changed(now->id, to_string(from), to_string(to)));
  });
}

template <class Then>
void ArchiveState::change(const RecordPtr& record, State next, const SinkPtr& sink, Command why,
                          Then then) {
  auto transition = Lifecycle(*record).begin(next);
  if (!transition)
    return sink->deliver(error_answer(transition.error()));
  transition->id = record->id;
  self_
    ->request(peers_.recorder, kStoreTimeout, transit_atom::value,
              TransitionPtr(std::make_shared<const store::Transition>(*std::move(transition))))
    .then(
      [this, then](const RecordPtr& now) {
        know({*now});
        shelf_.put(now);
        self_->send(peers_.catalog, changed_atom::value, now);
        then(now);
      },
      [this, id = record->id, why, sink](const caf::error& refusal) {
        const Error error = from_caf(refusal);
        if (error.code == Errc::conflict) // somebody was faster: look again
          return command(id, why, sink);
        sink->deliver(error_answer(error));
      });
}

} // namespace oq::actors
