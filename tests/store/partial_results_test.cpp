// What is found again, and that nothing wrong is ever taken for a result.
#include "store/partial_results.hpp"

#include "store/checksum.hpp"
#include "support/full_disk.hpp"
#include "support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace oq::store {
namespace {

using Tasks = std::vector<std::size_t>;

class PartialResultsTest : public ::testing::Test {
protected:
  PartialResults open() const { return PartialResults(folder / "partial", plan); }
  std::string bytes() const { return oq::testing::file_text(folder / "partial/3"); }
  void put(const std::string& content) const { folder.write("partial/3", content); }

  oq::testing::TemporaryFolder folder;
  PlanIdentity plan{"oq 1.0", 77, 10};
  engine::TaskResult result{{0.1, -0.0, std::numeric_limits<double>::denorm_min()},
                            {-5, 1LL << 60}};
};

TEST_F(PartialResultsTest, WhatWasWrittenIsFoundByAnotherProcessBitByBit) {
  ASSERT_TRUE(open().write(3, result));
  ASSERT_TRUE(open().write(0, engine::TaskResult{}));
  const auto again = open();
  EXPECT_EQ(again.tasks(), (Tasks{0, 3}));
  const auto loaded = again.load(3);
  ASSERT_TRUE(loaded);
  EXPECT_EQ(checksum_of(loaded->values), checksum_of(result.values));
  EXPECT_EQ(loaded->integers, result.integers);
  EXPECT_TRUE(again.load(0)->values.empty());
}

TEST_F(PartialResultsTest, NothingIsThereBeforeAnythingWasWritten) {
  EXPECT_TRUE(open().tasks().empty());
  EXPECT_FALSE(open().load(3));
}

TEST_F(PartialResultsTest, AnotherPlanProgramOrTaskCountHasNothing) {
  ASSERT_TRUE(open().write(3, result));
  const auto written = plan;
  plan.fingerprint = 78;
  EXPECT_FALSE(open().load(3));
  plan = {"oq 1.1", written.fingerprint, written.tasks};
  EXPECT_FALSE(open().load(3));
  plan = {written.program, written.fingerprint, 11};
  EXPECT_FALSE(open().load(3));
  plan = {written.program, written.fingerprint, 3};
  EXPECT_TRUE(open().tasks().empty());
}

TEST_F(PartialResultsTest, AnotherTasksFileUnderThisNameIsNothing) {
  ASSERT_TRUE(open().write(3, result));
  std::filesystem::rename(folder / "partial/3", folder / "partial/4");
  EXPECT_FALSE(open().load(4));
}

TEST_F(PartialResultsTest, EveryFlippedBitIsNoticed) {
  ASSERT_TRUE(open().write(3, result));
  const auto whole = bytes();
  for (std::size_t bit = 0; bit < 8 * whole.size(); ++bit) {
    auto damaged = whole;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << bit % 8));
    put(damaged);
    EXPECT_FALSE(open().load(3)) << bit;
  }
  put(whole);
  EXPECT_TRUE(open().load(3));
}

TEST_F(PartialResultsTest, EveryTruncationAndAnyTailIsNoticed) {
  ASSERT_TRUE(open().write(3, result));
  const auto whole = bytes();
  for (std::size_t size = 0; size < whole.size(); ++size) {
    put(whole.substr(0, size));
    EXPECT_FALSE(open().load(3)) << size;
  }
  put(whole + std::string(8, '\0'));
  EXPECT_FALSE(open().load(3));
}

TEST_F(PartialResultsTest, OtherFilesAndLinksAreNoResults) {
  ASSERT_TRUE(open().write(3, result));
  folder.write("partial/5.123.part", "half");
  folder.write("partial/-1", "");
  folder.write("partial/99999999999999999999", "");
  std::filesystem::create_symlink(folder / "partial/3", folder / "partial/6");
  std::filesystem::create_directory(folder / "partial/7");
  EXPECT_EQ(open().tasks(), (Tasks{3, 6, 7}));
  EXPECT_FALSE(open().load(6));
  EXPECT_FALSE(open().load(7));
}

TEST_F(PartialResultsTest, RemovedResultsAreGone) {
  auto results = open();
  ASSERT_TRUE(results.write(3, result));
  results.remove();
  EXPECT_FALSE(std::filesystem::exists(folder / "partial"));
  EXPECT_TRUE(results.write(3, result));
}

TEST_F(PartialResultsTest, AFullDiskIsUnavailableAndLeavesNoHalfFile) {
  ASSERT_TRUE(open().write(3, result));
  result.values.resize(1000);
  {
    const oq::testing::FullDisk full(1000);
    EXPECT_EQ(open().write(4, result).error().code, Errc::unavailable);
  }
  EXPECT_EQ(open().tasks(), Tasks{3});
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder / "partial"), {}), 1);
}

TEST_F(PartialResultsTest, AFolderThatCannotBeMadeIsUnavailable) {
  folder.write("file", "");
  PartialResults results(folder / "file/partial", plan);
  EXPECT_EQ(results.write(3, result).error().code, Errc::unavailable);
  EXPECT_TRUE(results.tasks().empty());
}

} // namespace
} // namespace oq::store
