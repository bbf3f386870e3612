// extract_zip on archives of strangers, and make_zip.
#include "store/zip_archive.hpp"

#include "support/full_disk.hpp"
#include "support/temporary_folder.hpp"
#include "support/zip_bytes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <random>

namespace oq::store {
namespace {

using oq::testing::file_text;
using oq::testing::ZipEntry;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class ZipArchiveTest : public ::testing::Test {
protected:
  void SetUp() override { std::filesystem::create_directory(folder_ / "inputs"); }
  std::filesystem::path inputs() const { return folder_ / "inputs"; }
  Result<std::vector<std::string>> extract(const std::vector<ZipEntry>& entries,
                                           const ZipLimits& limits = {}) {
    oq::testing::write_zip(folder_ / "a.zip", entries);
    return extract_zip(folder_ / "a.zip", inputs(), limits);
  }
  // An archive whose entries' names are changed, length kept, in its bytes.
  Result<std::vector<std::string>> extract_renamed(const std::vector<ZipEntry>& entries,
                                                   const std::string& from, const std::string& to) {
    oq::testing::write_zip(folder_ / "a.zip", entries);
    auto bytes = file_text(folder_ / "a.zip");
    for (auto at = bytes.find(from); at != std::string::npos; at = bytes.find(from, at + 1))
      bytes.replace(at, from.size(), to);
    return extract_zip(folder_.write("b.zip", bytes), inputs());
  }
  // Names in the folder, without that of the input.
  std::vector<std::string> files_besides(const std::string& input) const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder_.path()))
      if (entry.is_regular_file() && entry.path().filename() != input)
        names.push_back(entry.path().filename().string());
    return names;
  }
  static void expect_refused(const Result<std::vector<std::string>>& result, const char* words) {
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, Errc::invalid_input);
    EXPECT_THAT(result.error().text(), HasSubstr(words));
  }

  oq::testing::TemporaryFolder folder_;
};

TEST_F(ZipArchiveTest, ExtractsFilesAndFoldersInTheArchivesOrder) {
  const auto names = extract({{"job.ini", "[general]"}, {"models/source.xml", "<nrml/>"}});

  ASSERT_TRUE(names) << names.error().text();
  EXPECT_THAT(*names, ElementsAre("job.ini", "models/source.xml"));
  EXPECT_EQ(file_text(inputs() / "models/source.xml"), "<nrml/>");
}

TEST_F(ZipArchiveTest, StripsLeadingSlashesAndDriveLetters) {
  const auto names =
    extract({{"/home/u/job.ini", "a"}, {"C:\\models\\x.xml", "b"}, {"./y.xml", "c"}});

  ASSERT_TRUE(names) << names.error().text();
  EXPECT_THAT(*names, ElementsAre("home/u/job.ini", "models/x.xml", "y.xml"));
  EXPECT_EQ(file_text(inputs() / "models/x.xml"), "b");
}

TEST_F(ZipArchiveTest, SkipsWhatAMacintoshAdds) {
  const auto names =
    extract({{"__MACOSX/._job.ini", "x"}, {"a/__MACOSX/._job.ini", "x"}, {"job.ini", ""}});

  EXPECT_THAT(*names, ElementsAre("job.ini"));
}

TEST_F(ZipArchiveTest, RefusesNamesThatLeadOut) {
  for (const char* name :
       {"../evil.ini", "a/../../evil.ini", "a\\..\\..\\evil.ini", "/../evil.ini", "C:../evil.ini"})
    expect_refused(extract({{name, "x"}}), "leads out of its folder");

  EXPECT_FALSE(std::filesystem::exists(folder_ / "evil.ini"));
}

TEST_F(ZipArchiveTest, RefusesLinks) {
  expect_refused(extract({{"link", "/etc", 0120777}, {"link/passwd", "x"}}), "a link or a device");
}

TEST_F(ZipArchiveTest, RefusesOverlongNames) {
  expect_refused(extract({{std::string(300, 'a') + ".ini", "x"}}), "too long");
  expect_refused(extract({{std::string(2000, '/') + "a.ini", "x"}}), "too long");
}

TEST_F(ZipArchiveTest, RefusesANameThatComesTwice) {
  expect_refused(extract_renamed({{"one.ini", "1"}, {"two.ini", "2"}}, "two.ini", "one.ini"),
                 "same name");
  expect_refused(extract({{"a/job.ini", "1"}, {"/a/job.ini", "2"}}), "same name");
}

TEST_F(ZipArchiveTest, RefusesAFileThatIsAlsoAFolder) {
  expect_refused(extract({{"a", "1"}, {"a/job.ini", "2"}}), "same name");
}

TEST_F(ZipArchiveTest, RefusesWhatIsNoZip) {
  expect_refused(extract_zip(folder_.write("job.ini", "[general]\n"), inputs()),
                 "not a zip archive");
  expect_refused(extract_zip(folder_.write("empty.zip", ""), inputs()), "not a zip archive");
}

TEST_F(ZipArchiveTest, RefusesEncryptedArchives) {
  expect_refused(extract({{"job.ini", "x", 0100644, true}}), "encrypted");
}

TEST_F(ZipArchiveTest, AMissingArchiveIsUnavailable) {
  EXPECT_EQ(extract_zip(folder_ / "none.zip", inputs()).error().code, Errc::unavailable);
}

