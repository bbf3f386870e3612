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
  self_->request(assembler_, kUntilDown, prepare_atom::value, summary_->shared_record(), stop_)
    .then(
      [this](const Prepared& prepared) {
        hand_out(prepared);
      },
      [this](const caf::error& error) {
        fail(from_caf(error));
      });
}

void CalculationState::lose_assembler() {
  fail({Errc::unavailable, "the thread of the calculation stopped", {}});
}

// Returns the tasks that are left.
std::vector<std::size_t> CalculationState::count_done(const std::vector<std::size_t>& done) {
  std::vector<bool> is_done(progress_.total(), false);
  for (const auto task : done)
    is_done[task] = progress_.count(task);
  std::vector<std::size_t> left;
  for (std::size_t task = 0; task < is_done.size(); ++task)
    if (!is_done[task])
      left.push_back(task);
  return left;
}

void CalculationState::hand_out(const Prepared& prepared) {
  if (stop_.stop_requested())
    return;
  plan_ = prepared.plan;
  std::vector<double> weights(plan_->task_count());
  for (std::size_t task = 0; task < weights.size(); ++task)
    weights[task] = plan_->task_weight(task);
  progress_ = ProgressMeter(std::move(weights), plan_->finish_weight());
  auto left = count_done(prepared.done);
  fraction_begun_ = progress_.fraction();
  tasks_begun_ = self_->clock().now();
  want({State::executing, Phase::executing});
  say(engine::LogLevel::info, "Inputs read: " + std::to_string(progress_.total()) + " tasks");
  if (!prepared.done.empty())
    say(engine::LogLevel::info, "Results of " + std::to_string(prepared.done.size())
                                  + " tasks were taken from the disk, "
                                  + std::to_string(left.size()) + " are left");
  if (left.empty())
    return finish();
  self_->send(peers_.workforce, enqueue_atom::value,
              WorkOrder{summary_->record().id, plan_, std::move(left),
                        OutcomeSink(Calculation(self_)), summary_->shared_record()});
}

void CalculationState::take(std::size_t task, const TaskOutcome& outcome) {
  if (!plan_ || stop_.stop_requested() || !progress_.count(task))
    return;
  if (outcome.error)
    return fail(*outcome.error);
  show_progress();
  tell_decile(std::to_string(progress_.counted()) + " of " + std::to_string(progress_.total())
              + " tasks");
  self_->request(assembler_, kUntilDown, reduce_atom::value, task, outcome)
    .then(
      [this](std::size_t count) {
        reduced(count);
      },
      [this](const caf::error& error) {
        fail(from_caf(error));
      });
}

void CalculationState::tell_decile(const std::string& of_what) {
  if (const auto percent = progress_.new_decile())
    say(engine::LogLevel::info, summary_->record().calculation_mode + " " + std::to_string(*percent)
                                  + "% [" + of_what + "]");
}

void CalculationState::finishing(double part) {
  if (!plan_ || stop_.stop_requested())
    return;
  progress_.finishing(part);
  show_progress();
  tell_decile("post-processing");
}

void CalculationState::reduced(std::size_t count) {
  if (plan_ && plan_->tasks_ahead() < progress_.total())
    self_->send(peers_.workforce, reduce_atom::value, summary_->record().id, count);
  if (count == progress_.total() && !stop_.stop_requested())
    finish();
}

void CalculationState::finish() {
  say(engine::LogLevel::info, "Computing and writing the outputs");
  want({State::executing, Phase::post_processing});
  self_->request(assembler_, kUntilDown, finish_atom::value)
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
  if (error.code == Errc::fenced)
    return yield();
  say(engine::LogLevel::critical, error.text());
  stop_work();
  drop_results();
  end_with({State::failed, Phase::none, error, nullptr});
}

void CalculationState::stop_work() {
  stop_.request_stop();
  self_->send(peers_.workforce, cancel_atom::value, summary_->record().id);
}

void CalculationState::drop_results() {
  if (assembler_)
    self_->send(assembler_, drop_atom::value);
}

void CalculationState::say(engine::LogLevel level, const std::string& message) {
  log(log_row(level, message));
}

} // namespace oq::actors
