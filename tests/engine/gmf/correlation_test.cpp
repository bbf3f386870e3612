// Correlations of residuals: published values and closed forms.
#include "engine/gmf/cross_correlation.hpp"
#include "engine/gmf/spatial_correlation.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace oq::engine {
namespace {

SiteCollection two_sites(double degrees_apart) {
  SiteCollection sites;
  sites.lon = {0, degrees_apart};
  sites.lat = {0, 0};
  sites.depth = {0, 0};
  return sites;
}

// Residuals (1, 0) of two sites and one event, correlated.
std::vector<double> correlated(const SpatialCorrelation& model, const Imt& imt) {
  const std::vector<std::uint32_t> reached{0, 1};
  const std::vector<double> phi{1, 1};
  std::vector<double> residuals{1, 0};
  EXPECT_TRUE(model.apply(imt, reached, phi, 1, residuals));
  return residuals;
}

TEST(Cholesky, FactorsA2x2MatrixInClosedForm) {
  const auto factor = cholesky({4, 2, 2, 5}, 2);

  ASSERT_TRUE(factor);
  EXPECT_EQ(*factor, (std::vector<double>{2, 0, 1, 2}));
}

TEST(Cholesky, RefusesAMatrixThatIsNotPositiveDefinite) {
  const auto factor = cholesky({1, 2, 2, 1}, 2);

  ASSERT_FALSE(factor);
  EXPECT_EQ(factor.error().code, Errc::numeric_failure);
}

TEST(JayaramBaker2009, CorrelatesPgaWithARangeOf40p7KmWhereVs30IsClustered) {
  constexpr double kKmPerDegree = 6371.0 * 3.14159265358979323846 / 180.0;
  const auto model = jayaram_baker_2009(two_sites(10 / kKmPerDegree), true);

  const auto residuals = correlated(*model, kPga);

  EXPECT_NEAR(residuals[1], std::exp(-3 * 10 / 40.7), 1e-12);
}

TEST(JayaramBaker2009, CorrelatesASecondOfPeriodAlikeWithAndWithoutClusters) {
  const auto clustered = jayaram_baker_2009(two_sites(0.1), true);
  const auto scattered = jayaram_baker_2009(two_sites(0.1), false);

  EXPECT_EQ(correlated(*clustered, sa(1.0)), correlated(*scattered, sa(1.0)));
  EXPECT_NE(correlated(*clustered, sa(0.5)), correlated(*scattered, sa(0.5)));
}

// The reference engine's residuals of PGV, regressed on the draws, give 22.000 km.
TEST(JayaramBaker2009, CorrelatesPgvWithARangeOf22KmWithAndWithoutClusters) {
  EXPECT_EQ(jayaram_baker_range(kPgv, true), 22.0);
  EXPECT_EQ(jayaram_baker_range(kPgv, false), 22.0);
}

TEST(JayaramBaker2009, DoesNotChangeTheSpreadOfASite) {
  const auto model = jayaram_baker_2009(two_sites(0.05), true);
  const std::vector<std::uint32_t> reached{1}; // the other residual is 0
  const std::vector<double> phi{2};
  std::vector<double> residuals{1};

  ASSERT_TRUE(model->apply(kPga, reached, phi, 1, residuals));

  const double rho = std::exp(-3 * 0.05 * 6371.0 * 3.14159265358979323846 / 180.0 / 40.7);
  EXPECT_NEAR(residuals[0], 2 * std::sqrt(1 - rho * rho), 1e-12);
}

TEST(GodaAtkinson2009, IsOneForEqualPeriodsAndSymmetric) {
  EXPECT_EQ(goda_atkinson_2009(0.3, 0.3), 1);
  EXPECT_EQ(goda_atkinson_2009(0.1, 2.0), goda_atkinson_2009(2.0, 0.1));
  EXPECT_LT(goda_atkinson_2009(0.1, 2.0), goda_atkinson_2009(0.1, 0.2));
}

// Bradley (2012), table 2.
TEST(Bradley2012, CorrelatesVelocityWithPeakAccelerationAndAllPeriods) {
  EXPECT_DOUBLE_EQ(bradley_2012_pgv(0), 0.733);
  EXPECT_NEAR(bradley_2012_pgv(0.1), bradley_2012_pgv(0.1001), 3e-3); // branches meet
}

TEST(CrossCorrelation, OfFullCorrelationAreEqualForAllMeasures) {
  const std::vector<Imt> imts{kPga, sa(1.0)};
  auto residuals = CrossCorrelation::make("full", imts, 3);
  ASSERT_TRUE(residuals);
  Pcg64 generator(42);

  const auto drawn = residuals->draw_between(generator, 2);

  EXPECT_EQ(drawn[0], drawn[2]);
  EXPECT_EQ(drawn[1], drawn[3]);
  EXPECT_NE(drawn[0], drawn[1]);
}

TEST(CrossCorrelation, LeaveResidualsWithinEventsUntruncatedWhenCorrelated) {
  const std::vector<Imt> imts{kPga, sa(1.0)};

  EXPECT_EQ(CrossCorrelation::make("full", imts, 3)->within_truncation(3), 3);
  EXPECT_EQ(CrossCorrelation::make("GodaAtkinson2009", imts, 3)->within_truncation(3), 99);
}

// Sums over many draws: the correlation of two rows of residuals.
double correlation_of(std::span<const double> a, std::span<const double> b) {
  double ab = 0, aa = 0, bb = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    ab += a[i] * b[i];
    aa += a[i] * a[i];
    bb += b[i] * b[i];
  }
  return ab / std::sqrt(aa * bb);
}

