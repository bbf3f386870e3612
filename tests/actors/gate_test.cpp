// Who gets in, and to whom.
#include "actors/gate.hpp"

#include "support/deterministic_actors.hpp"

#include <caf/event_based_actor.hpp>

namespace oq::actors {
namespace {

class GateTest : public oq::testing::DeterministicActors {
protected:
  Result<caf::actor> enter(const std::string& role, const std::string& version) {
    return ask<caf::actor>(port, enter_atom::value, role, version);
  }
  caf::actor door = owned(system().spawn([](caf::event_based_actor*) -> caf::behavior {
    return {[](int) {}};
  }));
  Gate port = owned(system().spawn(gate, std::string("oq 1"), Doors{{"worker", door}}));
};

TEST_F(GateTest, ShowsTheDoorOfTheRole) {
  const auto shown = enter("worker", "oq 1");
  ASSERT_TRUE(shown);
  EXPECT_EQ(*shown, door);
}

TEST_F(GateTest, RefusesAnotherVersionInWords) {
  const auto shown = enter("worker", "oq 2");
  ASSERT_FALSE(shown);
  EXPECT_EQ(shown.error().code, Errc::conflict);
  EXPECT_NE(shown.error().text().find("oq 1"), std::string::npos);
}

TEST_F(GateTest, RefusesARoleThatNobodyHas) {
  EXPECT_EQ(enter("node", "oq 1").error().code, Errc::invalid_input);
}

} // namespace
} // namespace oq::actors
