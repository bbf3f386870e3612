// A job too large for the memory given goes through its sites in tiles: the same results in less
// memory.
#include "e2e/service.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

namespace oq::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// The most that the server ever had in memory.
double peak_mebibytes(Service& service) {
  const auto status =
    file_text("/proc/" + std::to_string(service.server().process().pid()) + "/status");
  return std::atof(status.c_str() + status.find("VmHWM:") + 6) / 1024;
}

struct Outcome {
  std::vector<std::vector<std::string>> curves; // the rows of each file
  double idle = 0, peak = 0;                    // MiB
  std::string log;
};

Outcome run_with(const std::string& memory, const std::string& workers) {
  Service service({.more = {"--memory", memory, "--workers", workers}});
  Outcome out;
  out.idle = peak_mebibytes(service);
  const auto id = service.complete(wide_grid("1.0"));
  out.peak = peak_mebibytes(service);
  out.log = service.log_text(id);
  for (const auto& [name, text] : files_of(service.download(id, "hcurves", "csv")))
    out.curves.push_back(csv_rows(text));
  return out;
}

TEST(Memory, AJobThatDoesNotFitGoesThroughItsSitesInTilesToTheSameResults) {
  const auto whole = run_with("4GiB", "2");
  EXPECT_THAT(whole.log, Not(HasSubstr("tiles")));
  for (const auto* workers : {"1", "2"}) {
    const auto tiled = run_with("16MiB", workers);
    std::printf("MiB above %.0f: %.0f in one piece, %.0f in tiles of 16 MiB\n", tiled.idle,
                whole.peak - whole.idle, tiled.peak - tiled.idle);
    EXPECT_THAT(tiled.log, HasSubstr("tiles"));
    EXPECT_EQ(tiled.curves, whole.curves);
    // Beside the results there are the sources, the sites and what is being compressed.
    EXPECT_LT(tiled.peak, tiled.idle + 16 + 24);
    EXPECT_LT(tiled.peak - tiled.idle, 0.75 * (whole.peak - whole.idle));
  }
}

TEST(Memory, AJobOfWhichNoSiteFitsIsRefusedWithTheFigure) {
  Service service({.more = {"--memory", "32KiB"}});
  const auto id = service.submit(wide_grid("1.0"));

  EXPECT_EQ(service.wait(id), "failed");
  EXPECT_THAT(service.log_text(id), HasSubstr("KiB of memory, more than the 32.0 KiB given"));
}

} // namespace
} // namespace oq::testing
