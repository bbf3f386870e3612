// The legal ways of a calculation, and the rule that a change counts when it is durable.
#include "actors/lifecycle.hpp"

#include <gtest/gtest.h>

namespace oq::actors {
namespace {

store::CalculationRecord record_in(std::string status, std::string phase = "",
                                   std::int64_t revision = 3) {
  store::CalculationRecord record;
  record.id = 7;
  record.status = std::move(status);
  record.phase = std::move(phase);
  record.revision = revision;
  return record;
}

constexpr State kAll[] = {State::created, State::submitted, State::executing, State::complete,
                          State::failed,  State::aborted,   State::shared,    State::deleted};

// A row per state: the states that may follow, as design 3 lists them.
struct Row {
  State from;
  std::vector<State> to;
};
const Row kLegal[] = {
  {State::created, {State::submitted, State::failed, State::aborted}},
  {State::submitted, {State::submitted, State::executing, State::failed, State::aborted}},
  {State::executing,
   {State::submitted, State::executing, State::complete, State::failed, State::aborted}},
  {State::complete, {State::shared, State::deleted}},
  {State::failed, {State::deleted}},
  {State::aborted, {State::deleted}},
  {State::shared, {State::complete, State::deleted}},
  {State::deleted, {}},
};

TEST(Lifecycle, AllowsExactlyTheDesignedTransitions) {
  for (const auto& row : kLegal)
    for (const State to : kAll) {
      const bool expected = std::find(row.to.begin(), row.to.end(), to) != row.to.end();
      EXPECT_EQ(is_legal(row.from, to), expected) << to_string(row.from) << " -> " << to_string(to);
    }
}

TEST(Lifecycle, ReadsBackEveryStateAndPhaseItWrites) {
  for (const State state : kAll)
    EXPECT_EQ(parse_state(to_string(state)), state);
  for (const Phase phase :
       {Phase::none, Phase::pre_executing, Phase::executing, Phase::post_executing,
        Phase::post_processing, Phase::exporting, Phase::clean_up})
    EXPECT_EQ(parse_phase(to_string(phase)), phase);
  EXPECT_EQ(parse_state("running"), std::nullopt);
}

TEST(Lifecycle, ABegunChangeIsNotTheStateYet) {
  Lifecycle lifecycle(record_in("created", "", 1));

  const auto transition = lifecycle.begin(State::submitted);

  ASSERT_TRUE(transition);
  EXPECT_EQ(transition->status, "submitted");
  EXPECT_EQ(transition->expected_revision, 1);
  EXPECT_EQ(lifecycle.state(), State::created);
  EXPECT_TRUE(lifecycle.pending());
}

TEST(Lifecycle, AConfirmedChangeIsTheState) {
  Lifecycle lifecycle(record_in("submitted"));
  ASSERT_TRUE(lifecycle.begin(State::executing, Phase::pre_executing));

  lifecycle.confirm(4);

  EXPECT_EQ(lifecycle.state(), State::executing);
  EXPECT_EQ(lifecycle.phase(), Phase::pre_executing);
  EXPECT_EQ(lifecycle.revision(), 4);
  EXPECT_FALSE(lifecycle.pending());
}

TEST(Lifecycle, ARefusedChangeLeavesEverythingAsItWas) {
  Lifecycle lifecycle(record_in("submitted"));
  ASSERT_TRUE(lifecycle.begin(State::executing, Phase::pre_executing));

  lifecycle.refuse();

  EXPECT_EQ(lifecycle.state(), State::submitted);
  EXPECT_EQ(lifecycle.revision(), 3);
  EXPECT_FALSE(lifecycle.pending());
}

TEST(Lifecycle, OneChangeAtATime) {
  Lifecycle lifecycle(record_in("submitted"));
  ASSERT_TRUE(lifecycle.begin(State::executing, Phase::pre_executing));

  const auto second = lifecycle.begin(State::aborted);

  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, Errc::conflict);
}

TEST(Lifecycle, AnIllegalChangeIsAConflictThatNamesBothStates) {
  Lifecycle lifecycle(record_in("complete"));

  const auto change = lifecycle.begin(State::executing);

  ASSERT_FALSE(change);
  EXPECT_EQ(change.error().code, Errc::conflict);
  EXPECT_EQ(change.error().message, "a calculation cannot go from complete to executing");
}

TEST(Lifecycle, AFailureKeepsThePhaseThatWasReached) {
  Lifecycle lifecycle(record_in("executing", "post_processing"));

  const auto transition = lifecycle.begin(State::failed);

  ASSERT_TRUE(transition);
  EXPECT_EQ(transition->phase, "post_processing");
}

TEST(Lifecycle, AnUnknownStoredStatusIsAFailure) {
  EXPECT_EQ(Lifecycle(record_in("melted")).state(), State::failed);
}

} // namespace
} // namespace oq::actors
