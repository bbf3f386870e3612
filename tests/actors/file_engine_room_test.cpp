// The real engine room: what uploads become, where they go, and what a client's text cannot do.
#include "actors/file_engine_room.hpp"

#include "actors/export_files.hpp"
#include "actors/staging.hpp"
#include "support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace oq::actors {
namespace {

using ::testing::HasSubstr;
namespace fs = std::filesystem;

class FileEngineRoom : public ::testing::Test {
protected:
  Submission upload(const std::string& name, const std::string& content) {
    Submission submission;
    submission.files.push_back({"archive", name, spool.write(name, content)});
    return submission;
  }
  store::CalculationRecord record(CalculationId id, const std::string& ini) {
    store::CalculationRecord out;
    out.id = id;
    out.ini = ini;
    return out;
  }
  std::size_t staged_folders() const {
    const fs::directory_iterator entries(data / "incoming");
    return static_cast<std::size_t>(std::distance(begin(entries), end(entries)));
  }

  oq::testing::TemporaryFolder data, spool;
  EngineRoomPtr room = make_file_engine_room({data.path(), "oq-engine-server test"});
};

TEST_F(FileEngineRoom, WhatIsNotAZipIsAnErrorWithARecord) {
  const auto staged = room->stage(upload("bad.zip", "this is not a zip file"));
  ASSERT_TRUE(staged.error);
  EXPECT_EQ(staged.error->code, Errc::invalid_input);
  EXPECT_EQ(staged.record.calculation_mode, "unknown");
  EXPECT_EQ(staged.record.description, "no description");
}

TEST_F(FileEngineRoom, AnIniThatCannotBeReadNamesFileAndLine) {
  Submission submission;
  submission.files.push_back(
    {"job_config", "job.ini", spool.write("job.ini", "[general]\ncalculation_mode = magic\n")});
  const auto staged = room->stage(submission);
  ASSERT_TRUE(staged.error);
  EXPECT_THAT(staged.error->where, HasSubstr("job.ini:2"));
}

TEST_F(FileEngineRoom, ALocalIniIsReadWhereItLies) {
  Submission submission;
  submission.local_ini = spool / "absent.ini";
  const auto staged = room->stage(submission);
  EXPECT_TRUE(staged.error);
  EXPECT_TRUE(staged.folder.empty());
  EXPECT_TRUE(fs::path(staged.record.ini).is_absolute());
}

TEST_F(FileEngineRoom, SettledInputsLieInTheCalculationsFolder) {
  StagedJob staged{.record = {}, .folder = data / "incoming/job-1", .error = {}};
  data.write("incoming/job-1/job.ini", "[general]\n");
  ASSERT_TRUE(room->settle(staged, 7));
  EXPECT_TRUE(fs::is_regular_file(data / "calc_7/inputs/job.ini"));
  EXPECT_EQ(staged_folders(), 0u);
}

TEST_F(FileEngineRoom, AFolderOfThatNumberThatIsThereAlreadyIsAConflict) {
  data.write("calc_7/inputs/old.ini", "");
  const auto settled = room->settle({.record = {}, .folder = {}, .error = {}}, 7);
  ASSERT_FALSE(settled);
  EXPECT_EQ(settled.error().code, Errc::conflict);
}

TEST_F(FileEngineRoom, InputsThatAreGoneAreTheReason) {
  const auto calculator = room->make_calculator(record(7, "job.ini"), {});
  ASSERT_FALSE(calculator);
  EXPECT_EQ(calculator.error().message, "the inputs of the calculation are gone");
}

TEST_F(FileEngineRoom, AFormatIsAWordAndNeverAPath) {
  const store::OutputRecord output{
    .id = 1, .calculation_id = 7, .type = "hcurves", .name = {}, .formats = {"csv"}};
  for (const auto* format : {"", "../csv", "a/b", "csv ", "aaaaaaaaaaaaaaaaaaaaaaaa"}) {
    const auto file = room->export_output(record(7, "job.ini"), output, format);
    ASSERT_FALSE(file) << format;
    EXPECT_EQ(file.error().code, Errc::invalid_input) << format;
  }
  EXPECT_FALSE(fs::exists(data / "calc_7"));
}

TEST_F(FileEngineRoom, InputsComeBackAsAZip) {
  data.write("calc_7/inputs/job.ini", "[general]\n");
  fs::create_directories(data / "calc_7/exports");
  const store::OutputRecord output{
    .id = 3, .calculation_id = 7, .type = kInputOutput, .name = {}, .formats = {"zip"}};
  const auto file = room->export_output(record(7, "job.ini"), output, "zip");
  ASSERT_TRUE(file) << file.error().text();
  EXPECT_EQ(file->download_name, "output-3-input_7.zip");
  EXPECT_EQ(oq::testing::file_text(file->path).substr(0, 2), "PK");
  EXPECT_EQ(room->export_output(record(7, "job.ini"), output, "csv").error().code,
            Errc::invalid_input);
}

TEST_F(FileEngineRoom, RemovedFilesAreGone) {
  data.write("calc_7/inputs/job.ini", "[general]\n");
  room->remove_files(record(7, "job.ini"));
  EXPECT_FALSE(fs::exists(data / "calc_7"));
}

TEST_F(FileEngineRoom, AStartSweepsWhatDeadProcessesLeftAndNothingYounger) {
  const auto old = data.write("incoming/job-old/job.ini", "").parent_path();
  const auto young = data.write("incoming/job-young/job.ini", "").parent_path();
  fs::last_write_time(old, fs::file_time_type::clock::now() - std::chrono::hours(2));
  sweep(data / "incoming");
  EXPECT_FALSE(fs::exists(old));
  EXPECT_TRUE(fs::exists(young));
}

} // namespace
} // namespace oq::actors
