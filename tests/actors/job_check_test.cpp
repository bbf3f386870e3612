// Jobs and files that clients ask about: what is found, and that nothing of it stays.
#include "actors/job_check.hpp"

#include "support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace oq::actors {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
namespace fs = std::filesystem;

class JobCheck : public ::testing::Test {
protected:
  void SetUp() override {
    fs::create_directories(incoming.path());
    add_checks(room, {incoming.path(), open.path()});
  }
  Submission of_file(const std::string& name, const std::string& content) {
    Submission submission;
    submission.files.push_back({"job_config", name, spool.write(name, content)});
    return submission;
  }
  Submission local(const fs::path& ini) {
    Submission submission;
    submission.local_ini = ini;
    submission.names_local_ini = true;
    return submission;
  }
  bool nothing_stays() const { return fs::is_empty(incoming.path()); }

  oq::testing::TemporaryFolder incoming, open, spool;
  EngineRoom room;
};

TEST_F(JobCheck, NamesFileAndLineOfABadOption) {
  const auto checked = room.check_job(of_file("job.ini", "[g]\ncalculation_mode = magic\n"));

  ASSERT_FALSE(checked);
  EXPECT_THAT(checked.error().where, EndsWith("job.ini:2"));
  EXPECT_TRUE(nothing_stays());
}

TEST_F(JobCheck, NamesTheLineOfABrokenDocument) {
  const auto checked = room.check_nrml("<nrml>\n<a></b></nrml>");

  ASSERT_FALSE(checked);
  EXPECT_THAT(checked.error().where, EndsWith(":2"));
  EXPECT_TRUE(nothing_stays());
}

TEST_F(JobCheck, AClientNamesNoFileOutsideTheOpenFolder) {
  const auto outside = spool.write("job.ini", "[g]\n");
  fs::create_symlink(outside, open / "link.ini");

  for (const auto& path : {outside, open / "link.ini", open / "../x.ini", open.path()}) {
    const auto checked = room.check_job(local(path));
    ASSERT_FALSE(checked) << path;
    EXPECT_EQ(checked.error().code, Errc::forbidden) << path;
  }
}

TEST_F(JobCheck, AClientMayNameAFileInTheOpenFolder) {
  const auto checked =
    room.check_job(local(open.write("job.ini", "[g]\ncalculation_mode = magic\n")));

  ASSERT_FALSE(checked);
  EXPECT_THAT(checked.error().where, HasSubstr("job.ini:2"));
}

TEST_F(JobCheck, KnowsAFileByTheChecksumOfItsFirst32Bytes) {
  // Adler-32 of "Wikipedia" (its published example).
  const auto file = open.write("a.txt", "Wikipedia");

  EXPECT_TRUE(room.has_file(file, 0x11E60398));
  EXPECT_FALSE(room.has_file(file, 0x11E60399));
  EXPECT_FALSE(room.has_file(spool.write("a.txt", "Wikipedia"), 0x11E60398));
  EXPECT_FALSE(room.has_file("/etc/passwd", 1));
}

TEST_F(JobCheck, WithoutAnOpenFolderNoFileIsKnown) {
  EngineRoom closed;
  add_checks(closed, {incoming.path(), {}});

  EXPECT_FALSE(closed.has_file(open.write("a.txt", "Wikipedia"), 0x11E60398));
}

} // namespace
} // namespace oq::actors
