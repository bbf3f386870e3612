// A killed server computes only what no file holds yet.
#include "e2e/service.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>
#include <sstream>
#include <unistd.h>

namespace oq::testing {
namespace {

using ::testing::HasSubstr;

// More than twenty seconds of one core.
JobArchive dense_grid() {
  return heavy_demo("1.0");
}

std::filesystem::path partial_of(const Service& service, std::int64_t id) {
  return service.data_dir() / ("calc_" + std::to_string(id)) / "partial";
}

// Results of tasks on the disk, whole ones.
int kept_files(const Service& service, std::int64_t id) {
  std::error_code missing;
  int count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(partial_of(service, id), missing))
    count += !entry.path().has_extension();
  return count;
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
  EXPECT_FALSE(std::filesystem::exists(partial_of(service, id)));
}

// Every file of every output, without the number of the calculation in its name and without the
// comment line, which carries a date.
std::map<std::string, std::string> csv_files(Service& service, std::int64_t id) {
  std::map<std::string, std::string> all;
  const auto number = "_" + std::to_string(id) + ".csv";
  for (const auto* type : {"hcurves", "hmaps", "uhs", "realizations"})
    for (const auto& [name, text] : files_of(service.download(id, type, "csv")))
      all[type + name.substr(0, name.find(number))] = text.substr(text.find('\n'));
  return all;
}

int tasks_taken_up(const std::string& log) {
  const std::string words = "Results of ";
  const auto at = log.find(words);
  return at == std::string::npos ? 0 : std::atoi(log.c_str() + at + words.size());
}

// The results of tiles that were written into the lost datastore are needed again.
TEST(KilledInTheMiddle, ATiledJobIsTakenUpAndComesToTheSameFiles) {
  const auto job = heavy_demo("4.0");
  Service whole;
  const auto undisturbed = whole.complete(job);
  Service service({.more = {"--memory", "500KiB", "--workers", "1"}});
  const auto id = service.submit(job);
  ASSERT_TRUE(eventually(
    [&] {
      return service.log_text(id).find("40%") != std::string::npos && kept_files(service, id) > 4;
    },
    std::chrono::minutes(2)))
    << service.log_text(id);

  service.server().kill();
  const auto kept = kept_files(service, id);
  service.server().start();

  ASSERT_EQ(service.wait(id), "complete");
  const auto log = service.log_text(id);
  EXPECT_THAT(log, HasSubstr(" tiles of "));
  EXPECT_GE(tasks_taken_up(log), kept) << log;
  const auto files = csv_files(service, id);
  EXPECT_GT(files.size(), 4u);
  EXPECT_EQ(files, csv_files(whole, undisturbed));
}

TEST(KilledInTheMiddle, AbortedItLeavesNoResultsBehind) {
  Service service;
  const auto id = service.submit(dense_grid());
  const auto partial = partial_of(service, id);
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
