// The words of each client generation, state by state (the table of the API's section B).
#include "actors/projections.hpp"

#include <gtest/gtest.h>

namespace oq::actors {
namespace {

struct Row {
  State state;
  Phase phase;
  std::string_view modern, seed, strict;
};
constexpr Row kTable[] = {
  {State::created, Phase::none, "created", "pre_executing", "pre_executing"},
  {State::submitted, Phase::none, "submitted", "pre_executing", "pre_executing"},
  {State::executing, Phase::pre_executing, "executing", "executing", "pre_executing"},
  {State::executing, Phase::post_processing, "executing", "executing", "post_processing"},
  {State::executing, Phase::exporting, "executing", "executing", "export"},
  {State::complete, Phase::none, "complete", "complete", "complete"},
  {State::shared, Phase::none, "shared", "complete", "complete"},
  {State::failed, Phase::executing, "failed", "failed", "executing"},
  {State::aborted, Phase::clean_up, "aborted", "failed", "clean_up"},
};

TEST(Projections, FollowTheVocabularyOfEachGeneration) {
  for (const auto& row : kTable) {
    SCOPED_TRACE(row.modern);
    EXPECT_EQ(status_word(Vocabulary::modern, row.state, row.phase), row.modern);
    EXPECT_EQ(status_word(Vocabulary::seed, row.state, row.phase), row.seed);
    EXPECT_EQ(status_word(Vocabulary::seed_strict, row.state, row.phase), row.strict);
  }
}

TEST(Projections, RunningIsWhatWillStillChange) {
  EXPECT_TRUE(shows_running(State::created));
  EXPECT_TRUE(shows_running(State::submitted));
  EXPECT_TRUE(shows_running(State::executing));
  EXPECT_FALSE(shows_running(State::complete));
  EXPECT_FALSE(shows_running(State::aborted));
}

TEST(Projections, AbortableIsShownFromSubmissionOn) {
  EXPECT_FALSE(shows_abortable(State::created));
  EXPECT_TRUE(shows_abortable(State::submitted));
  EXPECT_TRUE(shows_abortable(State::executing));
  EXPECT_FALSE(shows_abortable(State::complete));
}

TEST(Projections, RiskModesLoseTheirEndingForTheSeedOnly) {
  EXPECT_EQ(seed_calculation_mode("classical_risk"), "classical");
  EXPECT_EQ(seed_calculation_mode("event_based_risk"), "event_based");
  EXPECT_EQ(seed_calculation_mode("classical_bcr"), "classical_bcr");
  EXPECT_EQ(seed_calculation_mode("scenario_damage"), "scenario_damage");
}

} // namespace
} // namespace oq::actors
