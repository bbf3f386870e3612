// WorkFolder: what becomes of files that are whole and of those that are not.
#include "actors/work_folder.hpp"

#include "support/temporary_folder.hpp"

#include <gtest/gtest.h>

namespace oq::actors {
namespace {

namespace fs = std::filesystem;
using oq::testing::file_text;

class WorkFolderTest : public ::testing::Test {
protected:
  // With one file in a folder "csv".
  Result<WorkFolder> with_file(const std::string& text) {
    auto work = WorkFolder::create(data_ / "exporting");
    if (work)
      data_.write(fs::relative(work->path(), data_.path()) / "csv/curves.csv", text);
    return work;
  }
  void make_old(const fs::path& path) {
    fs::last_write_time(path, fs::file_time_type::clock::now() - std::chrono::hours(2));
  }
  bool is_empty() const { return fs::is_empty(data_ / "exporting"); }

  oq::testing::TemporaryFolder data_;
};

TEST_F(WorkFolderTest, WhatIsNotGivenAwayIsGoneWithIt) {
  {
    const auto work = with_file("half");
    ASSERT_TRUE(work);
    EXPECT_FALSE(is_empty());
  }
  EXPECT_TRUE(is_empty());
}

TEST_F(WorkFolderTest, WhatIsGivenAwayStays) {
  ASSERT_TRUE(with_file("whole")->give("csv", data_ / "calc_7/exports/hcurves-csv"));
  EXPECT_EQ(file_text(data_ / "calc_7/exports/hcurves-csv/curves.csv"), "whole");
  EXPECT_TRUE(is_empty());
}

TEST_F(WorkFolderTest, OfTwoWhoMakeTheSameFolderTheFirstOnesStays) {
  const auto first = with_file("first"), second = with_file("second");
  EXPECT_NE(first->path(), second->path());
  EXPECT_TRUE(second->give("csv", data_ / "hcurves-csv"));
  EXPECT_TRUE(first->give("csv", data_ / "hcurves-csv"));
  EXPECT_EQ(file_text(data_ / "hcurves-csv/curves.csv"), "second");
}

TEST_F(WorkFolderTest, WhereNothingCanBeWrittenIsUnavailable) {
  data_.write("exporting", "a file, no folder");
  const auto work = WorkFolder::create(data_ / "exporting");
  ASSERT_FALSE(work);
  EXPECT_EQ(work.error().code, Errc::unavailable);
}

TEST_F(WorkFolderTest, AnOldFolderThatIsStillWrittenToIsNotSwept) {
  const auto used = data_.write("exporting/used/csv/curves.csv", "grows");
  make_old(used.parent_path());
  make_old(used.parent_path().parent_path());
  sweep(data_ / "exporting");
  EXPECT_TRUE(fs::exists(used));
  make_old(used);
  sweep(data_ / "exporting");
  EXPECT_TRUE(is_empty());
}

TEST_F(WorkFolderTest, AnOldFileIsSweptAndAYoungOneIsNot) {
  make_old(data_.write("incoming/old", ""));
  data_.write("incoming/young", "");
  sweep(data_ / "incoming");
  EXPECT_FALSE(fs::exists(data_ / "incoming/old"));
  EXPECT_TRUE(fs::exists(data_ / "incoming/young"));
}

} // namespace
} // namespace oq::actors
