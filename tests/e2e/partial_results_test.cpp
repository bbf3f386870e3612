// A killed server computes only what no file holds yet.
#include "e2e/service.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>
#include <unistd.h>

namespace oq::testing {
namespace {

using ::testing::HasSubstr;

// More than twenty seconds of one core.
JobArchive dense_grid() {
  auto job = demo("hazard_area");
  job.set("job.ini", "region_grid_spacing", "4.0")
    .set("job.ini", "area_source_discretization", "1.0")
    .set("job.ini", "width_of_mfd_bin", "0.1");
  return job;
}

double cpu_seconds(pid_t process) {
  const auto text = file_text("/proc/" + std::to_string(process) + "/stat");
  std::istringstream fields(text.substr(text.rfind(')') + 2));
  std::string skipped;
  for (int i = 0; i < 11; ++i)
    fields >> skipped;
  double user = 0, system = 0;
  fields >> user >> system;
  return (user + system) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

// Every exported curve, without the number of the calculation in the names.
std::vector<std::vector<std::string>> curves(Service& service, std::int64_t id) {
  std::vector<std::vector<std::string>> all;
  for (const auto& [name, text] : files_of(service.download(id, "hcurves", "csv")))
    all.push_back(csv_rows(text));
  return all;
}

TEST(KilledInTheMiddle, TakesFinishedTasksFromTheDiskAndComesToTheSameBits) {
  Service service;
  const auto undisturbed = service.complete(dense_grid());
  const auto whole = cpu_seconds(service.server().process().pid());
  const auto id = service.submit(dense_grid());
  ASSERT_TRUE(eventually(
    [&] {
      return service.log_text(id).find("60%") != std::string::npos;
    },
    std::chrono::minutes(5)));

  service.server().kill();
  service.server().start();

  ASSERT_EQ(service.wait(id), "complete");
  const auto rest = cpu_seconds(service.server().process().pid());
  std::printf("CPU seconds: undisturbed %.1f, after the restart %.1f\n", whole, rest);
  EXPECT_LT(rest, 0.75 * whole);
  EXPECT_THAT(service.log_text(id), HasSubstr("tasks were taken from the disk"));
  EXPECT_EQ(curves(service, id), curves(service, undisturbed));
  EXPECT_FALSE(
    std::filesystem::exists(service.data_dir() / ("calc_" + std::to_string(id)) / "partial"));
}

TEST(KilledInTheMiddle, AbortedItLeavesNoResultsBehind) {
  Service service;
  const auto id = service.submit(dense_grid());
  const auto partial = service.data_dir() / ("calc_" + std::to_string(id)) / "partial";
  ASSERT_TRUE(eventually(
    [&] {
      return std::filesystem::exists(partial);
    },
    std::chrono::minutes(2)));
  EXPECT_EQ(service.post(path_of(id, "/abort")).status, 200);
  EXPECT_TRUE(eventually([&] {
    return !std::filesystem::exists(partial);
  }));
}

} // namespace
} // namespace oq::testing
