// The directory of one node among others: takeovers, fences, leases.
#include "actors/calculations.hpp"
#include "support/directory_fixture.hpp"

namespace oq::actors {
namespace {

class DirectoryOfANodeTest : public DirectoryFixture {
protected:
  void SetUp() override {
    neighbours_ = owned(oq::testing::spawn_neighbours(system(), notes));
    links = oq::testing::make_links(system(), neighbours_);
    begin();
  }
  void TearDown() override {
    links.reset();
    neighbours_ = nullptr;
    DirectoryFixture::TearDown();
  }
  RecordPtr stored(const char* status, std::int64_t epoch) {
    store::CalculationRecord record;
    record.node = "here";
    record.calculation_mode = "classical";
    const auto id = *store.create(record);
    auto& row = store.tables()->calculations.back();
    row.status = status;
    row.epoch = epoch;
    return std::make_shared<const store::CalculationRecord>(*store.find(id));
  }
  Result<bool> knows(const store::CalculationRecord& record) {
    const auto records =
      RecordsPtr(std::make_shared<const std::vector<store::CalculationRecord>>(1, record));
    tell(archive_, known_atom::value, records);
    return ask<bool>(calculations_, known_atom::value, records);
  }
  std::string status_of(CalculationId id) {
    const auto sink = new_sink();
    tell(calculations_, ask_atom::value, Question{QuestionKind::status, id, base(), 0, 0, false},
         SinkPtr(sink));
    return sink->body();
  }
  const store::CalculationRecord& row() { return store.tables()->calculations.back(); }

  oq::testing::NeighbourNotesPtr notes = std::make_shared<oq::testing::NeighbourNotes>();
  Neighbours neighbours_;
};

TEST_F(DirectoryOfANodeTest, TakesOverWithoutTellingAnEarlierState) {
  const auto record = stored("executing", 2);
  tell(calculations_, takeover_atom::value, record, std::int64_t{0});
  add_worker();
  run();
  EXPECT_EQ(row().status, "complete");
  for (const auto& line : store.tables()->logs[record->id])
    EXPECT_EQ(line.message.find("submitted"), std::string::npos);
}

TEST_F(DirectoryOfANodeTest, ForgetsWhatAnotherNodeHasNow) {
  const auto record = stored("executing", 2);
  tell(calculations_, takeover_atom::value, record, std::int64_t{0});
  auto theirs = row();
  theirs.epoch = 3;
  theirs.node = "there";
  store.tables()->calculations.back() = theirs;

  ASSERT_TRUE(*knows(theirs));
  add_worker();
  run();

  EXPECT_EQ(row().status, "executing"); // nothing of ours was written
  EXPECT_EQ(row().node, "there");
}

TEST_F(DirectoryOfANodeTest, DoesNotSpeakForWhatItRunsWithoutALease) {
  const auto record = stored("executing", 2);
  tell(calculations_, takeover_atom::value, record, std::int64_t{0});
  store.tables()->calculations.back().status = "complete"; // a successor's
  links->lease->end();
  EXPECT_NE(status_of(record->id).find("complete"), std::string::npos);
}

TEST_F(DirectoryOfANodeTest, TakesNoSubmissionWithoutALease) {
  links->lease->end();
  const auto sink = new_sink();
  tell(calculations_, submit_atom::value, SubmissionPtr(std::make_shared<const Submission>()),
       SinkPtr(sink));
  EXPECT_EQ(sink->code(), Errc::unavailable);
  EXPECT_TRUE(store.tables()->calculations.empty());
}

TEST_F(DirectoryOfANodeTest, TellsOtherNodesOfEveryChange) {
  tell(calculations_, takeover_atom::value, stored("executing", 2), std::int64_t{0});
  add_worker();
  run();
  EXPECT_GE(notes->notices.size(), 3u);
}

TEST_F(DirectoryOfANodeTest, ForgetsOneThatEndedHereWhenAnotherNodeChangedIt) {
  const auto record = stored("executing", 2);
  tell(calculations_, takeover_atom::value, record, std::int64_t{0});
  add_worker();
  run();
  auto& changed = store.tables()->calculations.back();
  changed.status = "shared";
  ++changed.revision;

  ASSERT_TRUE(*knows(changed));

  EXPECT_NE(status_of(record->id).find("shared"), std::string::npos);
}

} // namespace
} // namespace oq::actors
