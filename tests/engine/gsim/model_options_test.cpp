// Arguments of regional variants, adjustments from files and quantiles of deviations.
#include "engine/gsim/deviation_quantile.hpp"
#include "engine/gsim/one_pair.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>

namespace oq::engine::testing {

namespace {

// Rock without a basin.
constexpr OnePair kPair{.mag = 7.0,
                        .rake = -90,
                        .dip = 50,
                        .ztor = 1,
                        .width = 15,
                        .rrup = 30,
                        .rjb = 28,
                        .rx = 29,
                        .ry0 = 0,
                        .vs30 = 1200,
                        .z1pt0 = 0};

LogNormal motion_of(const std::string& name, boost::json::object arguments, const Imt& imt,
                    const OnePair& pair = kPair) {
  return evaluate(name, imt, pair, std::move(arguments));
}

void expect_same(const std::string& variant, boost::json::object arguments,
                 const std::string& model, const boost::json::object& region) {
  boost::json::object all = arguments;
  for (const auto& [key, value] : region)
    all[key] = value;
  OnePair deep = kPair;
  deep.vs30 = 400;
  deep.z1pt0 = 600;
  const double plain = motion_of(variant, {}, sa(1.0), deep).ln_mean;
  const double given = motion_of(variant, std::move(arguments), sa(1.0), deep).ln_mean;

  EXPECT_EQ(given, motion_of(model, all, sa(1.0), deep).ln_mean) << variant;
  EXPECT_NE(given, plain) << variant;
}

TEST(RegionalVariants, TakeTheArgumentsOfTheirModel) {
  expect_same("ChiouYoungs2014Japan", {{"use_hw", false}}, "ChiouYoungs2014", {{"region", "JPN"}});
  expect_same("ChiouYoungs2014Italy", {{"sigma_mu_epsilon", 1.0}}, "ChiouYoungs2014",
              {{"region", "ITA"}});
  expect_same("AbrahamsonEtAl2014RegTWN", {{"sigma_mu_epsilon", -1.0}}, "AbrahamsonEtAl2014",
              {{"region", "TWN"}});
  expect_same("BooreEtAl2014LowQCaliforniaBasin", {{"sof", false}}, "BooreEtAl2014LowQ",
              {{"region", "CAL"}});
  expect_same("BooreEtAl2014JapanBasinNoSOF", {{"sigma_mu_epsilon", 1.0}}, "BooreEtAl2014",
              {{"region", "JPN"}, {"sof", false}});
}

TEST(RegionalVariants, KnowWhetherTheyHaveABasinTermToScale) {
  EXPECT_TRUE(model_of("BooreEtAl2014CaliforniaBasin", {{"usgs_basin_scaling", true}}));
  EXPECT_FALSE(make_ground_motion_model(
    {.name = "BooreEtAl2014NoSOF", .arguments = {{"usgs_basin_scaling", true}}}));
}

TEST(BackarcTaper, MustNotEndBeforeItBegins) {
  const auto is_made = [](const char* shape, double a, double b) {
    const auto model =
      make_ground_motion_model({.name = "BCHydroESHM20SInter",
                                .arguments = {{"faba_taper_model", shape}, {"a", a}, {"b", b}}});
    return static_cast<bool>(model);
  };

  EXPECT_TRUE(is_made("SFunc", -100, 100));
  EXPECT_TRUE(is_made("SFunc", 0, 0));
  EXPECT_FALSE(is_made("SFunc", 100, -100));
  EXPECT_TRUE(is_made("Gaussian", -100, 100));
  EXPECT_FALSE(is_made("Gaussian", 10, 10));
}

class DeltaGamma : public ::testing::Test {
protected:
  void TearDown() override { std::filesystem::remove(file_); }

  boost::json::object table(const std::string& text) const {
    std::ofstream(file_) << text;
    return {{"delta_gamma_tab", file_.string()}};
  }
  std::string objection(const std::string& text) const {
    const auto made =
      make_ground_motion_model({.name = "ChiouYoungs2014", .arguments = table(text)});
    return made ? "" : made.error().message;
  }

