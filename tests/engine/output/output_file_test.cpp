// A file appears whole or not at all.
#include "engine/output/output_file.hpp"

#include "export_fixture.hpp"
#include "support/full_disk.hpp"

#include <csignal>
#include <sys/resource.h>

namespace oq::engine {
namespace {

using testing::TemporaryFolder;

TEST(OutputFile, IsThereAfterCommit) {
  const TemporaryFolder directory;
  auto file = OutputFile::create(directory.path() / "a.txt");
  ASSERT_TRUE(file);

  file->write("hello");
  ASSERT_TRUE(file->commit());

  EXPECT_EQ(testing::file_text(directory.path() / "a.txt"), "hello");
}

TEST(OutputFile, LeavesNothingWithoutCommit) {
  const TemporaryFolder directory;
  {
    auto file = OutputFile::create(directory.path() / "a.txt");
    ASSERT_TRUE(file);
    file->write("hello");
  }

  EXPECT_TRUE(std::filesystem::is_empty(directory.path()));
}

TEST(OutputFile, AFullDiskIsUnavailableAndLeavesNothing) {
  const TemporaryFolder directory;
  const auto target = directory.path() / "a.txt";
  Result<std::filesystem::path> committed = Error{};
  {
    const oq::testing::FullDisk full(1000);
    auto file = OutputFile::create(target);
    ASSERT_TRUE(file);
    file->write(std::string(100'000, 'x'));
    committed = file->commit();
  }

  ASSERT_FALSE(committed);
  EXPECT_EQ(committed.error().code, Errc::unavailable);
  EXPECT_TRUE(std::filesystem::is_empty(directory.path()));
}

TEST(OutputFile, KeepsTheOldFileWhenTheNewOneFails) {
  const TemporaryFolder directory;
  const auto target = directory.path() / "a.txt";
  std::ofstream(target) << "old";
  {
    const oq::testing::FullDisk full(1000);
    auto file = OutputFile::create(target);
    ASSERT_TRUE(file);
    file->write(std::string(100'000, 'x'));
    EXPECT_FALSE(file->commit());
  }

  EXPECT_EQ(testing::file_text(target), "old");
}

TEST(OutputFile, AMissingFolderIsUnavailable) {
  const auto file = OutputFile::create("/nowhere/at/all/a.txt");

  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().code, Errc::unavailable);
}

} // namespace
} // namespace oq::engine
