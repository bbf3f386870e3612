// The real engine room: what uploads become, where they go, and what a client's text cannot do.
#include "actors/file_engine_room.hpp"

#include "actors/export_files.hpp"
#include "actors/kept_files.hpp"
#include "actors/packed_files.hpp"
#include "store/datastore_file.hpp"
#include "support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace oq::actors {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
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
  void put_datastore(CalculationId id) {
    const auto folder = data.path() / ("calc_" + std::to_string(id));
    fs::create_directories(folder);
    auto file = store::DatastoreFile::create(folder / ("calc_" + std::to_string(id) + ".hdf5"));
    ASSERT_TRUE(file) << file.error().text();
    ASSERT_TRUE((*file)->put("sitecol/lon", {{1}, std::vector<double>{9.5}}));
    ASSERT_TRUE((*file)->commit());
  }
  // A file, and the folder that it is in, of two hours ago.
  static void make_old(const fs::path& file) {
    const auto then = fs::file_time_type::clock::now() - std::chrono::hours(2);
    for (auto path = file; path.filename() != "incoming" && path.filename() != "exporting";
         path = path.parent_path())
      fs::last_write_time(path, then);
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

TEST_F(FileEngineRoom, AnExtractionIsMadeOnceAndKept) {
  put_datastore(7);
  const Extract request{.id = 7, .what = "sitecol/lon", .parameters = {}};
  const auto file = room->extract(record(7, "job.ini"), request);
  ASSERT_TRUE(file) << file.error().text();
  EXPECT_THAT(file->download_name, MatchesRegex("sitecol_lon[0-9a-f]{8}\\.npz"));
  const auto bytes = oq::testing::file_text(file->path);
  EXPECT_EQ(bytes.substr(0, 2), "PK");
  EXPECT_THAT(bytes, HasSubstr("array.npy"));
  const auto made = fs::last_write_time(file->path);
  const auto again = room->extract(record(7, "job.ini"), request);
  EXPECT_EQ(again->path, file->path);
  EXPECT_EQ(fs::last_write_time(again->path), made);
}

TEST_F(FileEngineRoom, FormsAndQueriesOfAnExtractionAreDifferentFiles) {
  put_datastore(7);
  Extract request{.id = 7, .what = "sitecol", .parameters = {}, .form = ExtractForm::json};
  const auto json = room->extract(record(7, "job.ini"), request);
  ASSERT_TRUE(json) << json.error().text();
  EXPECT_EQ(oq::testing::file_text(json->path), R"({"array": [{"lon": 9.5}]})");
  EXPECT_EQ(json->download_name, "");
  request.parameters.emplace_back("a", "b");
  EXPECT_NE(room->extract(record(7, "job.ini"), request)->path, json->path);
}

TEST_F(FileEngineRoom, NothingOfThatNameToExtractIsSaidInTheKnownWords) {
  put_datastore(7);
  const auto none = room->extract(record(7, "job.ini"), {.id = 7, .what = "x", .parameters = {}});
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, Errc::invalid_input);
  EXPECT_EQ(none.error().message, "KeyError: \"No 'x' found in <DataStore calc_7.hdf5>\"");
  EXPECT_EQ(
    room->extract(record(8, "job.ini"), {.id = 8, .what = "x", .parameters = {}}).error().code,
    Errc::not_found);
}

TEST_F(FileEngineRoom, OldExtractionsMakeRoomForNewOnes) {
  put_datastore(7);
  for (std::size_t i = 0; i < kMostKeptFiles + 3; ++i) {
    const auto file = room->extract(
      record(7, "job.ini"), {.id = 7, .what = "sitecol", .parameters = {{"n", std::to_string(i)}}});
    ASSERT_TRUE(file) << file.error().text();
  }
  const fs::directory_iterator kept(data / "calc_7/exports/extract");
  EXPECT_EQ(static_cast<std::size_t>(std::distance(begin(kept), end(kept))), kMostKeptFiles);
}

TEST_F(FileEngineRoom, APackedFileIsKeptBesideTheExports) {
  const auto plain = data.write("calc_7/exports/hcurves-csv/a.csv", std::string(10'000, 'x'));
  const auto packed =
    room->pack(record(7, "job.ini"), FileAnswer{plain, "output-1-a.csv"}, ContentCoding::gzip);
  EXPECT_EQ(packed.coding, ContentCoding::gzip);
  EXPECT_EQ(packed.path, data / "calc_7/exports/packed/hcurves-csv-a.csv.gz");
  EXPECT_LT(fs::file_size(packed.path), 1000u);
  EXPECT_EQ(packed.download_name, "output-1-a.csv");
  const auto as_it_is =
    room->pack(record(7, "job.ini"), FileAnswer{plain, "a"}, ContentCoding::identity);
  EXPECT_EQ(as_it_is.path, plain);
}

TEST_F(FileEngineRoom, AFileThatIsTooLargeIsNotPacked) {
  const auto large = data.write("calc_7/exports/hcurves-csv/a.csv", "");
  fs::resize_file(large, kMostPackedBytes + 1);
  EXPECT_EQ(room->pack(record(7, "job.ini"), FileAnswer{large, "a"}, ContentCoding::gzip).coding,
            ContentCoding::identity);
}

TEST_F(FileEngineRoom, RemovedFilesAreGone) {
  data.write("calc_7/inputs/job.ini", "[general]\n");
  room->remove_files(record(7, "job.ini"));
  EXPECT_FALSE(fs::exists(data / "calc_7"));
}

TEST_F(FileEngineRoom, AStartSweepsWhatDeadProcessesLeftAndNothingYounger) {
  for (const std::string folder : {"incoming", "exporting"}) {
    make_old(data.write(folder + "/old/file", ""));
    data.write(folder + "/young/file", "");
  }
  make_file_engine_room({data.path(), "oq-engine-server test"});
  for (const std::string folder : {"incoming", "exporting"}) {
    EXPECT_FALSE(fs::exists(data / (folder + "/old"))) << folder;
    EXPECT_TRUE(fs::exists(data / (folder + "/young"))) << folder;
  }
}

TEST_F(FileEngineRoom, AnExportSweepsWhatAKilledOneLeftAndLeavesNothingItself) {
  put_datastore(7);
  make_old(data.write("exporting/part-old/hcurves-csv/half.csv", ""));
  data.write("exporting/part-of-another-node/hcurves-csv/half.csv", "");
  const Extract request{.id = 7, .what = "sitecol", .parameters = {}};
  ASSERT_TRUE(room->extract(record(7, "job.ini"), request));
  std::vector<std::string> left;
  for (const auto& entry : fs::directory_iterator(data / "exporting"))
    left.push_back(entry.path().filename().string());
  EXPECT_THAT(left, ElementsAre("part-of-another-node"));
}

} // namespace
} // namespace oq::actors
