// Submissions become records, with the reason when they cannot run.
#include "actors/intake.hpp"

#include "support/deterministic_actors.hpp"
#include "support/fake_engine.hpp"
#include "support/memory_store.hpp"

namespace oq::actors {
namespace {

class IntakeTest : public oq::testing::DeterministicActors {
protected:
  Intake spawn() {
    const auto to =
      owned(system().spawn(recorder, [this]() -> Result<std::unique_ptr<store::CalculationStore>> {
        return std::unique_ptr<store::CalculationStore>(
          std::make_unique<oq::testing::MemoryStore>(store.tables()));
      }));
    return owned(
      system().spawn(intake, oq::testing::fake_engine_room(script), to, "node-1", Notifier()));
  }
  Result<Admitted> submit(Submission submission = {}) {
    return ask<Admitted>(spawn(), submit_atom::value,
                         SubmissionPtr(std::make_shared<const Submission>(std::move(submission))));
  }
  // A hazard calculation that others may start from.
  CalculationId parent(const char* status, bool is_risk = false) {
    store::CalculationRecord record;
    record.is_risk = is_risk;
    const auto id = *store.create(record);
    store.tables()->calculations.back().status = status;
    return id;
  }
  Result<Admitted> submit_after(CalculationId id) {
    Submission submission;
    submission.hazard_calculation_id = id;
    return submit(std::move(submission));
  }

  oq::testing::MemoryStore store;
  oq::testing::EngineScriptPtr script = std::make_shared<oq::testing::EngineScript>();
};

TEST_F(IntakeTest, MakesARecordAndGivesTheInputsTheirPlace) {
  Submission submission;
  submission.owner = "me@here";
  const auto admitted = submit(std::move(submission));
  ASSERT_TRUE(admitted);
  EXPECT_EQ(admitted->error, nullptr);
  EXPECT_EQ(admitted->record->status, "created");
  EXPECT_EQ(admitted->record->owner, "me@here");
  EXPECT_EQ(store.tables()->calculations.at(0).node, "node-1");
  EXPECT_EQ(script->settled, std::vector<store::CalculationId>{1});
}

TEST_F(IntakeTest, ABadUploadStillLeavesACalculation) {
  script->stage_error = invalid_input("not a zip archive");
  const auto admitted = submit();
  ASSERT_TRUE(admitted && admitted->error);
  EXPECT_EQ(*admitted->error, *script->stage_error);
  EXPECT_EQ(store.tables()->calculations.size(), 1u);
}

TEST_F(IntakeTest, InputsThatCannotBePlacedAreTheReason) {
  script->settle_error = Error{Errc::unavailable, "No space left on device", {}};
  const auto admitted = submit();
  ASSERT_TRUE(admitted && admitted->error);
  EXPECT_EQ(admitted->error->code, Errc::unavailable);
}

TEST_F(IntakeTest, AStoreThatRefusesLeavesNothing) {
  store.refuse_writes();
  const auto refused = submit();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::unavailable);
  EXPECT_TRUE(script->settled.empty());
}

TEST_F(IntakeTest, AParentMustExist) {
  const auto admitted = submit_after(999999);
  ASSERT_TRUE(admitted && admitted->error);
  EXPECT_EQ(admitted->error->text(), "hazard_job_id: there is no hazard calculation 999999");
}

TEST_F(IntakeTest, AStoreThatCannotTellOfTheParentLeavesNothing) {
  const auto hazard = parent("complete");
  store.refuse_reads();
  const auto refused = submit_after(hazard);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::unavailable);
  EXPECT_EQ(store.tables()->calculations.size(), 1u);
}

TEST_F(IntakeTest, AParentMustBeComplete) {
  const auto admitted = submit_after(parent("executing"));
  ASSERT_TRUE(admitted && admitted->error);
  EXPECT_EQ(admitted->error->message, "the hazard calculation 1 is not complete but executing");
}

TEST_F(IntakeTest, AParentMustBeAHazardCalculation) {
  const auto admitted = submit_after(parent("complete", true));
  ASSERT_TRUE(admitted && admitted->error);
  EXPECT_EQ(admitted->error->message, "the hazard calculation 1 is a risk calculation");
}

TEST_F(IntakeTest, ASharedParentIsAsGoodAsACompleteOne) {
  const auto admitted = submit_after(parent("shared"));
  ASSERT_TRUE(admitted);
  EXPECT_EQ(admitted->error, nullptr);
  EXPECT_EQ(admitted->record->hazard_calculation_id, 1);
}

TEST_F(IntakeTest, AHazardOutputStandsForItsCalculation) {
  const auto hazard = parent("complete");
  store.tables()->outputs.push_back(
    {.id = 1, .calculation_id = hazard, .type = "hcurves", .name = {}, .formats = {}});
  Submission submission;
  submission.hazard_output_id = 1;

  const auto admitted = submit(std::move(submission));

  ASSERT_TRUE(admitted);
  EXPECT_EQ(admitted->error, nullptr);
  EXPECT_EQ(admitted->record->hazard_calculation_id, hazard);
}

TEST_F(IntakeTest, AHazardOutputMustExist) {
  Submission submission;
  submission.hazard_output_id = 9;

  const auto admitted = submit(std::move(submission));

  ASSERT_TRUE(admitted && admitted->error);
  EXPECT_EQ(admitted->error->text(), "hazard_output_id: there is no hazard output 9");
}

} // namespace
} // namespace oq::actors
