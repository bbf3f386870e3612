// Ranges of the log, and the rows that are no longer at hand.
#include "actors/log_tail.hpp"

#include <gtest/gtest.h>

namespace oq::actors {
namespace {

store::LogRow row(const std::string& message) {
  return {1795391605540000, "INFO", "MainProcess/30971", message};
}

LogTail three_rows() {
  LogTail tail;
  for (const char* message : {"a", "b", "c"})
    tail.append(row(message));
  return tail;
}

std::string only(const std::string& message) {
  return "[" + log_row_text(row(message)) + "]";
}

TEST(LogTail, ARowIsFourStrings) {
  EXPECT_EQ(log_row_text(row("Using \"it\"")),
            R"(["2026-11-22T23:53:25.54", "INFO", "MainProcess/30971", "Using \"it\""])");
}

TEST(LogTail, LastIsExclusiveAndZeroMeansToTheEnd) {
  const auto tail = three_rows();
  EXPECT_EQ(tail.text(1, 2), only("b"));
  EXPECT_EQ(tail.text(2, 0), only("c"));
  EXPECT_EQ(tail.text(0, 0), log_text({row("a"), row("b"), row("c")}));
}

TEST(LogTail, RangesPastTheEndOrBackwardsAreEmpty) {
  const auto tail = three_rows();
  EXPECT_EQ(tail.text(3, 9), "[]");
  EXPECT_EQ(tail.text(2, 1), "[]");
  EXPECT_EQ(tail.text(2, 99), only("c"));
}

TEST(LogTail, RowsFromBeforeARestartAreCountedButNotHere) {
  LogTail tail(10);
  tail.append(row("after"));
  EXPECT_EQ(tail.size(), 11);
  EXPECT_EQ(tail.text(10, 0), only("after"));
  EXPECT_EQ(tail.text(9, 0), std::nullopt);
}

TEST(LogTail, KeepsABoundedNumberOfRows) {
  LogTail tail;
  for (std::size_t i = 0; i <= LogTail::kRowsKept; ++i)
    tail.append(row(std::to_string(i)));
  EXPECT_EQ(tail.size(), static_cast<std::int64_t>(LogTail::kRowsKept) + 1);
  EXPECT_EQ(tail.text(0, 1), std::nullopt);
  EXPECT_EQ(tail.text(1, 2), only("1"));
}

} // namespace
} // namespace oq::actors
