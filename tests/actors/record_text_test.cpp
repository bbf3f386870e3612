// A record survives the trip through the cache, and nothing else is taken for one.
#include "actors/record_text.hpp"

#include <gtest/gtest.h>

namespace oq::actors {
namespace {

store::CalculationRecord sample() {
  store::CalculationRecord record;
  record.id = 12;
  record.status = "complete";
  record.phase = "clean_up";
  record.revision = 7;
  record.is_risk = true;
  record.calculation_mode = "classical_risk";
  record.description = "d \"quoted\"";
  record.owner = "root@vm";
  record.node = "n1";
  record.epoch = 3;
  record.hazard_calculation_id = 11;
  record.directory = "calc_12";
  record.ini = "job.ini";
  record.parameters = R"({"poes": [0.1]})";
  record.error = "e";
  record.traceback = "t\nu";
  record.created_at = 1;
  record.started_at = 2;
  record.stopped_at = 3;
  record.size_bytes = 4;
  return record;
}

TEST(RecordText, ReadsBackWhatItWrote) {
  const auto back = parse_record(record_text(sample()));
  ASSERT_TRUE(back);
  EXPECT_EQ(record_text(*back), record_text(sample()));
  EXPECT_EQ(back->hazard_calculation_id, 11);
  EXPECT_EQ(back->traceback, "t\nu");
  EXPECT_EQ(back->size_bytes, 4);
  EXPECT_EQ(back->node, "n1");
  EXPECT_EQ(back->epoch, 3);
}

TEST(RecordText, AMissingParentStaysMissing) {
  auto record = sample();
  record.hazard_calculation_id.reset();
  EXPECT_EQ(parse_record(record_text(record))->hazard_calculation_id, std::nullopt);
}

TEST(RecordText, RefusesWhatIsNotARecord) {
  for (const char* text : {"", "[]", "{}", "{\"id\": 1}", "not json", "{\"version\": 1}"})
    EXPECT_FALSE(parse_record(text)) << text;
  auto cut = record_text(sample());
  cut.pop_back();
  EXPECT_FALSE(parse_record(cut));
}

} // namespace
} // namespace oq::actors
