// Bodies in memory and in spool files.
#include "http/body.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace oq::http {
namespace {

namespace fs = std::filesystem;

class BodyTest : public ::testing::Test {
protected:
  BodyTest() { fs::create_directories(folder_); }
  ~BodyTest() override { fs::remove_all(folder_); }

  static std::string content_of(const fs::path& path) {
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
  }

  const fs::path folder_ =
    fs::path(::testing::TempDir()) / ("body_test_" + std::to_string(::getpid()));
  const SpoolPolicy policy_{10, folder_};
};

TEST_F(BodyTest, StaysInMemoryUpToTheThreshold) {
  Body body;

  ASSERT_TRUE(body.append("0123456789", policy_));

  EXPECT_TRUE(body.in_memory());
  EXPECT_EQ(body.bytes(), "0123456789");
}

TEST_F(BodyTest, GoesToAFileAboveTheThreshold) {
  Body body;

  ASSERT_TRUE(body.append("0123456", policy_));
  ASSERT_TRUE(body.append("789abc", policy_));
  ASSERT_TRUE(body.append("def", policy_));

  EXPECT_FALSE(body.in_memory());
  EXPECT_EQ(body.size(), 16u);
  EXPECT_EQ(*body.read_all(100), "0123456789abcdef");
  EXPECT_EQ(content_of(body.file_path()), "0123456789abcdef");
}

TEST_F(BodyTest, LeavesNoNamedFileBehind) {
  Body body;

  ASSERT_TRUE(body.append("more than ten bytes", policy_));

  EXPECT_TRUE(fs::is_empty(folder_));
}

TEST_F(BodyTest, IsSavedFromMemoryAndFromFile) {
  Body small;
  Body large;
  ASSERT_TRUE(small.append("small", policy_));
  ASSERT_TRUE(large.append(std::string(200'000, 'x'), policy_));

  ASSERT_TRUE(small.save_to(folder_ / "small"));
  ASSERT_TRUE(large.save_to(folder_ / "large"));

  EXPECT_EQ(content_of(folder_ / "small"), "small");
  EXPECT_EQ(content_of(folder_ / "large"), std::string(200'000, 'x'));
}

TEST_F(BodyTest, IsNotReadIntoMemoryBeyondALimit) {
  Body body;
  ASSERT_TRUE(body.append("0123456789abc", policy_));

  EXPECT_EQ(body.read_all(12).error().code, Errc::invalid_input);
}

TEST_F(BodyTest, SaysWhenThereIsNoRoomForIt) {
  Body body;

  EXPECT_EQ(body.append("more than ten bytes", {10, "/no/such/folder"}).error().code,
            Errc::unavailable);
}

} // namespace
} // namespace oq::http
