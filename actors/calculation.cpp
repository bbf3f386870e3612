// What a calculation answers, and the messages it understands.
#include "actors/calculation.hpp"

#include "actors/defaults.hpp"

namespace oq::actors {
namespace {

Answer text_answer(std::string text) {
  Answer answer;
  answer.body = std::make_shared<const std::string>(std::move(text));
  return answer;
}

} // namespace

void CalculationState::begin(CalculationStart start, CalculationPeers peers) {
  peers_ = std::move(peers);
  lifecycle_ = Lifecycle(*start.record);
  log_ = LogTail(start.log_rows);
  publish(start.record);
  if (start.failure)
    return fail(*start.failure);
  if (start.resumed)
    say(engine::LogLevel::warning,
        start.taken_over ? "The node that ran the calculation was lost: it goes on here"
                         : "The service was restarted: the calculation runs again from its inputs");
  // Nobody is told that what was executing waits again.
  if (lifecycle_.state() == State::executing)
    return self_->send(peers_.directory, ready_atom::value, start.record->id);
  want({State::submitted});
}

void CalculationState::ask(const Question& question, const SinkPtr& sink) {
  switch (question.kind) {
  case QuestionKind::events:
    return sink->deliver(text_answer(feed_text(history_.page(question.first))));
  case QuestionKind::log_events:
    if (const auto page = log_.page(question.first, is_live(summary_->state())))
      return sink->deliver(text_answer(feed_text(*page)));
    break;
  case QuestionKind::status:
  case QuestionKind::detail:
  case QuestionKind::seed_hazard:
  case QuestionKind::seed_risk:
  case QuestionKind::traceback:
    return sink->deliver(told_after(question.first).answer(question.kind, question.base));
  case QuestionKind::progress:
    return sink->deliver(text_answer(progress_text(summary_->record(), progress())));
  case QuestionKind::log_size:
    return sink->deliver(text_answer(std::to_string(log_.size())));
  case QuestionKind::log:
    if (auto text = log_.text(question.first, question.last))
      return sink->deliver(text_answer(*std::move(text)));
    break;
  case QuestionKind::results:
  case QuestionKind::seed_hazard_results:
  case QuestionKind::seed_risk_results:
  case QuestionKind::datastore:
  case QuestionKind::oqparam:
  case QuestionKind::cluster:
  case QuestionKind::ready:
    break;
  }
  self_->send(peers_.archive, ask_atom::value, question, sink);
}

// What came first after the revision that the client knows, or else the last.
Summary& CalculationState::told_after(std::int64_t revision) {
  Summary* next = revision > 0 ? history_.next(revision) : nullptr;
  return next ? *next : *summary_;
}

Progress CalculationState::progress() const {
  if (progress_.total() == 0 || !is_live(summary_->state()))
    return progress_of(summary_->record());
  Progress out{.fraction = progress_.fraction()};
  const std::chrono::duration<double> elapsed = self_->clock().now() - tasks_begun_;
  if (!progress_.complete())
    out.seconds_left = seconds_left(fraction_begun_, *out.fraction, elapsed.count());
  return out;
}

// Ready answers are made again for it, so not for every task.
void CalculationState::show_progress() {
  const auto now = self_->clock().now();
  if (now - progress_shown_ < kProgressShown && !progress_.complete())
    return;
  progress_shown_ = now;
  summary_->set_progress(progress());
}

void CalculationState::abort(const SinkPtr& sink) {
  abort_waiters_.push_back(sink);
  if (!is_live(summary_->state()))
    return answer_aborts(false);
  stop_work();
  drop_results();
  end_with({State::aborted});
}

void CalculationState::log(const store::LogRow& row) {
  log_.append(row);
  self_->send(peers_.recorder, log_atom::value, summary_->record().id, summary_->record().epoch,
              LogRowsPtr(std::make_shared<const std::vector<store::LogRow>>(1, row)));
}

void CalculationState::drain() {
  draining_ = true;
  stop_work();
}

void CalculationState::yield() {
  if (draining_)
    return;
  draining_ = true;
  stop_work();
  wanted_.clear();
  for (const auto& sink : std::exchange(abort_waiters_, {}))
    sink->deliver(
      error_answer({Errc::unavailable, "the calculation has been taken over by another node", {}}));
  if (assembler_)
    self_->send_exit(assembler_, caf::exit_reason::user_shutdown);
  assembler_ = nullptr;
  self_->send(peers_.directory, yield_atom::value, summary_->record().id, summary_->record().epoch);
}

Calculation::behavior_type calculation(Calculation::stateful_pointer<CalculationState> self,
                                       CalculationStart start, CalculationPeers peers) {
  auto& state = self->state;
  self->set_down_handler([&state](const caf::down_msg&) {
    state.lose_assembler();
  });
  state.begin(std::move(start), std::move(peers));
  return {
    [&state](ask_atom, const Question& question, const SinkPtr& sink) {
      state.ask(question, sink);
    },
    [&state](command_atom, Command, const SinkPtr& sink) {
      state.abort(sink);
    },
    [&state](find_atom) {
      return state.told();
    },
    [&state](start_atom) {
      state.start();
    },
    [&state](result_atom, std::size_t task, const TaskOutcome& outcome) {
      state.take(task, outcome);
    },
    [&state](finish_atom, double part) {
      state.finishing(part);
    },
    [&state](log_atom, const store::LogRow& row) {
      state.log(row);
    },
    [self](retire_atom) {
      self->quit();
    },
    [&state](drain_atom) {
      state.drain();
      return true;
    },
    [&state](yield_atom) {
      state.yield();
    },
    [&state](retry_atom) {
      state.pump();
    },
    [&state](refresh_atom) {
      state.refresh();
    },
  };
}

} // namespace oq::actors
