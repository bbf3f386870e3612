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

TEST(BetweenEventResiduals, OfFullCorrelationAreEqualForAllMeasures) {
  const std::vector<Imt> imts{kPga, sa(1.0)};
  auto residuals = BetweenEventResiduals::make("full", imts, 3);
  ASSERT_TRUE(residuals);
  Pcg64 generator(42);

  const auto drawn = residuals->draw(generator, 2);

  EXPECT_EQ(drawn[0], drawn[2]);
  EXPECT_EQ(drawn[1], drawn[3]);
  EXPECT_NE(drawn[0], drawn[1]);
}

TEST(BetweenEventResiduals, LeaveResidualsWithinEventsUntruncatedWhenCorrelated) {
  const std::vector<Imt> imts{kPga, sa(1.0)};

  EXPECT_EQ(BetweenEventResiduals::make("full", imts, 3)->within_truncation(3), 3);
  EXPECT_EQ(BetweenEventResiduals::make("GodaAtkinson2009", imts, 3)->within_truncation(3), 99);
}

TEST(BetweenEventResiduals, RefusesAnUnknownRelation) {
  const std::vector<Imt> imts{kPga};

  const auto residuals = BetweenEventResiduals::make("Nobody2001", imts, 3);

  ASSERT_FALSE(residuals);
  EXPECT_EQ(residuals.error().code, Errc::invalid_input);
}

} // namespace
} // namespace oq::engine
