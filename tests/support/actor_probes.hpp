// Neighbours that only write down what they are told.
#pragma once

#include "actors/calculation.hpp"

#include <caf/actor_system.hpp>

#include <memory>
#include <vector>

namespace oq::testing {

// What a directory hears.
struct DirectoryNotes {
  std::vector<actors::CalculationId> ready;
  std::vector<actors::RecordPtr> ended;
  std::vector<actors::CalculationId> yielded;
};
inline actors::CalculationObserver spawn_directory(caf::actor_system& system,
                                                   std::shared_ptr<DirectoryNotes> notes) {
  using Self = actors::CalculationObserver;
  return system.spawn([notes](Self::pointer) -> Self::behavior_type {
    return {[notes](actors::ready_atom, actors::CalculationId id) {
              notes->ready.push_back(id);
            },
            [notes](actors::ended_atom, const actors::RecordPtr& record) {
              notes->ended.push_back(record);
            },
            [notes](actors::yield_atom, actors::CalculationId id, std::int64_t) {
              notes->yielded.push_back(id);
            }};
  });
}

// Every state that pollers were told, in order.
using RecordNotes = std::vector<actors::RecordPtr>;
inline actors::RecordObserver spawn_record_observer(caf::actor_system& system,
                                                    std::shared_ptr<RecordNotes> notes) {
  using Self = actors::RecordObserver;
  return system.spawn([notes](Self::pointer) -> Self::behavior_type {
    return {[notes](actors::changed_atom, const actors::RecordPtr& record) {
      notes->push_back(record);
    }};
  });
}

using QuestionNotes = std::vector<actors::Question>;
inline actors::QuestionPort spawn_question_port(caf::actor_system& system,
                                                std::shared_ptr<QuestionNotes> notes) {
  using Self = actors::QuestionPort;
  return system.spawn([notes](Self::pointer) -> Self::behavior_type {
    return {[notes](actors::ask_atom, const actors::Question& question, const actors::SinkPtr&) {
      notes->push_back(question);
    }};
  });
}

} // namespace oq::testing
