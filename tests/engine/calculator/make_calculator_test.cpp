// Tests of the way from a job to its calculator.
#include "engine/calculator/calculator.hpp"

#include <gtest/gtest.h>

namespace oq::engine {
namespace {

TEST(MakeCalculator, AModeWithoutCalculatorIsAnErrorThatListsTheOthers) {
  CalculatorInputs inputs;
  inputs.job.mode = CalculationMode::event_based;

  const auto calculator = make_calculator(std::move(inputs));

  ASSERT_FALSE(calculator);
  EXPECT_EQ(calculator.error().code, Errc::invalid_input);
  EXPECT_NE(calculator.error().message.find("'event_based'"), std::string::npos);
  EXPECT_NE(calculator.error().message.find("classical_risk"), std::string::npos);
}

TEST(MakeCalculator, AClassicalJobWithoutSitesIsAnError) {
  CalculatorInputs inputs;
  inputs.job.ini = "/somewhere/job.ini";

  const auto calculator = make_calculator(std::move(inputs));

  ASSERT_FALSE(calculator);
  EXPECT_EQ(calculator.error().code, Errc::invalid_input);
}

Job job_with(const std::string& option, const std::string& value) {
  Job job;
  job.ini = "/somewhere/job.ini";
  job.raw.push_back({option, value, 7});
  return job;
}

TEST(MakeCalculator, AnOptionThatWouldChangeTheNumbersIsNotIgnored) {
  const auto calculator =
    make_calculator({job_with("postproc_func", "compute_mrd.main"), nullptr, {}});

  ASSERT_FALSE(calculator);
  EXPECT_EQ(calculator.error().where, "job.ini:7");
  EXPECT_NE(calculator.error().message.find("postproc_func = compute_mrd.main is not supported"),
            std::string::npos);
}

TEST(MakeCalculator, AnOptionThatIsSwitchedOffDoesNotMatter) {
  const auto calculator =
    make_calculator({job_with("horiz_comp_to_geom_mean", "False"), nullptr, {}});

  ASSERT_FALSE(calculator); // the job has no sites
  EXPECT_EQ(calculator.error().message.find("horiz_comp"), std::string::npos);
}

TEST(MakeCalculator, AnInputThatIsNotReadIsAnError) {
  Job job = job_with("delta_rates_file", "delta.csv");
  job.inputs["delta_rates"] = {"/somewhere/delta.csv"};

  const auto calculator = make_calculator({std::move(job), nullptr, {}});

  ASSERT_FALSE(calculator);
  EXPECT_EQ(calculator.error().where, "job.ini:7");
  EXPECT_EQ(calculator.error().message, "delta_rates_file is not supported yet");
}

TEST(MakeCalculator, AJobLargerThanTheMemoryGivenHasTiles) {
  auto job = read_job(OQ_SOURCE_DIR "/demos/hazard_area/job.ini");
  ASSERT_TRUE(job) << job.error().text();
  CalculatorInputs inputs{*std::move(job), nullptr, {}};
  inputs.memory = 200e3;

  const auto calculator = make_calculator(std::move(inputs));

  ASSERT_TRUE(calculator) << calculator.error().text();
  EXPECT_GT((*calculator)->tiles(), 1u);
}

TEST(MakeCalculator, AJobOfWhichNoSiteFitsIsRefusedWithTheFigure) {
  auto job = read_job(OQ_SOURCE_DIR "/demos/hazard_area/job.ini");
  ASSERT_TRUE(job) << job.error().text();
  CalculatorInputs inputs{*std::move(job), nullptr, {}};
  inputs.memory = 10e3;

  const auto calculator = make_calculator(std::move(inputs));

  ASSERT_FALSE(calculator);
  EXPECT_EQ(calculator.error().code, Errc::invalid_input);
  EXPECT_NE(calculator.error().message.find("more than the 9.8 KiB given"), std::string::npos)
    << calculator.error().message;
}

} // namespace
} // namespace oq::engine