  std::filesystem::path file_ =
    std::filesystem::path(::testing::TempDir())
    / (std::string("delta_gamma_") + ::testing::UnitTest::GetInstance()->current_test_info()->name()
       + ".txt");
};

constexpr const char* kTable = "IMT c0 c1 c2 c3\n"
                               "pga 0.001 0 0 0\n"
                               "1.0 0.002 0.0004 -0.0002 0.0001\n"
                               "4.0, 0.004, 0, 0, 0\n";

TEST_F(DeltaGamma, AddsItsPolynomialOfMagnitudeTimesTheDistance) {
  OnePair larger = kPair;
  larger.mag = 8.0;
  const auto shifted = table(kTable);

  EXPECT_NEAR(motion_of("ChiouYoungs2014", shifted, sa(1.0)).ln_mean
                - motion_of("ChiouYoungs2014", {}, sa(1.0)).ln_mean,
              (0.002 + 0.0004 - 0.0002 + 0.0001) * 30, 1e-12);
  EXPECT_NEAR(motion_of("ChiouYoungs2014", shifted, sa(1.0), larger).ln_mean
                - motion_of("ChiouYoungs2014", {}, sa(1.0), larger).ln_mean,
              (0.002 + 0.0004 * 2 - 0.0002 * 4 + 0.0001 * 8) * 30, 1e-12);
}

TEST_F(DeltaGamma, IsInterpolatedInTheLogarithmOfThePeriod) {
  EXPECT_NEAR(motion_of("ChiouYoungs2014", table(kTable), sa(2.0)).ln_mean
                - motion_of("ChiouYoungs2014", {}, sa(2.0)).ln_mean,
              (0.0023 + 0.004) / 2 * 30, 1e-12);
}

TEST_F(DeltaGamma, IsScaledAsThePathOfItsRegion) {
  auto wenchuan = table(kTable);
  wenchuan["region"] = "WEN";

  EXPECT_NEAR(motion_of("ChiouYoungs2014", wenchuan, kPga).ln_mean
                - motion_of("ChiouYoungs2014Wenchuan", {}, kPga).ln_mean,
              0.7594 * 0.001 * 30, 1e-12);
}

// Spectral motions up to 0.3 s cannot be held against a PGA that has no row.
TEST_F(DeltaGamma, NeedsARowOfPgaAtShortPeriods) {
  const std::string rows = "0.2 0.001 0 0 0\n1.0 0.002 0 0 0\n";
  const auto without =
    model_of("ChiouYoungs2014", table("IMT c0 c1 c2 c3\npga 999 999 999 999\n" + rows));

  EXPECT_FALSE(without->supports(kPga));
  EXPECT_FALSE(without->supports(sa(0.3)));
  EXPECT_TRUE(without->supports(sa(0.31)));
  EXPECT_FALSE(without->supports(sa(2.0)));
}

TEST_F(DeltaGamma, SaysWhatIsWrongWithTheFile) {
  EXPECT_NE(objection("IMT c0 c1 c2\npga 0 0 0\n").find("heading"), std::string::npos);
  EXPECT_NE(objection("IMT c0 c1 c2 c3\npga 0 0 0\n").find("four numbers"), std::string::npos);
  EXPECT_NE(objection("IMT c0 c1 c2 c3\npga 0 0 0 x\n").find("'x' is not a number"),
            std::string::npos);
  EXPECT_NE(objection("IMT c0 c1 c2 c3\npga 0 0 0 0\nPGA 0 0 0 0\n").find("twice"),
            std::string::npos);
  EXPECT_NE(objection("").find("no rows"), std::string::npos);
  const auto missing = make_ground_motion_model(
    {.name = "ChiouYoungs2014", .arguments = {{"delta_gamma_tab", "/nowhere.txt"}}});
  EXPECT_NE(missing.error().message.find("no such file"), std::string::npos);
}

// With two degrees of freedom the chi-square distribution is exponential.
TEST(DeviationQuantile, IsTheRootOfAnExponentialWhenTheSpreadIsTheSquare) {
  for (const double probability : {0.05, 0.5, 0.95})
    EXPECT_NEAR(deviation_quantile(0.4, 0.16, probability),
                0.4 * std::sqrt(-std::log1p(-probability)), 1e-14);
}

// Distribution function of chi-square by the series of the incomplete gamma function.
double chi_square_below(double x, double degrees) {
  double term = 1.0, sum = 1.0;
  for (int n = 1; n < 500; ++n)
    sum += term *= (x / 2) / (degrees / 2 + n);
  return sum * std::exp(degrees / 2 * std::log(x / 2) - x / 2 - std::lgamma(degrees / 2 + 1));
}

void expect_quantile(double deviation, double mean, double spread, double probability) {
  const double scale = spread * spread / (2 * mean * mean);
  const double degrees = 2 * std::pow(mean, 4) / (spread * spread);
  EXPECT_NEAR(chi_square_below(deviation * deviation / scale, degrees), probability, 1e-10);
}

TEST(Eshm20Craton, HasQuantilesOfTheDeviationsBetweenEvents) {
  OnePair small = kPair;
  small.mag = 4.2;
  const auto tau = [&](const char* model, const OnePair& pair) {
    return motion_of("ESHM20Craton", {{"tau_quantile", 0.95}, {"tau_model", model}}, kPga, pair)
      .tau;
  };

  expect_quantile(tau("global", small), 0.4518, 0.0671, 0.95);
  expect_quantile(tau("global", kPair), 0.3508, 0.0491, 0.95);
  expect_quantile(tau("cena", small), 0.3730, 0.0688, 0.95);
  expect_quantile(tau("cena_constant", kPair), 0.3695, 0.0688, 0.95);
}

TEST(Eshm20Craton, HasQuantilesOfTheDeviationsOfOneSite) {
  OnePair small = kPair;
  small.mag = 4.2;
  const auto phi = [&](const Imt& imt, const OnePair& pair) {
    return motion_of("ESHM20Craton", {{"phi_ss_quantile", 0.05}, {"ergodic", false}}, imt, pair)
      .phi;
  };

  expect_quantile(phi(kPga, small), 0.5477, 0.0731, 0.05);
  expect_quantile(phi(sa(0.2), kPair), 0.3659, 0.0465, 0.05);
  EXPECT_NEAR(phi(sa(std::sqrt(0.2 * 0.25)), small),
              (phi(sa(0.2), small) + phi(sa(0.25), small)) / 2, 1e-14);
}

TEST(Eshm20Craton, RefusesWhatIsNoProbability) {
  for (const double probability : {0.0, 1.0, -0.5})
    EXPECT_FALSE(make_ground_motion_model(
      {.name = "ESHM20Craton", .arguments = {{"tau_quantile", probability}}}));
}

} // namespace

} // namespace oq::engine::testing
