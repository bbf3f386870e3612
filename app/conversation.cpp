// Waits for each answer in turn.
#include "app/conversation.hpp"

#include <boost/json/parse.hpp>
#include <caf/send.hpp>

#include <chrono>
#include <future>

namespace oq::app {
namespace {

constexpr std::chrono::seconds kPatience{120}; // a submission reads every input's head

class PromiseSink : public actors::ReplySink {
public:
  std::future<actors::Answer> answer() { return promise_.get_future(); }
  void deliver(actors::Answer answer) override { promise_.set_value(std::move(answer)); }

private:
  std::promise<actors::Answer> promise_;
};

template <class Send>
Result<actors::Answer> wait_for(const Send& send) {
  auto sink = std::make_shared<PromiseSink>();
  auto future = sink->answer();
  send(actors::SinkPtr(std::move(sink)));
  if (future.wait_for(kPatience) != std::future_status::ready)
    return Error{Errc::timeout, "the service does not answer", ""};
  try {
    return future.get();
  } catch (const std::future_error&) { // the sink was dropped: nobody can answer
    return Error{Errc::unavailable, "the service has stopped", ""};
  }
}

Result<actors::Answer> checked(Result<actors::Answer> answer) {
  if (answer && answer->code != Errc::none)
    return Error{answer->code, answer->message, answer->where};
  return answer;
}

} // namespace

Result<actors::Answer> Conversation::submit(actors::Submission submission) const {
  return checked(wait_for([&](actors::SinkPtr sink) {
    caf::anon_send(handles_.calculations, actors::submit_atom::value,
                   std::make_shared<const actors::Submission>(std::move(submission)),
                   std::move(sink));
  }));
}

Result<actors::Answer> Conversation::ask(actors::QuestionKind kind,
                                         actors::CalculationId id) const {
  return checked(wait_for([&](actors::SinkPtr sink) {
    actors::Question question;
    question.kind = kind;
    question.id = id;
    question.base = std::make_shared<const std::string>("http://localhost");
    caf::anon_send(handles_.calculations, actors::ask_atom::value, std::move(question),
                   std::move(sink));
  }));
}

Result<boost::json::value> Conversation::ask_json(actors::QuestionKind kind,
                                                  actors::CalculationId id) const {
  OQ_TRY(const auto answer, ask(kind, id));
  boost::system::error_code error;
  auto value = boost::json::parse(answer.body ? *answer.body : std::string("null"), error);
  if (error)
    return Error{Errc::internal, "an answer is not JSON: " + error.message(), ""};
  return value;
}

Result<actors::Answer> Conversation::abort(actors::CalculationId id) const {
  return wait_for([&](actors::SinkPtr sink) {
    caf::anon_send(handles_.calculations, actors::command_atom::value, id, actors::Command::abort,
                   std::move(sink));
  });
}

} // namespace oq::app