TEST_F(ZipArchiveTest, RefusesTooManyFiles) {
  std::vector<ZipEntry> entries;
  for (int i = 0; i < 11; ++i)
    entries.push_back({std::to_string(i), ""});

  expect_refused(extract(entries, {.files = 10}), "11 entries are more than the 10");
}

TEST_F(ZipArchiveTest, StopsABombWhenItExceedsTheLimitNotAfter) {
  const std::string zeros(5'000'000, '\0');

  expect_refused(extract({{"bomb", zeros}}, {.bytes = 1'000'000}), "unpacks to more than");
  EXPECT_LE(std::filesystem::file_size(inputs() / "bomb"), 1'000'000u);
}

TEST_F(ZipArchiveTest, StopsABombByItsRatio) {
  const std::string zeros(5'000'000, '\0');

  expect_refused(extract({{"bomb", zeros}}, {.ratio = 100, .ratio_free_bytes = 1000}),
                 "100 times its size");
  std::filesystem::remove(inputs() / "bomb");
  EXPECT_TRUE(extract({{"bomb", zeros}}, {.ratio = 100, .ratio_free_bytes = 10'000'000}));
}

TEST_F(ZipArchiveTest, AFullDiskIsUnavailable) {
  oq::testing::write_zip(folder_ / "a.zip", {{"big", std::string(500'000, 'x')}});
  const oq::testing::FullDisk full(100'000);

  const auto names = extract_zip(folder_ / "a.zip", inputs());

  ASSERT_FALSE(names);
  EXPECT_EQ(names.error().code, Errc::unavailable);
}

TEST_F(ZipArchiveTest, DamagedArchivesNeverCrashTheReader) {
  oq::testing::write_zip(folder_ / "a.zip",
                         {{"job.ini", std::string(3000, 'x')}, {"models/a.xml", "<nrml/>"}});
  const auto good = file_text(folder_ / "a.zip");
  std::mt19937 random(20130828);
  for (int round = 0; round < 500; ++round) {
    auto bytes = good.substr(0, round % 2 ? good.size() : random() % good.size());
    for (int flips = 0; !bytes.empty() && flips < 3; ++flips)
      bytes[random() % bytes.size()] ^= static_cast<char>(1 + random() % 255);
    const oq::testing::TemporaryFolder target;
    const auto names = extract_zip(folder_.write("damaged.zip", bytes), target.path());
    EXPECT_TRUE(names || !names.error().message.empty());
  }
}

TEST_F(ZipArchiveTest, WhatWasZippedIsExtractedAgain) {
  const auto first = folder_.write("hazard_curve-mean.csv", std::string(100'000, 'm'));
  const auto second = folder_.write("other.csv", "lon,lat\n");

  const auto made = make_zip({{first, "hazard_curve-mean_1.csv"}, {second, "deep/other_1.csv"}},
                             folder_ / "out.zip");
  const auto names = extract_zip(folder_ / "out.zip", inputs());

  ASSERT_TRUE(made) << made.error().text();
  EXPECT_THAT(*names, ElementsAre("hazard_curve-mean_1.csv", "deep/other_1.csv"));
  EXPECT_EQ(file_text(inputs() / "deep/other_1.csv"), "lon,lat\n");
  EXPECT_LT(std::filesystem::file_size(folder_ / "out.zip"), 2000u);
}

TEST_F(ZipArchiveTest, ZippingAMissingFileIsNotFoundAndLeavesNothing) {
  const auto made = make_zip({{folder_ / "none.csv", "none.csv"}}, folder_ / "out.zip");

  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, Errc::not_found);
  EXPECT_THAT(files_besides({}), IsEmpty());
}

TEST_F(ZipArchiveTest, ZippingOnAFullDiskIsUnavailableAndLeavesNothing) {
  std::string noise(400'000, '\0');
  std::mt19937 random(1);
  for (auto& byte : noise)
    byte = static_cast<char>(random());
  const auto file = folder_.write("noise", noise);
  const oq::testing::FullDisk full(100'000);

  const auto made = make_zip({{file, "noise"}}, folder_ / "out.zip");

  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, Errc::unavailable);
  EXPECT_THAT(files_besides("noise"), IsEmpty());
}

TEST_F(ZipArchiveTest, TwoMayMakeTheSameArchiveAtTheSameTime) {
  const auto file = folder_.write("curves.csv", std::string(200'000, 'm'));
  const auto make_often = [&] {
    for (int round = 0; round < 30; ++round)
      if (const auto made = make_zip({{file, "curves.csv"}}, folder_ / "out.zip"); !made)
        return made.error().text();
    return std::string();
  };

  auto other = std::async(std::launch::async, make_often);
  EXPECT_EQ(make_often(), "");
  EXPECT_EQ(other.get(), "");

  EXPECT_THAT(*extract_zip(folder_ / "out.zip", inputs()), ElementsAre("curves.csv"));
  EXPECT_EQ(file_text(inputs() / "curves.csv"), std::string(200'000, 'm'));
  EXPECT_THAT(files_besides("curves.csv"), ElementsAre("out.zip"));
}

} // namespace
} // namespace oq::store
