// How a calculation runs: inputs read, tasks handed out, results added up in order, products
// written.
#include "actors/caf_error.hpp"
#include "actors/calculation.hpp"
#include "actors/defaults.hpp"
#include "actors/log_level.hpp"

#include <caf/send.hpp>

namespace oq::actors {

void CalculationState::start() {
  want({State::executing, Phase::pre_executing});
}

void CalculationState::prepare() {
  say(engine::LogLevel::info, "Running " + summary_->record().calculation_mode + ": \""
                                + summary_->record().description + "\"");
  auto log = [handle = Calculation(self_)](engine::LogLevel level, const std::string& message) {
    caf::anon_send(handle, log_atom::value, log_row(level, message));
  };
  assembler_ = peers_.spawn_assembler(self_->system(), std::move(log));
  self_->monitor(assembler_); // one that dies at work leaves its request without an answer
  self_->request(assembler_, kPrepareTimeout, prepare_atom::value, summary_->shared_record(), stop_)
    .then(
      [this](const PlanPtr& plan) {
        hand_out(plan);
      },
      [this](const caf::error& error) {
        fail(from_caf(error));
      });
}

void CalculationState::lose_assembler() {
  fail({Errc::unavailable, "the thread of the calculation stopped", {}});
}

void CalculationState::hand_out(const PlanPtr& plan) {
  if (stop_.stop_requested())
    return;
  plan_ = plan;
  std::vector<double> weights(plan->task_count());
  for (std::size_t task = 0; task < weights.size(); ++task)
    weights[task] = plan->task_weight(task);
  progress_ = ProgressMeter(std::move(weights));
  want({State::executing, Phase::executing});
  if (progress_.total() == 0)
    return finish();
  say(engine::LogLevel::info, "Inputs read: " + std::to_string(progress_.total()) + " tasks");
  self_->send(peers_.workforce, enqueue_atom::value,
              WorkOrder{summary_->record().id, plan, stop_, OutcomeSink(Calculation(self_))});
}

void CalculationState::take(std::size_t task, const TaskOutcome& outcome) {
  if (!plan_ || stop_.stop_requested() || !progress_.count(task))
    return;
  if (outcome.error)
    return fail(*outcome.error);
  if (const auto percent = progress_.new_decile())
    say(engine::LogLevel::info, summary_->record().calculation_mode + " " + std::to_string(*percent)
                                  + "% [" + std::to_string(progress_.counted()) + " of "
                                  + std::to_string(progress_.total()) + " tasks]");
  self_->request(assembler_, kReduceTimeout, reduce_atom::value, task, outcome)
    .then(
      [this](std::size_t count) {
        reduced(count);
      },
      [this](const caf::error& error) {
        fail(from_caf(error));
      });
}

void CalculationState::reduced(std::size_t count) {
  if (count == progress_.total() && !stop_.stop_requested())
    finish();
}

void CalculationState::finish() {
  say(engine::LogLevel::info, "Computing and writing the outputs");
  want({State::executing, Phase::post_processing});
  self_->request(assembler_, kFinishTimeout, finish_atom::value)
    .then(
      [this](const ProductsPtr& products) {
        if (stop_.stop_requested())
          return;
        say(engine::LogLevel::info,
            "Finished with " + std::to_string(products->outputs.size()) + " outputs");
        want({State::complete, Phase::none, {}, products});
      },
      [this](const caf::error& error) {
        fail(from_caf(error));
      });
}

// The first reason counts; what comes after a stop is its consequence.
void CalculationState::fail(const Error& error) {
  if (stop_.stop_requested())
    return;
  say(engine::LogLevel::critical, error.text());
  stop_work();
  end_with({State::failed, Phase::none, error, nullptr});
}

void CalculationState::stop_work() {
  stop_.request_stop();
  self_->send(peers_.workforce, cancel_atom::value, summary_->record().id);
}

void CalculationState::say(engine::LogLevel level, const std::string& message) {
  log(log_row(level, message));
}

} // namespace oq::actors
