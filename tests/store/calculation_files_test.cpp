// CalculationFiles: the layout of a calculation's folder, and that nothing leads out of it.
#include "store/calculation_files.hpp"

#include "store/input_name.hpp"
#include "support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace oq::store {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class CalculationFilesTest : public ::testing::Test {
protected:
  oq::testing::TemporaryFolder folder_;
  CalculationFiles files_{folder_ / "data"};
};

TEST_F(CalculationFilesTest, CreatesTheLayoutAndTheDataDirectory) {
  ASSERT_TRUE(files_.create(7));

  EXPECT_TRUE(fs::is_directory(folder_ / "data/calc_7/inputs"));
  EXPECT_TRUE(fs::is_directory(folder_ / "data/calc_7/exports"));
  EXPECT_EQ(files_.datastore(7), folder_ / "data/calc_7/calc_7.hdf5");
}

TEST_F(CalculationFilesTest, AFolderThatIsThereAlreadyIsAConflict) {
  ASSERT_TRUE(files_.create(7));

  EXPECT_EQ(files_.create(7).error().code, Errc::conflict);
}

TEST_F(CalculationFilesTest, ADataDirectoryThatIsAFileIsUnavailable) {
  folder_.write("data", "x");

  EXPECT_EQ(files_.create(7).error().code, Errc::unavailable);
}

TEST_F(CalculationFilesTest, RemovesEverythingAndThenNothing) {
  ASSERT_TRUE(files_.create(7));
  folder_.write("data/calc_7/inputs/a/b.xml", "x");

  EXPECT_TRUE(files_.remove(7));
  EXPECT_TRUE(files_.remove(7));

  EXPECT_TRUE(fs::is_empty(folder_ / "data"));
}

TEST_F(CalculationFilesTest, RemovingDoesNotFollowLinks) {
  ASSERT_TRUE(files_.create(7));
  const auto precious = folder_.write("precious/file", "x");
  fs::create_directory_symlink(folder_ / "precious", folder_ / "data/calc_7/link");

  ASSERT_TRUE(files_.remove(7));

  EXPECT_TRUE(fs::exists(precious));
}

TEST_F(CalculationFilesTest, SizeIsTheSumOfTheFiles) {
  ASSERT_TRUE(files_.create(7));
  folder_.write("data/calc_7/inputs/a.xml", std::string(1000, 'x'));
  folder_.write("data/calc_7/calc_7.hdf5", std::string(500, 'x'));

  EXPECT_EQ(*files_.size_bytes(7), 1500);
  EXPECT_EQ(*files_.size_bytes(8), 0);
}

TEST_F(CalculationFilesTest, FindsFilesBelowItsFolderOnly) {
  ASSERT_TRUE(files_.create(7));
  ASSERT_TRUE(files_.create(70));
  folder_.write("data/calc_7/inputs/a.xml", "x");
  folder_.write("data/calc_70/inputs/b.xml", "x");
  fs::create_symlink(folder_ / "data/calc_70/inputs/b.xml", folder_ / "data/calc_7/link.xml");

  EXPECT_TRUE(files_.file(7, "inputs/a.xml"));
  EXPECT_EQ(files_.file(7, "inputs/none.xml").error().code, Errc::not_found);
  EXPECT_EQ(files_.file(7, "inputs").error().code, Errc::not_found);
  for (const char* name : {"../calc_70/inputs/b.xml", "inputs/../../calc_70/inputs/b.xml",
                           "/etc/passwd", "link.xml", "", ".."})
    EXPECT_EQ(files_.file(7, name).error().code, Errc::invalid_input) << name;
}

TEST_F(CalculationFilesTest, TooLittleSpaceIsUnavailableAndSaysHowMuchIsMissing) {
  ASSERT_TRUE(files_.create(7));

  const auto space = files_.require_space(1ULL << 62);

  ASSERT_FALSE(space);
  EXPECT_EQ(space.error().code, Errc::unavailable);
  EXPECT_THAT(space.error().message, HasSubstr("the disk is full: 4611686018427.4 MB are needed"));
  EXPECT_TRUE(files_.require_space(1));
}

TEST(InputName, KeepsOrdinaryNames) {
  EXPECT_EQ(*relative_name("a b/caffè (1).xml"), "a b/caffè (1).xml");
  EXPECT_EQ(*relative_name("...ini"), "...ini");
  EXPECT_EQ(*relative_name("//a///b"), "a/b");
  EXPECT_EQ(*base_name("x:/y\\z.ini"), "z.ini");
}

TEST(InputName, RefusesControlCharactersAndDoesNotRepeatThem) {
  const auto name = relative_name("job\x1b[2J.ini");

  ASSERT_FALSE(name);
  EXPECT_EQ(name.error().text(), "job?[2J.ini: a file name holds control characters");
}

} // namespace
} // namespace oq::store
