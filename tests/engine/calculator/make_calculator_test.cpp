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

} // namespace
} // namespace oq::engine
