// Fragility models: values in closed form, and what readers refuse and where.
#include "engine/risk/fragility.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace oq::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Result<FragilityModel> read(const std::string& body) {
  return read_fragility_model(
    {"fragility", "", "f.xml",
     "<nrml xmlns=\"http://openquake.org/xmlns/nrml/0.5\">\n<fragilityModel>\n"
     "<limitStates>slight complete</limitStates>\n"
       + body + "\n</fragilityModel></nrml>"},
    "structural");
}

// The function starts in line 4 of the file.
std::string continuous(const std::string& limit) {
  return "<fragilityFunction id=\"W\" format=\"continuous\" shape=\"logncdf\">"
         "<imls imt=\"PGA\" minIML=\"0.1\" maxIML=\"1.5\""
         + limit
         + "/><params ls=\"slight\" mean=\"0.2\" stddev=\"0.1\"/>"
           "<params ls=\"complete\" mean=\"0.5\" stddev=\"0.25\"/></fragilityFunction>";
}
std::string discrete(const std::string& levels, const std::string& slight,
                     const std::string& complete) {
  return "<fragilityFunction id=\"W\" format=\"discrete\"><imls imt=\"PGA\"" + levels
         + "</imls>\n<poes ls=\"slight\">" + slight + "</poes>\n<poes ls=\"complete\">" + complete
         + "</poes></fragilityFunction>";
}

void expect_refused(const std::string& body, const std::string& where, const std::string& why) {
  const auto model = read(body);
  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().where, where);
  EXPECT_THAT(model.error().message, HasSubstr(why));
}

TEST(Fragility, OfContinuousFunctionIsAHalfAtTheMedian) {
  const auto model = read(continuous(""));
  ASSERT_TRUE(model);

  const double median = 0.04 / std::sqrt(0.01 + 0.04);

  EXPECT_NEAR(model->find("W")->exceedance(0, median), 0.5, 1e-12);
}

TEST(Fragility, OfContinuousFunctionIsConstantOutsideItsIntensities) {
  const auto model = read(continuous(""));
  const auto* function = model->find("W");

  EXPECT_EQ(function->exceedance(1, 0.05), function->exceedance(1, 0.1));
  EXPECT_EQ(function->exceedance(1, 9), function->exceedance(1, 1.5));
  EXPECT_EQ(function->exceedance(1, 0), 0);
}

TEST(Fragility, IsZeroUpToTheNoDamageLimit) {
  const auto model = read(continuous(" noDamageLimit=\"0.3\""));

  EXPECT_EQ(model->find("W")->exceedance(0, 0.3), 0);
  EXPECT_GT(model->find("W")->exceedance(0, 0.31), 0);
}

TEST(Fragility, OfDiscreteFunctionIsLinearBetweenPoints) {
  const auto model = read(discrete(">0.2 0.4", "0.1 0.5", "0 0.3"));

  EXPECT_NEAR(model->find("W")->exceedance(0, 0.3), 0.3, 1e-12);
  EXPECT_EQ(model->find("W")->exceedance(0, 2), 0.5);
}

TEST(Fragility, OfDiscreteFunctionRisesFromTheNoDamageLimit) {
  const auto model = read(discrete(" noDamageLimit=\"0.1\">0.2 0.4", "0.1 0.5", "0 0.3"));

  EXPECT_THAT(model->find("W")->levels, ElementsAre(0.1, 0.2, 0.4));
  EXPECT_NEAR(model->find("W")->exceedance(0, 0.15), 0.05, 1e-12);
}

TEST(Fragility, RefinesTheLevelsOfADiscreteFunction) {
  const auto model = read(discrete(">0.2 0.4", "0.1 0.5", "0 0.3"));

  EXPECT_EQ(model->find("W")->refined_levels(4, 0).size(), 5U);
}

TEST(Fragility, RefusesProbabilitiesAboveOne) {
  expect_refused(discrete(">0.2 0.4", "0.1 1.5", "0 0.3"), "f.xml:5", "[0, 1]");
}

TEST(Fragility, RefusesFewerProbabilitiesThanIntensities) {
  expect_refused(discrete(">0.2 0.4", "0.1", "0 0.3"), "f.xml:5", "1 probabilities for 2");
}

TEST(Fragility, RefusesOtherLimitStates) {
  expect_refused("<fragilityFunction id=\"W\" format=\"discrete\"><imls imt=\"PGA\">0.1 0.2</imls>"
                 "<poes ls=\"slight\">0 1</poes></fragilityFunction>",
                 "f.xml:4", "slight, complete");
}

TEST(Fragility, RefusesTheSameIdTwice) {
  expect_refused(continuous("") + "\n" + continuous(""), "f.xml:5", "is there already");
}

} // namespace
} // namespace oq::engine
