// What clients see when the process, Redis or the disk gives out in the middle of work.
#include "e2e/service.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cstring>
#include <fstream>
#include <set>
#include <sys/mount.h>
#include <thread>

namespace oq::testing {
namespace {

using ::testing::HasSubstr;

TEST(KilledServer, ComputesAgainWhatItWasComputingAndComesToTheSameResult) {
  Service service;
  const auto undisturbed = service.complete(heavy_demo());
  const auto id = service.submit(heavy_demo());
  ASSERT_TRUE(eventually([&] {
    return service.status(id) == "executing";
  }));

  service.server().kill();
  service.server().start();

  std::set<std::string> seen;
  ASSERT_TRUE(eventually(
    [&] {
      return seen.insert(service.status(id)).first->compare("complete") == 0;
    },
    std::chrono::minutes(5)));
  for (const auto& status : seen)
    EXPECT_THAT(status, ::testing::AnyOf("created", "submitted", "executing", "complete"));
  EXPECT_EQ(service.mean_curve(id), service.mean_curve(undisturbed));
}

TEST(KilledServer, LosesNothingThatWasComplete) {
  Service service;
  const auto id = service.complete(demo("hazard_area"));
  const auto before = service.get("/v1/calc/hazard/" + std::to_string(id)).body;
  const auto curve = service.mean_curve(id);

  for (int kills = 0; kills < 3; ++kills) {
    service.server().kill();
    service.server().start();
    EXPECT_EQ(service.status(id), "complete");
  }

  EXPECT_EQ(service.get("/v1/calc/hazard/" + std::to_string(id)).body, before);
  EXPECT_EQ(service.mean_curve(id), curve);
  EXPECT_GT(service.submit(demo("hazard_area")), id);
}

TEST(StoppedServer, EndsCleanlyAndGoesOnLater) {
  Service service;
  const auto id = service.submit(heavy_demo());
  ASSERT_TRUE(eventually([&] {
    return service.status(id) == "executing";
  }));

  EXPECT_EQ(service.server().terminate(), 0);
  service.server().start();

  EXPECT_EQ(service.wait(id), "complete");
}

TEST(AbortedCalculation, StopsAndSaysSo) {
  Service service;
  const auto id = service.submit(heavy_demo());
  ASSERT_TRUE(eventually([&] {
    return service.status(id) == "executing";
  }));

  const auto reply = service.post(path_of(id, "/abort"));

  EXPECT_EQ(reply.status, 200);
  EXPECT_TRUE(json_members(reply.body).contains("success")) << reply.body;
  EXPECT_EQ(service.wait(id), "aborted");
  EXPECT_EQ(service.get(path_of(id, "/results")).status, 404);
  EXPECT_EQ(service.wait(service.submit(demo("hazard_area"))), "complete");
}

// Polls one target on connections of their own while a test does something; counts what went wrong.
class Pollers {
public:
  Pollers(Service& service, const std::string& target, int count) {
    for (int i = 0; i < count; ++i)
      threads_.emplace_back(
        [this, client = std::make_shared<HttpClient>(service.client()), target] {
          while (!stop_) {
            const auto reply = client->get(target);
            ++(reply.status == 200 ? good_ : bad_);
          }
        });
  }
  ~Pollers() { stop(); }
  void stop() {
    stop_ = true;
    for (auto& thread : threads_)
      if (thread.joinable())
        thread.join();
  }
  // Until that many more polls have been answered.
  bool wait_for(int more) {
    const int goal = good_ + bad_ + more;
    return eventually([&] {
      return good_ + bad_ >= goal;
    });
  }
  int good() const { return good_; }
  int bad() const { return bad_; }

private:
  std::atomic<bool> stop_ = false;
  std::atomic<int> good_ = 0, bad_ = 0;
  std::vector<std::thread> threads_;
};

TEST(Redis, MayBeKilledFrozenAndRestartedWhilePollsRun) {
  Service service;
  const auto finished = service.complete(demo("hazard_area"));
  service.server().kill(); // so that the calculation is not live here any more
  service.server().start();
  Pollers pollers(service, path_of(finished, "/status"), 4);
  ASSERT_TRUE(pollers.wait_for(200));

  service.redis().freeze();
  EXPECT_TRUE(pollers.wait_for(200));
  service.redis().thaw();
  EXPECT_TRUE(pollers.wait_for(200));
  service.redis().kill();
  EXPECT_TRUE(pollers.wait_for(200));
  EXPECT_EQ(service.wait(service.submit(demo("hazard_area"))), "complete");
  service.redis().start();
  EXPECT_TRUE(pollers.wait_for(200));
  pollers.stop();

  EXPECT_EQ(pollers.bad(), 0);
  EXPECT_GE(pollers.good(), 1000);
}

TEST(Redis, IsNotNeeded) {
  Service service(ServiceOptions{.redis = false});

  EXPECT_EQ(service.wait(service.submit(demo("hazard_area"))), "complete");
}

TEST(Workers, AnyNumberOfThemComesToTheSameBits) {
  Service one(ServiceOptions{.more = {"--workers", "1"}});
  Service three(ServiceOptions{.more = {"--workers", "3"}});

  EXPECT_EQ(one.mean_curve(one.complete(demo("hazard_area"))),
            three.mean_curve(three.complete(demo("hazard_area"))));
}

// A small file system of its own, which only root can mount.
class SmallDisk {
public:
  explicit SmallDisk(const std::string& size) : mounted_(mount(size)) {}
  ~SmallDisk() {
    if (mounted_)
      ::umount2(folder_.path().c_str(), MNT_DETACH);
  }
  bool mounted() const { return mounted_; }
  const std::filesystem::path& path() const { return folder_.path(); }
  // Leaves that many bytes free.
  void fill(std::uintmax_t free) const {
    const auto space = std::filesystem::space(path()).available;
    std::ofstream(path() / "filler") << std::string(space > free ? space - free : 0, 'x');
  }
  void empty() const { std::filesystem::remove(path() / "filler"); }

private:
  bool mount(const std::string& size) const {
    return ::mount("tmpfs", folder_.path().c_str(), "tmpfs", 0, ("size=" + size).c_str()) == 0;
  }
  TemporaryFolder folder_;
  bool mounted_;
};

TEST(FullDisk, MakesACalculationFailWithThatReasonAndCorruptsNothing) {
  const SmallDisk disk("24m");
  if (!disk.mounted())
    GTEST_SKIP() << "SKIPPED: a small file system cannot be mounted here: " << std::strerror(errno);
  Service service(ServiceOptions{.data_dir = disk.path() / "data"});
  const auto before = service.complete(demo("hazard_area"));
  const auto curve = service.mean_curve(before);

  disk.fill(64 * 1024);
  const auto failure = service.fail({heavy_demo().part()});
  EXPECT_NE(failure.http_status, 0);
  if (failure.http_status == 200) {
    EXPECT_EQ(failure.status, "failed");
  } else {
    EXPECT_GE(failure.http_status, 500);
  }
  EXPECT_EQ(service.status(before), "complete");
  EXPECT_EQ(service.mean_curve(before), curve);

  disk.empty();
  const auto after = service.complete(demo("hazard_area"));
  EXPECT_EQ(service.mean_curve(after), curve);
  service.server().kill();
  service.server().start();
  EXPECT_EQ(service.status(before), "complete");
  EXPECT_EQ(service.status(after), "complete");
  // A failure that the full disk could not hold either may be unknown after the restart; then the
  // calculation is computed again, with room this time.
  if (failure.id > 0) {
    EXPECT_THAT(service.wait(failure.id), ::testing::AnyOf("", "failed", "complete"));
  }
}

} // namespace
} // namespace oq::testing
