// Workers in processes of their own: the same bits, whoever computes and whoever dies.
#include "e2e/service.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace oq::testing {
namespace {

using ::testing::HasSubstr;

// A server that computes nothing itself, and workers that come and go.
class RemoteWorkers : public ::testing::Test {
protected:
  explicit RemoteWorkers(std::string memory_of_server = "4GiB")
    : memory(std::move(memory_of_server)) {}
  std::unique_ptr<ChildProcess> start_worker(const std::string& name, int threads = 1) {
    const auto log = folder / (name + ".log");
    return std::make_unique<ChildProcess>(
      std::vector<std::string>{program(), "worker", "--join", door, "--threads",
                               std::to_string(threads), "--name", name, "--scratch",
                               folder.path().string()},
      log);
  }
  bool joins(const std::string& name, int times = 1) {
    return eventually([&] {
      const auto text = file_text(service.server().log());
      int found = 0;
      for (auto at = text.find("worker " + name + " joined"); at != std::string::npos;
           at = text.find("worker " + name + " joined", at + 1))
        ++found;
      return found >= times;
    });
  }
  bool computes(std::int64_t id) {
    return eventually([&] {
      return service.log_text(id).find("10%") != std::string::npos;
    });
  }
  // By the service's own threads.
  static const std::vector<std::string>& expected() {
    static const auto curve = [] {
      Service alone;
      return alone.mean_curve(alone.complete(heavy_demo()));
    }();
    return curve;
  }

  const std::string memory;
  TemporaryFolder folder;
  const std::string door = "127.0.0.1:" + std::to_string(free_port());
  Service service{ServiceOptions{
    .redis = false, .more = {"--cluster-listen", door, "--no-local-workers", "--memory", memory}}};
};

// On a server with so little memory that it cuts the sites into tiles.
class RemoteWorkersOfTiles : public RemoteWorkers {
protected:
  RemoteWorkersOfTiles() : RemoteWorkers("3MiB") {}
};

TEST_F(RemoteWorkers, ComputeTheSameBits) {
  const auto first = start_worker("w1"), second = start_worker("w2", 2);
  ASSERT_TRUE(joins("w1") && joins("w2"));
  EXPECT_EQ(service.mean_curve(service.complete(heavy_demo())), expected());
}

// Their own memory would hold it in one piece.
TEST_F(RemoteWorkersOfTiles, CutASiteCollectionAsTheServerDoes) {
  const auto first = start_worker("w1"), second = start_worker("w2");
  ASSERT_TRUE(joins("w1") && joins("w2"));
  const auto id = service.complete(wide_grid("2.0"));

  EXPECT_THAT(service.log_text(id), HasSubstr("tiles"));
  EXPECT_THAT(file_text(folder / "w1.log"), HasSubstr("has the inputs of calculation"));
  Service alone;
  EXPECT_EQ(service.mean_curve(id), alone.mean_curve(alone.complete(wide_grid("2.0"))));
}

TEST_F(RemoteWorkers, GetAJobThatWaitedForThem) {
  const auto id = service.submit(demo("hazard_area"));
  const auto worker = start_worker("w1");
  EXPECT_EQ(service.wait(id), "complete");
}

TEST_F(RemoteWorkers, ComputeRiskFromAParentOnTheNode) {
  const auto worker = start_worker("w1");
  const auto job = demo("hazard_risk");
  const auto parent = service.complete(job, {{"job_ini", "job_hazard.ini", ""}});
  const auto child = service.complete(
    job, {{"job_ini", "job_risk.ini", ""}, {"hazard_job_id", std::to_string(parent), ""}});
  EXPECT_FALSE(service.get_array(path_of(child, "/results")).empty());
}

TEST_F(RemoteWorkers, OneThatIsKilledCostsOnlyItsTasks) {
  const auto steady = start_worker("w1");
  auto victim = start_worker("w2");
  ASSERT_TRUE(joins("w1") && joins("w2"));
  const auto id = service.submit(heavy_demo());
  ASSERT_TRUE(computes(id));

  victim->signal(SIGKILL);

  EXPECT_EQ(service.wait(id), "complete");
  EXPECT_EQ(service.mean_curve(id), expected());
  EXPECT_THAT(file_text(service.server().log()), HasSubstr("worker w2 is lost"));
}

TEST_F(RemoteWorkers, OneThatIsToldToGoHandsItsTasksBack) {
  auto leaver = start_worker("w1");
  ASSERT_TRUE(joins("w1"));
  const auto id = service.submit(heavy_demo());
  ASSERT_TRUE(computes(id));

  EXPECT_EQ(leaver->terminate(), 0);
  EXPECT_THAT(file_text(service.server().log()), HasSubstr("worker w1 leaves"));
  EXPECT_EQ(service.status(id), "executing");
  const auto next = start_worker("w2");

  EXPECT_EQ(service.wait(id), "complete");
  EXPECT_EQ(service.mean_curve(id), expected());
  std::vector<std::filesystem::path> left;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path()))
    if (entry.is_directory())
      left.push_back(entry.path());
  EXPECT_EQ(left.size(), 1u); // of the one that still runs
}

TEST_F(RemoteWorkers, ComeBackWhenTheServerDoes) {
  const auto worker = start_worker("w1");
  ASSERT_TRUE(joins("w1"));
  const auto id = service.submit(heavy_demo());
  ASSERT_TRUE(computes(id));

  service.server().kill();
  service.server().start();

  ASSERT_TRUE(joins("w1", 2));
  EXPECT_EQ(service.wait(id), "complete");
  EXPECT_EQ(service.mean_curve(id), expected());
}

TEST_F(RemoteWorkers, AreToldToStopByAnAbort) {
  const auto worker = start_worker("w1");
  ASSERT_TRUE(joins("w1"));
  const auto id = service.submit(heavy_demo());
  ASSERT_TRUE(computes(id));
  EXPECT_EQ(service.post(path_of(id, "/abort")).status, 200);
  EXPECT_EQ(service.wait(id), "aborted");
  EXPECT_EQ(service.wait(service.submit(demo("hazard_area"))), "complete");
}

} // namespace
} // namespace oq::testing
