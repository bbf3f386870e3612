// Joining, kits of calculations, and the threads that run their tasks.
#include "actors/crew.hpp"

#include "actors/caf_error.hpp"
#include "actors/defaults.hpp"

#include <algorithm>

namespace oq::actors {

Dialer::behavior_type dialer(Dialer::pointer self, Dial dial) {
  return {
    [self, dial = std::move(dial)](join_atom) -> caf::result<caf::actor> {
      return to_caf(dial(self->system()));
    },
  };
}

void CrewState::say(engine::LogLevel level, const std::string& message) const {
  if (setup.log)
    setup.log(level, message);
}

void CrewState::begin(CrewSetup given) {
  setup = std::move(given);
  for (std::uint32_t i = 0; i < setup.offer.threads; ++i)
    add_worker();
  join();
  self->delayed_send(self, kCrewPing, look_atom::value);
}

void CrewState::add_worker() {
  const auto worker = setup.new_worker(self->system());
  self->monitor(worker);
  workers_[worker.address()] = worker;
  free_.push_back(worker);
}

void CrewState::join() {
  if (foreman_ || leaving_)
    return;
  self->request(setup.dialer, kCrewRequest, join_atom::value)
    .then(
      [this](const caf::actor& recruiter) {
        offer(recruiter);
      },
      [this](const caf::error& error) {
        later(from_caf(error));
      });
}

void CrewState::offer(const caf::actor& recruiter) {
  self
    ->request(
      caf::actor_cast<caf::typed_actor<caf::replies_to<join_atom, CrewOffer>::with<caf::actor>>>(
        recruiter),
      kCrewRequest, join_atom::value, setup.offer)
    .then(
      [this](const caf::actor& foreman) {
        joined(foreman);
      },
      [this](const caf::error& error) {
        later(from_caf(error));
      });
}

void CrewState::joined(const caf::actor& foreman) {
  foreman_ = caf::actor_cast<Foreman>(foreman);
  self->monitor(foreman_);
  heard_ = self->clock().now();
  backoff_ = {};
  say(engine::LogLevel::info, "joined with " + std::to_string(setup.offer.threads) + " threads");
  if (leaving_)
    self->request(foreman_, kCrewSilence, leave_atom::value).then([](bool) {});
  else
    self->send(foreman_, pong_atom::value, std::uint64_t{0});
}

void CrewState::later(const Error& why) {
  if (backoff_.count() == 0)
    say(why.code == Errc::conflict ? engine::LogLevel::error : engine::LogLevel::warning,
        "not joined, trying again: " + why.text());
  backoff_ = std::clamp(2 * backoff_, kFirstRejoin, kLastRejoin);
  self->delayed_send(self, backoff_, join_atom::value);
}

// Its tasks are handed out again by the node, or have died with it.
void CrewState::lose_node() {
  self->demonitor(foreman_.address());
  foreman_ = nullptr;
  ready_.clear();
  for (const auto& [ticket, running] : running_)
    running.stop.request_stop();
  running_.clear();
  while (!kits_.empty())
    forget(kits_.begin());
  if (!leaving_)
    later({Errc::unavailable, "the node is lost", {}});
}

void CrewState::lose(const caf::actor_addr& who) {
  if (foreman_ && who == foreman_.address())
    return lose_node();
  const auto found = workers_.find(who);
  if (found == workers_.end())
    return;
  std::erase(free_, found->second);
  workers_.erase(found);
  std::vector<Ticket> lost; // one, or none
  for (const auto& [ticket, running] : running_)
    if (running.worker == who)
      lost.push_back(ticket);
  for (const auto ticket : lost)
    fail(ticket, {Errc::unavailable, "the thread that computed the task died", {}});
  add_worker();
  work();
}

bool CrewState::is_from_node() const {
  return foreman_ && self->current_sender()
         && self->current_sender()->address() == foreman_.address();
}

void CrewState::answer(std::uint64_t ping) {
  heard_ = self->clock().now();
  self->send(foreman_, pong_atom::value, ping);
}

void CrewState::look() {
  const auto now = self->clock().now();
  if (foreman_ && now - heard_ > kCrewSilence)
    lose_node();
  for (auto kit = kits_.begin(); kit != kits_.end();) {
    const auto next = std::next(kit);
    const bool at_work = std::ranges::any_of(running_, [&](const auto& entry) {
      return entry.second.calculation == kit->first;
    });
    if (kit->second.plan && !at_work && now - kit->second.used > kKitIdle)
      forget(kit);
    kit = next;
  }
  self->delayed_send(self, kCrewPing, look_atom::value);
}

void CrewState::forget(std::map<CalculationId, Kit>::iterator kit) {
  if (kit->second.fetch)
    self->send_exit(kit->second.fetch, caf::exit_reason::user_shutdown);
  kits_.erase(kit);
}

void CrewState::order(const TaskCall& call) {
  const auto kit = kits_.find(call.calculation);
  if (kit != kits_.end() && kit->second.fingerprint != call.fingerprint)
    forget(kit); // the same number, another calculation
  if (!kits_.contains(call.calculation) && !open_kit(call))
    return;
  auto& tools = kits_.at(call.calculation);
  tools.used = self->clock().now();
  if (!tools.plan)
    return tools.waiting.push_back(call);
  ready_.push_back(call);
  work();
}

bool CrewState::open_kit(const TaskCall& call) {
  auto workshop = setup.new_workshop();
  if (!workshop) {
    decline(call.ticket, workshop.error());
    return false;
  }
  auto& kit = kits_[call.calculation];
  kit.workshop = *std::move(workshop);
  kit.record = record_of(call);
  kit.fingerprint = call.fingerprint;
  kit.generation = ++generations_;
  kit.fetch = setup.new_fetch(self->system(), foreman_, kit.workshop.room);
  self->request(kit.fetch, kPrepareTimeout, fetch_atom::value, call)
    .then(
      [this, id = call.calculation, generation = kit.generation](const PlanPtr& plan) {
        fetched(id, generation, plan);
      },
      [this, id = call.calculation, generation = kit.generation](const caf::error& error) {
        not_fetched(id, generation, from_caf(error));
      });
  return true;
}

void CrewState::fetched(CalculationId id, std::uint64_t generation, const PlanPtr& plan) {
  const auto kit = kits_.find(id);
  if (kit == kits_.end() || kit->second.generation != generation)
    return;
  kit->second.plan = plan;
  kit->second.fetch = nullptr;
  for (auto& call : std::exchange(kit->second.waiting, {}))
    ready_.push_back(std::move(call));
  say(engine::LogLevel::info, "has the inputs of calculation " + std::to_string(id));
  work();
}

void CrewState::not_fetched(CalculationId id, std::uint64_t generation, const Error& error) {
  const auto kit = kits_.find(id);
  if (kit == kits_.end() || kit->second.generation != generation)
    return;
  say(engine::LogLevel::warning,
      "cannot run calculation " + std::to_string(id) + ": " + error.text());
  for (const auto& call : kit->second.waiting)
    decline(call.ticket, error);
  kit->second.fetch = nullptr;
  forget(kit);
}

void CrewState::drop(Ticket ticket) {
  std::erase_if(ready_, [&](const TaskCall& call) {
    return call.ticket == ticket;
  });
  for (auto& [id, kit] : kits_)
    std::erase_if(kit.waiting, [&](const TaskCall& call) {
      return call.ticket == ticket;
    });
  if (const auto running = running_.find(ticket); running != running_.end())
    running->second.stop.request_stop();
  running_.erase(ticket);
}

void CrewState::cancel(CalculationId id) {
  std::erase_if(ready_, [&](const TaskCall& call) {
    return call.calculation == id;
  });
  std::erase_if(running_, [&](const auto& entry) {
    const bool wanted = entry.second.calculation != id;
    if (!wanted)
      entry.second.stop.request_stop();
    return !wanted;
  });
  if (const auto kit = kits_.find(id); kit != kits_.end())
    forget(kit);
}

void CrewState::work() {
  while (!free_.empty() && !ready_.empty()) {
    const auto call = ready_.front();
    ready_.pop_front();
    const auto worker = free_.back();
    free_.pop_back();
    run(call, worker);
  }
}

void CrewState::run(const TaskCall& call, const Worker& worker) {
  const auto& kit = kits_.at(call.calculation);
  if (call.task >= kit.plan->task_count()) {
    free_.push_back(worker);
    return decline(call.ticket, invalid_input("the plan has no such task", {}));
  }
  const Running running{call.calculation, worker.address(), StopToken(), self->clock().now()};
  running_[call.ticket] = running;
  self
    ->request(worker, kUntilDown, run_atom::value,
              TaskOrder{kit.plan, call.task, running.stop, kit.record, call.ticket})
    .then(
      [this, worker, ticket = call.ticket](const TaskOutcome& outcome) {
        free_.push_back(worker);
        done(ticket, outcome);
        work();
      },
      [this, ticket = call.ticket](const caf::error& error) {
        fail(ticket, from_caf(error));
      });
}

void CrewState::fail(Ticket ticket, const Error& error) {
  if (running_.erase(ticket) > 0)
    decline(ticket, error);
}

void CrewState::done(Ticket ticket, const TaskOutcome& outcome) {
  const auto running = running_.extract(ticket);
  if (running.empty())
    return; // not wanted any more
  if (outcome.error) {
    // Memory that ran out, a defect: another machine may do better.
    const bool is_mine =
      outcome.error->code == Errc::unavailable || outcome.error->code == Errc::internal;
    self->send(foreman_, failed_atom::value, failure_of(ticket, *outcome.error, is_mine));
    return;
  }
  const auto time = self->clock().now() - running.mapped().since;
  const ResultCutter cutter(ticket, *outcome.result,
                            static_cast<std::uint64_t>(
                              std::chrono::duration_cast<std::chrono::microseconds>(time).count()));
  for (std::size_t i = 0; i < cutter.pieces(); ++i)
    self->send(foreman_, piece_atom::value, cutter.piece(i));
}

void CrewState::decline(Ticket ticket, const Error& error) {
  if (foreman_)
    self->send(foreman_, failed_atom::value, failure_of(ticket, error, true));
}

caf::result<bool> CrewState::leave() {
  leaving_ = true;
  ready_.clear();
  for (const auto& [ticket, running] : running_)
    running.stop.request_stop();
  running_.clear();
  if (!foreman_)
    return true;
  auto promise = self->make_response_promise<bool>();
  self->request(foreman_, kCrewSilence, leave_atom::value)
    .then(
      [promise](bool) mutable {
        promise.deliver(true);
      },
      [promise](const caf::error&) mutable {
        promise.deliver(false);
      });
  return promise;
}

void CrewState::dismiss_all() {
  for (const auto& [ticket, running] : running_)
    running.stop.request_stop();
  for (const auto& [address, worker] : workers_)
    self->send_exit(worker, caf::exit_reason::user_shutdown);
  while (!kits_.empty())
    forget(kits_.begin());
}

Crew::behavior_type crew(CrewState::Self self, CrewSetup setup) {
  auto& state = self->state;
  self->set_down_handler([&state](const caf::down_msg& down) {
    state.lose(down.source);
  });
  self->set_exit_handler([self, &state](const caf::exit_msg& message) {
    state.dismiss_all();
    self->quit(message.reason);
  });
  self->set_default_handler(caf::drop);
  state.begin(std::move(setup));
  return {
    [&state](order_atom, const TaskCall& call) {
      if (state.is_from_node())
        state.order(call);
    },
    [&state](drop_atom, Ticket ticket) {
      if (state.is_from_node())
        state.drop(ticket);
    },
    [&state](cancel_atom, CalculationId id) {
      if (state.is_from_node())
        state.cancel(id);
    },
    [&state](ping_atom, std::uint64_t number) {
      if (state.is_from_node())
        state.answer(number);
    },
    [&state](join_atom) {
      state.join();
    },
    [&state](look_atom) {
      state.look();
    },
    [&state](leave_atom) {
      return state.leave();
    },
  };
}

} // namespace oq::actors
