// Descriptor: all or told, and closed.
#include "store/descriptor.hpp"

#include "support/full_disk.hpp"
#include "support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

namespace oq::store {
namespace {

using oq::testing::file_text;

class DescriptorTest : public ::testing::Test {
protected:
  int opened(int flags) const { return ::open((folder_ / "file").c_str(), flags, 0600); }

  oq::testing::TemporaryFolder folder_;
};

TEST_F(DescriptorTest, WritesAndReadsInOrderAndAtAPlace) {
  {
    const Descriptor file(opened(O_WRONLY | O_CREAT));
    EXPECT_TRUE(file.write("curves", 6));
    EXPECT_TRUE(file.write_at(2, "RV", 2));
  }
  EXPECT_EQ(file_text(folder_ / "file"), "cuRVes");
  const Descriptor file(opened(O_RDONLY));
  std::string text(4, '.');
  EXPECT_EQ(file.read(text.data(), 4), 4u);
  EXPECT_EQ(text, "cuRV");
  EXPECT_EQ(file.read_at(1, text.data(), 2), 2u);
  EXPECT_EQ(text, "uRRV");
}

TEST_F(DescriptorTest, ReadsUpToTheEnd) {
  folder_.write("file", "maps");
  const Descriptor file(opened(O_RDONLY));
  std::string text(10, '.');
  EXPECT_EQ(file.read(text.data(), text.size()), 4u);
  EXPECT_EQ(file.read(text.data(), text.size()), 0u);
  EXPECT_EQ(file.read_at(3, text.data(), text.size()), 1u);
}

TEST_F(DescriptorTest, GoesOnUntilAllCameThroughAPipe) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  const Descriptor from(ends[0]);
  std::string text(6, '.');
  {
    const Descriptor to(ends[1]);
    EXPECT_TRUE(to.write("two", 3));
    EXPECT_TRUE(to.write("one", 3));
  }
  EXPECT_EQ(from.read(text.data(), 6), 6u);
  EXPECT_EQ(text, "twoone");
}

TEST_F(DescriptorTest, SaysWhenTheDiskIsFull) {
  const oq::testing::FullDisk full(1000);
  const Descriptor file(opened(O_WRONLY | O_CREAT));
  const std::string bytes(100'000, 'x');
  EXPECT_FALSE(file.write(bytes.data(), bytes.size()));
  EXPECT_FALSE(file.write_at(5000, bytes.data(), bytes.size()));
}

TEST_F(DescriptorTest, IsClosedWithItsObject) {
  int fd = -1;
  {
    const Descriptor file(opened(O_WRONLY | O_CREAT));
    ASSERT_TRUE(file);
    fd = file.get();
  }
  EXPECT_EQ(::fcntl(fd, F_GETFD), -1);
  EXPECT_FALSE(Descriptor(-1));
}

} // namespace
} // namespace oq::store