// Baker and Jayaram (2008), equation 10, of 0.5 and 2 s: 1 - cos(pi/2 - 0.366 ln 4) = 1 - sin(…).
const double kHalfAndTwoSeconds = 1 - std::sin(0.366 * std::log(4.0));

TEST(CrossCorrelation, OfTotalResidualsIsThatOfBothParts) {
  const std::vector<Imt> imts{sa(0.5), sa(2.0)};
  const auto relation = CrossCorrelation::make("BakerJayaram2008", imts, 3);
  ASSERT_TRUE(relation) << relation.error().text();
  constexpr std::size_t kDraws = 100'000;
  Pcg64 generator(1);
  const auto between = relation->draw_between(generator, kDraws);
  const auto independent = CrossCorrelation::make("no", imts, 99)->draw_between(generator, kDraws);
  std::vector<std::vector<double>> within{{independent.begin(), independent.begin() + kDraws},
                                          {independent.begin() + kDraws, independent.end()}};
  relation->correlate_within(within);

  // Four standard errors.
  EXPECT_NEAR(correlation_of(std::span(between).first(kDraws), std::span(between).last(kDraws)),
              kHalfAndTwoSeconds, 0.01);
  EXPECT_NEAR(correlation_of(within[0], within[1]), kHalfAndTwoSeconds, 0.01);
}

TEST(CrossCorrelation, OfTotalResidualsTakesPeakAccelerationForTheShortestPeriod) {
  const std::vector<Imt> imts{kPga, sa(0.01)}, velocity{kPga, kPgv};
  Pcg64 generator(1);
  const auto drawn =
    CrossCorrelation::make("BakerJayaram2008", imts, 3)->draw_between(generator, 1);

  EXPECT_NEAR(drawn[0], drawn[1], 1e-6);
  EXPECT_FALSE(CrossCorrelation::make("BakerJayaram2008", velocity, 3));
}

TEST(CrossCorrelation, BetweenEventsLeavesResidualsWithinEventsAlone) {
  std::vector<std::vector<double>> within{{1, 2}, {3, 4}};
  const auto as_they_were = within;
  const std::vector<Imt> imts{sa(0.5), sa(2.0)};

  CrossCorrelation::make("GodaAtkinson2009", imts, 3)->correlate_within(within);

  EXPECT_EQ(within, as_they_were);
}

TEST(CrossCorrelation, RefusesAnUnknownRelation) {
  const std::vector<Imt> imts{kPga};

  const auto residuals = CrossCorrelation::make("Nobody2001", imts, 3);

  ASSERT_FALSE(residuals);
  EXPECT_EQ(residuals.error().code, Errc::invalid_input);
}

} // namespace
} // namespace oq::engine
