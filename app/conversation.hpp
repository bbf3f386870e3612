// Conversation: questions and commands to the actors from a thread that may wait.
#pragma once

#include "actors/handles.hpp"
#include "engine/base/result.hpp"

#include <boost/json/value.hpp>

namespace oq::app {

class Conversation {
public:
  explicit Conversation(actors::Handles handles) : handles_(std::move(handles)) {}

  // Errc::timeout when nothing comes in time; the error of the answer otherwise.
  Result<actors::Answer> submit(actors::Submission submission) const;
  Result<actors::Answer> ask(actors::QuestionKind kind, actors::CalculationId id) const;
  // The body of a question's answer, parsed.
  Result<boost::json::value> ask_json(actors::QuestionKind kind, actors::CalculationId id) const;
  Result<actors::Answer> abort(actors::CalculationId id) const;

private:
  actors::Handles handles_;
};

} // namespace oq::app
