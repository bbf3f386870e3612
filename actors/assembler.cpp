// Drives one engine::Calculator from its inputs to its datastore.
#include "actors/assembler.hpp"

#include "actors/caf_error.hpp"
#include "actors/worker.hpp"
#include "engine/base/guarded.hpp"

#include <caf/send.hpp>

namespace oq::actors {

Result<Prepared> AssemblerState::prepare(const RecordPtr& record, const StopToken& stop) {
  record_ = record;
  stop_ = stop;
  OQ_TRY(auto calculator, room->make_calculator(*record, log));
  calculator->write_early([this] {
    return open_result_file();
  });
  calculator->watch({stop, tell_finishing});
  plan_ = std::move(calculator);
  Prepared prepared{plan_, {}};
  auto kept = room->kept_results ? room->kept_results(*record, *plan_) : nullptr;
  if (!kept)
    return prepared;
  keeper_.emplace(std::move(kept), clock, log);
  prepared.done = keeper_->found();
  for (const auto task : prepared.done)
    results_.put(task, nullptr); // read when its turn comes, so that they need no room until then
  OQ_CHECK(reduce_in_order());
  return prepared;
}

Result<std::size_t> AssemblerState::reduce(std::size_t task, const TaskOutcome& outcome) {
  if (!plan_)
    return Error{Errc::internal, "a result came before the plan", {}};
  if (keeper_ && !stop_.stop_requested())
    keeper_->offer(task, *outcome.result);
  results_.put(task, outcome.result);
  OQ_CHECK(reduce_in_order());
  return results_.taken();
}

Result<void> AssemblerState::reduce_in_order() {
  while (auto next = results_.take()) {
    if (stop_.stop_requested())
      return Error{Errc::aborted, "the calculation was stopped", {}};
    if (!next->second) {
      OQ_TRY(next->second, kept_result(next->first));
    }
    OQ_CHECK(plan_->reduce(next->first, std::move(*next->second)));
  }
  return {};
}

// One that the disk has lost since the start is computed here: it is too late to hand it out.
Result<std::shared_ptr<engine::TaskResult>> AssemblerState::kept_result(std::size_t task) {
  auto result = keeper_->take(task);
  if (!result) {
    if (log)
      log(engine::LogLevel::warning,
          "task " + std::to_string(task) + " is computed again: " + result.error().text());
    result = plan_->run_task(task, stop_);
  }
  if (!result)
    return result.error();
  return std::make_shared<engine::TaskResult>(*std::move(result));
}

Result<engine::Datastore*> AssemblerState::open_result_file() {
  if (!file_) {
    OQ_TRY(file_, room->create_result_file(*record_));
  }
  return &file_->datastore();
}

void AssemblerState::drop() {
  file_.reset();
  if (keeper_)
    keeper_->remove();
  keeper_.reset();
}

Result<ProductsPtr> AssemblerState::finish() {
  if (!plan_)
    return Error{Errc::internal, "there is no plan to finish", {}};
  OQ_TRY(auto* const datastore, open_result_file());
  const auto file = std::move(file_); // there is none when this fails
  OQ_CHECK(plan_->finish(*datastore));
  if (stop_.stop_requested())
    return Error{Errc::aborted, "the calculation was stopped", {}};
  auto products = std::make_shared<Products>();
  for (auto& output : room->outputs_of(*datastore)) {
    store::OutputRecord row;
    row.calculation_id = record_->id;
    row.type = std::move(output.type);
    row.name = std::move(output.name);
    row.formats = std::move(output.formats);
    products->outputs.push_back(std::move(row));
  }
  OQ_TRY(products->size_bytes, file->commit());
  drop();
  plan_.reset();
  return ProductsPtr(std::move(products));
}

Assembler::behavior_type assembler(Assembler::stateful_pointer<AssemblerState> self,
                                   EngineRoomPtr room, engine::LogSink log) {
  auto& state = self->state;
  state.room = std::move(room);
  state.log = std::move(log);
  state.clock = [self] {
    return self->clock().now();
  };
  self->set_down_handler([self](const caf::down_msg&) {
    self->quit(); // whoever wanted the products is gone
  });
  return {
    [self, &state](prepare_atom, const RecordPtr& record,
                   const StopToken& stop) -> caf::result<Prepared> {
      self->monitor(self->current_sender());
      state.tell_finishing = [to =
                                caf::actor_cast<caf::actor>(self->current_sender())](double part) {
        caf::anon_send(to, finish_atom::value, part);
      };
      return to_caf(guarded([&] {
        return state.prepare(record, stop);
      }));
    },
    [&state](reduce_atom, std::size_t task,
             const TaskOutcome& outcome) -> caf::result<std::size_t> {
      return to_caf(guarded([&] {
        return state.reduce(task, outcome);
      }));
    },
    [&state](finish_atom) -> caf::result<ProductsPtr> {
      return to_caf(guarded([&] {
        return state.finish();
      }));
    },
    [&state](drop_atom) {
      state.drop();
    },
  };
}

Assembler::behavior_type background_assembler(Assembler::stateful_pointer<AssemblerState> self,
                                              EngineRoomPtr room, engine::LogSink log) {
  become_background_thread();
  return assembler(self, std::move(room), std::move(log));
}

} // namespace oq::actors
