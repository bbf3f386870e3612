// Bodies byte by byte, against recorded answers of an OpenQuake 3.24 server and the founding
// document.
#include "actors/summary.hpp"

#include <gtest/gtest.h>

namespace oq::actors {
namespace {

// 2026-11-22 23:53:25.430800 and 23:53:28.512938 UTC.
constexpr std::int64_t kStarted = 1795391605430800;
constexpr std::int64_t kStopped = 1795391608512938;

store::CalculationRecord complete_record() {
  store::CalculationRecord record;
  record.id = 1;
  record.status = "complete";
  record.revision = 6;
  record.calculation_mode = "scenario";
  record.description = "Scenario Calculation with Simple Fault Rupture";
  record.owner = "root@vm";
  record.created_at = kStarted - 16'000'000;
  record.started_at = kStarted;
  record.stopped_at = kStopped;
  record.size_bytes = 182576;
  return record;
}

BaseUrl base(const char* text = "http://127.0.0.1:8800") {
  return std::make_shared<const std::string>(text);
}

Summary summary_of(store::CalculationRecord record) {
  return Summary(std::make_shared<const store::CalculationRecord>(std::move(record)));
}

TEST(Summary, StatusOfACompleteCalculationIsTheRecordedBody) {
  EXPECT_EQ(
    status_text(complete_record()).with("http://127.0.0.1:8800"),
    R"({"id": 1, "owner": "root@vm", "calculation_mode": "scenario", "status": "complete", )"
    R"("is_running": false, "description": "Scenario Calculation with Simple Fault Rupture", )"
    R"("url": "http://127.0.0.1:8800/v1/calc/1", "parent_id": null, "abortable": false, )"
    R"("size_mb": 0.1741180419921875, "start_time": "2026-11-22, 23:53:25 UTC"})");
}

TEST(Summary, StatusOfACreatedCalculationIsTheRecordedBody) {
  auto record = complete_record();
  record.status = "created";
  record.created_at = 1795391589000000;
  record.started_at = record.stopped_at = 0;
  record.size_bytes = -1;
  EXPECT_EQ(
    status_text(record).with("http://127.0.0.1:8800"),
    R"({"id": 1, "owner": "root@vm", "calculation_mode": "scenario", "status": "created", )"
    R"("is_running": true, "description": "Scenario Calculation with Simple Fault Rupture", )"
    R"("url": "http://127.0.0.1:8800/v1/calc/1", "parent_id": null, "abortable": false, )"
    R"("size_mb": null, "start_time": "2026-11-22, 23:53:09 UTC"})");
}

TEST(Summary, DetailOfACompleteCalculationIsTheRecordedBody) {
  EXPECT_EQ(detail_text(complete_record()),
            R"({"user_name": "root", "status": "complete", )"
            R"("start_time": "2026-11-22 23:53:25.430800+00:00", )"
            R"("stop_time": "2026-11-22 23:53:28.512938+00:00", "is_running": false})");
}

TEST(Summary, StopTimeIsTheWordNoneWhileRunning) {
  auto record = complete_record();
  record.status = "executing";
  record.stopped_at = 0;
  EXPECT_NE(detail_text(record).find(R"("stop_time": "None", "is_running": true)"),
            std::string::npos);
}

TEST(Summary, SeedItemsHaveExactlyTheFourFoundingMembers) {
  auto record = complete_record();
  record.description = "Hazard Calculation for end-to-end hazard+risk";
  record.id = 2;
  EXPECT_EQ(seed_item_text(record).with("http://localhost:8000"),
            R"({"description": "Hazard Calculation for end-to-end hazard+risk", "id": 2, )"
            R"("status": "complete", "url": "http://localhost:8000/v1/calc/hazard/2"})");
  record.is_risk = true;
  EXPECT_EQ(seed_item_text(record).after, R"(/v1/calc/risk/2"})");
}

TEST(Summary, SeedDetailAddsIdStatusAndParentToTheParametersSortedByKey) {
  auto record = complete_record();
  record.id = 2;
  record.is_risk = true;
  record.hazard_calculation_id = 3;
  record.description = "Risk";
  record.parameters =
    R"({"maximum_distance": 100.0, "asset_correlation": 0.0, "no_progress_timeout": 3600})";
  EXPECT_EQ(
    seed_detail_text(record),
    R"({"asset_correlation": 0.0, "description": "Risk", "hazard_calculation": 3, "id": 2, )"
    R"("maximum_distance": 100.0, "no_progress_timeout": 3600, "status": "complete"})");
}

TEST(Summary, SeedDetailNamesTheHazardOutputThatTheClientGave) {
  auto record = complete_record();
  record.is_risk = true;
  record.hazard_calculation_id = 3;
  record.parameters = R"({"hazard_output": 12})";
  EXPECT_EQ(seed_detail_text(record),
            R"({"description": "Scenario Calculation with Simple Fault Rupture", )"
            R"("hazard_output": 12, "id": 1, "status": "complete"})");
}

TEST(Summary, TheStrictVocabularyReachesTheSeedDetail) {
  auto record = complete_record();
  record.status = "failed";
  record.phase = "post_processing";
  Summary summary(std::make_shared<const store::CalculationRecord>(record),
                  Vocabulary::seed_strict);
  EXPECT_NE(
    summary.answer(QuestionKind::seed_hazard, base()).body->find(R"("status": "post_processing")"),
    std::string::npos);
  EXPECT_NE(summary.answer(QuestionKind::status, base()).body->find(R"("status": "failed")"),
            std::string::npos);
}

TEST(Summary, UnreadableParametersStillGiveIdAndStatus) {
  auto record = complete_record();
  record.parameters = "not json";
  EXPECT_EQ(
    seed_detail_text(record),
    R"({"description": "Scenario Calculation with Simple Fault Rupture", "id": 1, "status": "complete"})");
}

TEST(Summary, ResultsAreTheRecordedBody) {
  const std::vector<store::OutputRecord> outputs = {{.id = 1,
                                                     .calculation_id = 1,
                                                     .type = "events",
                                                     .name = "Events",
                                                     .formats = {"csv"},
                                                     .size_bytes = 220},
                                                    {.id = 3,
                                                     .calculation_id = 1,
                                                     .type = "gmf_data",
                                                     .name = "Ground Motion Fields",
                                                     .formats = {"csv", "hdf5"},
                                                     .size_bytes = 27280}};
  EXPECT_EQ(
    results_text(outputs, "http://127.0.0.1:8800"),
    R"([{"id": 1, "name": "Events", "type": "events", "outtypes": ["csv"], )"
    R"("url": "http://127.0.0.1:8800/v1/calc/result/1", "size_mb": 0.000209808349609375}, )"
    R"({"id": 3, "name": "Ground Motion Fields", "type": "gmf_data", "outtypes": ["csv", "hdf5"], )"
    R"("url": "http://127.0.0.1:8800/v1/calc/result/3", "size_mb": 0.0260162353515625}])");
}

TEST(Summary, SeedResultsPointBelowTheirKind) {
  const std::vector<store::OutputRecord> outputs = {
    {.id = 4, .calculation_id = 1, .type = "hcurves", .name = "Hazard Curves", .formats = {"xml"}}};
  EXPECT_EQ(
    seed_results_text(outputs, false, "http://h"),
    R"([{"id": 4, "name": "Hazard Curves", "type": "hcurves", "url": "http://h/v1/calc/hazard/result/4"}])");
  EXPECT_EQ(
    seed_results_text(outputs, true, "http://h"),
    R"([{"id": 4, "name": "Hazard Curves", "type": "hcurves", "url": "http://h/v1/calc/risk/result/4"}])");
}

TEST(Summary, TheSameQuestionGetsTheSameBytesAgain) {
  auto summary = summary_of(complete_record());

  const auto first = summary.answer(QuestionKind::status, base());
  const auto again = summary.answer(QuestionKind::status, base());
  const auto elsewhere = summary.answer(QuestionKind::status, base("http://other"));

  EXPECT_EQ(first.body.get(), again.body.get());
  EXPECT_NE(first.body.get(), elsewhere.body.get());
  EXPECT_EQ(first.revision, 6u);
}

TEST(Summary, AHazardCalculationIsNotFoundAmongTheRiskOnes) {
  auto summary = summary_of(complete_record());
  EXPECT_EQ(summary.answer(QuestionKind::seed_hazard, base()).code, Errc::none);
  EXPECT_EQ(summary.answer(QuestionKind::seed_risk, base()).code, Errc::not_found);
}

TEST(Summary, ADeletedCalculationShowsItsDetailOnly) {
  auto record = complete_record();
  record.status = "deleted";
  auto summary = summary_of(record);

  EXPECT_EQ(summary.answer(QuestionKind::status, base()).code, Errc::not_found);
  EXPECT_EQ(summary.answer(QuestionKind::seed_hazard, base()).code, Errc::not_found);
  EXPECT_NE(summary.answer(QuestionKind::detail, base()).body->find(R"("status": "deleted")"),
            std::string::npos);
}

TEST(Summary, TracebackIsAListOfLines) {
  auto record = complete_record();
  EXPECT_EQ(traceback_text(record), "[]");
  record.traceback = "job.ini:3: no such file\nsecond \"line\"";
  EXPECT_EQ(traceback_text(record), R"(["job.ini:3: no such file", "second \"line\""])");
}

TEST(Summary, BytesThatAreNoTextDoNotSpoilTheBody) {
  auto record = complete_record();
  record.description = "caf\xe9";
  EXPECT_NE(status_text(record).before.find(R"("description": "caf?")"), std::string::npos);
}

} // namespace
} // namespace oq::actors
