// Models that combine spectral motions or divide the intensity measures among others.
#include "engine/gsim/baker_jayaram_2008.hpp"
#include "engine/gsim/horizontal_component.hpp"
#include "engine/gsim/one_pair.hpp"

#include <boost/json/array.hpp>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace oq::engine::testing {

namespace {

using boost::json::array;
using boost::json::object;

constexpr Imt kAvgSa{ImtKind::avg_sa};
constexpr OnePair kPair{
  .mag = 6.3, .rake = 0, .hypo_depth = 10, .rrup = 31, .rjb = 30, .rhypo = 33, .vs30 = 500};

LogNormal motion_of(const GroundMotionModel& model, const Imt& imt) {
  const std::vector<OnePair> pairs{kPair};
  return evaluate(model, imt, Batch(pairs).view()).front();
}

object average_of(array periods) {
  return {{"gmpe_name", "BooreAtkinson2008"},
          {"avg_periods", std::move(periods)},
          {"corr_func", "baker_jayaram"}};
}

TEST(BakerJayaram2008, IsTheLogarithmOfTheRatioAbove0p109Seconds) {
  EXPECT_NEAR(baker_jayaram_2008(0.5, 2.0),
              1.0 - std::cos(std::numbers::pi / 2 - 0.366 * std::log(4.0)), 1e-12);
  EXPECT_EQ(baker_jayaram_2008(0.5, 2.0), baker_jayaram_2008(2.0, 0.5));
}

TEST(GenericGmpeAvgSA, OfOnePeriodIsItsSpectralMotion) {
  const auto model = model_of("GenericGmpeAvgSA", average_of({1.0}));
  const LogNormal alone = evaluate("BooreAtkinson2008", sa(1.0), kPair);

  ASSERT_TRUE(model);
  EXPECT_NEAR(motion_of(*model, kAvgSa).ln_mean, alone.ln_mean, 1e-12);
  EXPECT_NEAR(motion_of(*model, kAvgSa).sigma, alone.sigma, 1e-12);
}

TEST(GenericGmpeAvgSA, OfTwoPeriodsHasTheVarianceOfTheirMean) {
  const auto model = model_of("GenericGmpeAvgSA", average_of({0.5, 2.0}));
  const LogNormal a = evaluate("BooreAtkinson2008", sa(0.5), kPair);
  const LogNormal b = evaluate("BooreAtkinson2008", sa(2.0), kPair);
  const double rho = baker_jayaram_2008(0.5, 2.0);

  ASSERT_TRUE(model);
  const LogNormal mean = motion_of(*model, kAvgSa);
  EXPECT_NEAR(mean.ln_mean, (a.ln_mean + b.ln_mean) / 2, 1e-12);
  EXPECT_NEAR(mean.sigma * mean.sigma,
              (a.sigma * a.sigma + b.sigma * b.sigma + 2 * rho * a.sigma * b.sigma) / 4, 1e-12);
  EXPECT_FALSE(model->supports(kPga));
}

TEST(GenericGmpeAvgSA, RefusesPeriodsThatTheModelOrTheCorrelationDoesNotHave) {
  const auto refused = [](object arguments) {
    return !make_ground_motion_model(
      {.name = "GenericGmpeAvgSA", .arguments = std::move(arguments)});
  };

  EXPECT_TRUE(refused(average_of({})));
  EXPECT_TRUE(refused(average_of({1.0, 20.0})));
  EXPECT_TRUE(refused({{"gmpe_name", "SadighEtAl1997"},
                       {"avg_periods", array{0.02}},
                       {"corr_func", "baker_jayaram"}}));
  EXPECT_TRUE(refused({{"gmpe_name", "BooreAtkinson2008"}, {"avg_periods", array{1.0}}}));
}

TEST(MultiGmpe, AsksTheModelOfEachIntensityMeasure) {
  const auto model = model_of("MultiGMPE", {{"PGA", {{"AkkarBommer2010", object()}}},
                                            {"SA(0.1)", {{"SadighEtAl1997", object()}}}});

  ASSERT_TRUE(model);
  EXPECT_EQ(motion_of(*model, kPga).ln_mean, evaluate("AkkarBommer2010", kPga, kPair).ln_mean);
  EXPECT_EQ(motion_of(*model, sa(0.1)).ln_mean, evaluate("SadighEtAl1997", sa(0.1), kPair).ln_mean);
  EXPECT_FALSE(model->supports(sa(1.0)));
}

TEST(MultiGmpe, RefusesWhatIsNoIntensityMeasure) {
  EXPECT_FALSE(make_ground_motion_model(
    {.name = "MultiGMPE", .arguments = {{"PGX", {{"AkkarBommer2010", object()}}}}}));
  EXPECT_FALSE(make_ground_motion_model({.name = "MultiGMPE"}));
}

// Boore and Kishida (2017): RotD50 of PGA is 1.009 times the geometric mean, of long periods 1.077
// times, and half-way between 0.58 and 4.59 s the mean of 1.028 and 1.042.
TEST(ToGeometricMean, DividesRotD50ByItsRatioAtThePeriod) {
  const auto rotated = model_of("Idriss2014");
  const auto converted = to_geometric_mean(rotated);

  ASSERT_TRUE(converted);
  const auto ratio = [&](const Imt& imt) {
    return std::exp(motion_of(*rotated, imt).ln_mean - motion_of(**converted, imt).ln_mean);
  };
  EXPECT_NEAR(ratio(kPga), 1.009, 1e-12);
  EXPECT_NEAR(ratio(sa(0.05)), 1.009, 1e-12);
  EXPECT_NEAR(ratio(sa(std::sqrt(0.58 * 4.59))), 1.035, 1e-12);
  EXPECT_NEAR(ratio(sa(10.0)), 1.077, 1e-12);
}

} // namespace

} // namespace oq::engine::testing
