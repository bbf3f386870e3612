// Other nodes that only write down what they are asked, and answer as they are told.
#pragma once

#include "actors/caf_error.hpp"
#include "actors/cluster_links.hpp"

#include <caf/actor_system.hpp>

#include <memory>
#include <string>
#include <vector>

namespace oq::testing {

struct NeighbourNotes {
  std::vector<std::pair<std::string, actors::Question>> asked;
  std::vector<std::pair<std::string, actors::Command>> commanded;
  std::vector<actors::CalculationId> notices;
  bool reachable = true;
};
using NeighbourNotesPtr = std::shared_ptr<NeighbourNotes>;

inline actors::AnswerPtr answer_of(const std::string& text) {
  actors::Answer answer;
  answer.body = std::make_shared<const std::string>(text);
  return std::make_shared<const actors::Answer>(std::move(answer));
}

// Every node answers with its name.
inline actors::Neighbours spawn_neighbours(caf::actor_system& system,
                                           const NeighbourNotesPtr& notes) {
  using Self = actors::Neighbours;
  const auto reply = [notes](const std::string& node) -> caf::result<actors::AnswerPtr> {
    if (!notes->reachable)
      return actors::to_caf(Error{Errc::unavailable, "the node cannot be reached", {}});
    return answer_of("\"" + node + "\"");
  };
  return system.spawn([notes, reply](Self::pointer) -> Self::behavior_type {
    return {
      [notes, reply](actors::ask_atom, const std::string& node, const actors::Question& question) {
        notes->asked.emplace_back(node, question);
        return reply(node);
      },
      [notes, reply](actors::command_atom, const std::string& node, actors::CalculationId,
                     actors::Command command) {
        notes->commanded.emplace_back(node, command);
        return reply(node);
      },
      [](actors::find_atom, const std::string&) -> caf::result<caf::actor> {
        return actors::to_caf(Error{Errc::unavailable, "the node cannot be reached", {}});
      },
      [notes](actors::notice_atom, actors::CalculationId id, std::int64_t) {
        notes->notices.push_back(id);
      },
      [](actors::left_atom) {},
      [](actors::joined_atom, const std::string&, const caf::actor&) {},
      [](actors::lost_atom, const std::string&, const caf::actor&) {}};
  });
}

// Links of a node "here" whose lease holds.
inline std::shared_ptr<actors::ClusterLinks> make_links(caf::actor_system& system,
                                                        actors::Neighbours neighbours) {
  auto links = std::make_shared<actors::ClusterLinks>();
  links->node = "here";
  links->lease = std::make_shared<actors::Lease>();
  links->lease->hear(actors::BootClock::now() + std::chrono::hours(1));
  links->lease->extend(actors::BootClock::now() + std::chrono::hours(1));
  links->neighbours = neighbours;
  links->couriers =
    std::make_shared<actors::Couriers>(system, actors::CourierSettings{neighbours, "/tmp"});
  return links;
}

} // namespace oq::testing
