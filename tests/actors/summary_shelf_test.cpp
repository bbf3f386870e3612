// The shelf keeps what was used last and never goes back in time.
#include "actors/summary_shelf.hpp"

#include <gtest/gtest.h>

namespace oq::actors {
namespace {

RecordPtr record(CalculationId id, std::int64_t revision = 1) {
  auto out = std::make_shared<store::CalculationRecord>();
  out->id = id;
  out->status = "complete";
  out->revision = revision;
  return out;
}

TEST(SummaryShelf, TheOneUnusedLongestGoesFirst) {
  SummaryShelf shelf(2);
  shelf.put(record(1));
  shelf.put(record(2));
  shelf.find(1);
  shelf.put(record(3));
  EXPECT_NE(shelf.find(1), nullptr);
  EXPECT_EQ(shelf.find(2), nullptr);
  EXPECT_EQ(shelf.size(), 2u);
}

TEST(SummaryShelf, KeepsTheNewerRevision) {
  SummaryShelf shelf(2);
  shelf.put(record(1, 5));
  EXPECT_EQ(shelf.put(record(1, 4)).record().revision, 5);
  EXPECT_EQ(shelf.put(record(1, 6)).record().revision, 6);
}

TEST(SummaryShelf, DropsWhatIsOlderThanANotice) {
  SummaryShelf shelf(2);
  shelf.put(record(1, 5));
  shelf.drop_older(1, 5);
  EXPECT_NE(shelf.find(1), nullptr);
  shelf.drop_older(1, 6);
  EXPECT_EQ(shelf.find(1), nullptr);
}

} // namespace
} // namespace oq::actors
