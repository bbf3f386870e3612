// store_inputs and the choice of the ini among uploaded files.
#include "store/upload.hpp"

#include "store/ini_choice.hpp"
#include "support/full_disk.hpp"
#include "support/temporary_folder.hpp"
#include "support/zip_bytes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace oq::store {
namespace {

using oq::testing::file_text;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class UploadTest : public ::testing::Test {
protected:
  void SetUp() override { std::filesystem::create_directory(inputs()); }
  std::filesystem::path inputs() const { return folder_ / "inputs"; }
  UploadedFile file(const std::string& field, const std::string& filename,
                    const std::string& content) {
    return {field, filename, folder_.write("spool/" + std::to_string(spooled_++), content)};
  }
  UploadedFile archive(const std::string& field,
                       const std::vector<oq::testing::ZipEntry>& entries) {
    auto spooled = file(field, "job.zip", "");
    oq::testing::write_zip(spooled.path, entries);
    return spooled;
  }

  oq::testing::TemporaryFolder folder_;
  int spooled_ = 0;
};

TEST_F(UploadTest, UnpacksAnArchiveAndFindsItsIni) {
  const auto stored = store_inputs(
    {{archive("archive", {{"home/u/source.xml", "<nrml/>"}, {"/home/u/job.ini", "[general]"}})}},
    inputs());

  ASSERT_TRUE(stored) << stored.error().text();
  EXPECT_EQ(stored->ini, "home/u/job.ini");
  EXPECT_EQ(file_text(inputs() / stored->ini), "[general]");
  EXPECT_THAT(stored->files, ElementsAre("home/u/source.xml", "home/u/job.ini"));
}

TEST_F(UploadTest, TheOnlyFileMayBeAnArchiveUnderAnyField) {
  const auto stored = store_inputs({{archive("file", {{"job.ini", "[general]"}})}}, inputs());

  ASSERT_TRUE(stored) << stored.error().text();
  EXPECT_EQ(stored->ini, "job.ini");
}

TEST_F(UploadTest, StoresPlainFilesUnderTheirBaseNames) {
  const auto stored =
    store_inputs({{file("job_config", "C:\\fakepath\\job_haz_classical.ini", "[general]"),
                   file("input_model_1", "models/source.xml", "<nrml/>")}},
                 inputs());

  ASSERT_TRUE(stored) << stored.error().text();
  EXPECT_EQ(stored->ini, "job_haz_classical.ini");
  EXPECT_EQ(file_text(inputs() / "source.xml"), "<nrml/>");
}

TEST_F(UploadTest, TheJobConfigFieldDecidesWhateverItsFileIsCalled) {
  const auto stored = store_inputs({{file("input_model_1", "job.ini", "not this"),
                                     file("job_config", "settings.txt", "[general]")}},
                                   inputs());

  ASSERT_TRUE(stored) << stored.error().text();
  EXPECT_EQ(stored->ini, "settings.txt");
}

TEST_F(UploadTest, SeveralFilesNamedArchiveAreTheFilesThemselves) {
  const auto stored = store_inputs(
    {{file("archive", "job.ini", "[general]"), file("archive", "source.xml", "<nrml/>")}},
    inputs());

  ASSERT_TRUE(stored) << stored.error().text();
  EXPECT_EQ(stored->ini, "job.ini");
  EXPECT_EQ(file_text(inputs() / "source.xml"), "<nrml/>");
}

TEST_F(UploadTest, AFieldThatWasLeftEmptyIsIgnored) {
  const auto stored = store_inputs(
    {{file("job_config", "job.ini", "[general]"), file("input_model_2", "", "")}}, inputs());

  ASSERT_TRUE(stored) << stored.error().text();
  EXPECT_THAT(stored->files, ElementsAre("job.ini"));
}

TEST_F(UploadTest, RefusesAnArchiveThatIsNoZipAndNamesIt) {
  const auto stored = store_inputs({{file("archive", "job.rar", "Rar!")}}, inputs());

  ASSERT_FALSE(stored);
  EXPECT_EQ(stored.error().code, Errc::invalid_input);
  EXPECT_EQ(stored.error().text(), "job.rar: the file is not a zip archive");
}

TEST_F(UploadTest, RefusesFilesOfOneName) {
  const auto stored =
    store_inputs({{file("a", "job.ini", "1"), file("b", "x/job.ini", "2")}}, inputs());

  ASSERT_FALSE(stored);
  EXPECT_EQ(stored.error().text(), "job.ini: two uploaded files have the same name");
}

TEST_F(UploadTest, RefusesNamesThatAreNone) {
  for (const char* name : {"..", "a/..", "/", "x\\"}) {
    const auto stored = store_inputs({{file("a", name, "1")}}, inputs());
    ASSERT_FALSE(stored) << name;
    EXPECT_EQ(stored.error().code, Errc::invalid_input) << name;
  }
}

TEST_F(UploadTest, RefusesAnUploadWithoutFilesOrWithoutAnIni) {
  EXPECT_EQ(store_inputs({}, inputs()).error().text(), "the upload holds no file");
  EXPECT_EQ(store_inputs({{archive("archive", {{"a.xml", ""}})}}, inputs()).error().text(),
            "the upload holds no .ini file");
}

TEST_F(UploadTest, LeavesTheFolderEmptyAfterAnError) {
  EXPECT_FALSE(store_inputs(
    {{archive("archive", {{"job.ini", "x"}, {"models/a.xml", "x"}, {"../b", "x"}})}}, inputs()));

  EXPECT_TRUE(std::filesystem::is_empty(inputs()));
}

TEST_F(UploadTest, AFullDiskIsUnavailableAndLeavesTheFolderEmpty) {
  const auto big = archive("archive", {{"job.ini", std::string(500'000, 'x')}});
  const oq::testing::FullDisk full(100'000);

  const auto stored = store_inputs({{big}}, inputs());

  ASSERT_FALSE(stored);
  EXPECT_EQ(stored.error().code, Errc::unavailable);
  EXPECT_TRUE(std::filesystem::is_empty(inputs()));
}

std::string chosen(const std::vector<std::string>& files, const IniRequest& request = {}) {
  const auto ini = choose_ini(files, request);
  return ini ? *ini : "error: " + ini.error().text();
}

TEST(ChooseIni, TheOnlyIniIsTaken) {
  EXPECT_EQ(chosen({"a.xml", "deep/x.ini"}), "deep/x.ini");
  EXPECT_EQ(chosen({"a.xml", "x.ini"}, {.on_hazard = true}), "x.ini");
}

TEST(ChooseIni, JobIniNamesItByTheEndOfItsName) {
  const std::vector<std::string> files{"my_job.ini", "b/job.ini", "job_risk.ini"};

  EXPECT_EQ(chosen(files, {.job_ini = "risk.ini"}), "job_risk.ini");
  EXPECT_EQ(chosen(files, {.job_ini = "_job.ini"}), "my_job.ini");
  EXPECT_EQ(chosen(files, {.job_ini = ".ini"}), "my_job.ini") << "the first in file order";
  EXPECT_EQ(chosen(files, {.job_ini = "job.ini"}), "b/job.ini") << "the exact name comes first";
  EXPECT_EQ(chosen(files, {.job_ini = "x.ini"}),
            "error: job_ini: no uploaded file has a name that ends with \"x.ini\"");
}

TEST(ChooseIni, OnAHazardCalculationTheFirstRiskIniIsTaken) {
  const std::vector<std::string> files{"job_hazard.ini", "job_risk.ini", "other_risk.ini"};

  EXPECT_EQ(chosen(files, {.on_hazard = true}), "job_risk.ini");
}

TEST(ChooseIni, WithoutOneTheKnownHazardNamesDecide) {
  EXPECT_EQ(chosen({"job_risk.ini", "job_hazard.ini"}), "job_hazard.ini");
  EXPECT_EQ(chosen({"job_risk.ini", "job_haz.ini"}), "job_haz.ini");
  EXPECT_EQ(chosen({"job_haz.ini", "x/job.ini"}), "x/job.ini");
}

TEST(ChooseIni, WhereNothingDecidesTheFirstIsTaken) {
  EXPECT_EQ(chosen({"b.ini", "a.ini"}), "b.ini");
  EXPECT_EQ(chosen({"b/job.ini", "a/job.ini"}), "b/job.ini");
}

TEST(ChooseIni, OnAHazardCalculationAnotherIniIsNotTaken) {
  EXPECT_THAT(chosen({"a.ini", "b.ini"}, {.on_hazard = true}), HasSubstr("risk.ini"));
}

} // namespace
} // namespace oq::store
