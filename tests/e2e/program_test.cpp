// The program from the shell: what its commands print, write and return.
#include "e2e/service.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>

namespace oq::testing {
namespace {

using ::testing::HasSubstr;

struct Outcome {
  int exit_code = -1;
  std::string text; // both streams
};

class Program : public ::testing::Test {
protected:
  Outcome call(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), program());
    const auto log = folder_ / "output.txt";
    std::filesystem::remove(log);
    ChildProcess process(arguments, log);
    const int exit_code = process.wait();
    return {exit_code, file_text(log)};
  }
  Outcome run(std::vector<std::string> inis) {
    inis.insert(inis.begin(), "run");
    inis.insert(inis.end(), {"--data-dir", (folder_ / "data").string(), "--exports", "csv",
                             "--output", (folder_ / "out").string()});
    std::filesystem::create_directories(folder_ / "out");
    return call(inis);
  }
  static std::string demo_file(const std::string& name) {
    return (std::filesystem::path(OQ_SOURCE_DIR) / "demos" / name).string();
  }

  TemporaryFolder folder_;
};

TEST_F(Program, SaysItsVersion) {
  const auto outcome = call({"version"});

  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_THAT(outcome.text, HasSubstr("oq-engine-server"));
}

TEST_F(Program, ListsItsGroundMotionModels) {
  const auto outcome = call({"gsims"});

  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_THAT(outcome.text, HasSubstr("BooreAtkinson2008\n"));
  EXPECT_THAT(outcome.text, HasSubstr("ZhaoEtAl2006SInter\n"));
}

TEST_F(Program, ExplainsEveryCommand) {
  for (const auto* command : {"serve", "run", "check", "gsims", "version"}) {
    const auto outcome = call({command, "--help"});
    EXPECT_EQ(outcome.exit_code, 0) << command;
    EXPECT_THAT(outcome.text, HasSubstr("--help")) << command;
  }
}

TEST_F(Program, HasNoOptionThatItsDocumentDoesNotName) {
  const auto document = file_text(std::filesystem::path(OQ_SOURCE_DIR) / "docs/options.md");
  const std::regex option("--[a-z][a-z-]+");
  for (const auto* command : {"serve", "run", "check"}) {
    const auto help = call({command, "--help"}).text;
    for (std::sregex_iterator found(help.begin(), help.end(), option), end; found != end; ++found)
      EXPECT_THAT(document, HasSubstr(found->str() == "--help" ? "--help" : "`" + found->str()));
  }
}

TEST_F(Program, RefusesWhatItDoesNotKnow) {
  EXPECT_NE(call({"conquer"}).exit_code, 0);
  EXPECT_NE(call({"serve", "--nosuch"}).exit_code, 0);
  EXPECT_NE(call({"run", "nosuch.ini"}).exit_code, 0);
}

TEST_F(Program, ChecksTheDemosWithoutRunningThem) {
  EXPECT_EQ(call({"check", demo_file("hazard_area/job.ini")}).exit_code, 0);
  EXPECT_EQ(call({"check", demo_file("hazard_risk/job_hazard.ini")}).exit_code, 0);
}

TEST_F(Program, ChecksNameThePlaceOfAMistake) {
  auto job = demo("hazard_area");
  job.set("job.ini", "investigation_time", "soon");
  job.write_to(folder_.path());

  const auto outcome = call({"check", (folder_ / "job.ini").string()});

  EXPECT_NE(outcome.exit_code, 0);
  EXPECT_THAT(outcome.text,
              HasSubstr("job.ini:" + std::to_string(job.line_of("job.ini", "investigation_time"))));
}

TEST_F(Program, RunsAJobAndExportsItsResults) {
  const auto outcome = run({demo_file("hazard_area/job.ini")});

  EXPECT_EQ(outcome.exit_code, 0) << outcome.text;
  EXPECT_TRUE(std::filesystem::exists(folder_ / "out/hazard_curve-mean-PGA_1.csv"));
  EXPECT_TRUE(std::filesystem::exists(folder_ / "out/hazard_map-mean_1.csv"));
}

TEST_F(Program, RunsRiskFromTheHazardOfTheFirstIni) {
  const auto outcome =
    run({demo_file("hazard_risk/job_hazard.ini"), demo_file("hazard_risk/job_risk.ini")});

  EXPECT_EQ(outcome.exit_code, 0) << outcome.text;
  EXPECT_TRUE(std::filesystem::exists(folder_ / "out/avg_losses-mean_2.csv"));
}

TEST_F(Program, RunsThatFailSaySoInTheirExitCode) {
  auto job = demo("hazard_area");
  job.replace("source_model.xml", "WC1994", "WC1066");
  job.write_to(folder_.path());

  const auto outcome = run({(folder_ / "job.ini").string()});

  EXPECT_NE(outcome.exit_code, 0);
  EXPECT_THAT(outcome.text, HasSubstr("WC1066"));
  EXPECT_THAT(outcome.text, HasSubstr("source_model.xml:"));
}

TEST_F(Program, WhatRanInTheShellShowsInTheLists) {
  ASSERT_EQ(run({demo_file("hazard_area/job.ini")}).exit_code, 0);

  Service service(ServiceOptions{.data_dir = folder_ / "data"});

  EXPECT_EQ(service.status(1), "complete");
  EXPECT_EQ(service.get_array("/v1/calc/list").size(), 1u);
}

} // namespace
} // namespace oq::testing
