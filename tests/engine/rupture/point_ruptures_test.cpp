// Tests of the ruptures of a point source.
#include "engine/rupture/point_ruptures.hpp"

#include <gtest/gtest.h>

namespace oq::engine {
namespace {

PointRuptures two_planes_two_depths(ScalingRelation scaling = ScalingRelation::wc1994) {
  Source source;
  source.lower_seismogenic_depth = 20;
  source.scaling = scaling;
  PointSources points;
  points.locations = {{10, 45}};
  points.bins = {{5.0004, 0.1}, {6.0, 0.01}};
  points.planes = {{0.25, 0, 90, 0}, {0.75, 40, 50, 80}};
  points.depths = {{0.4, 5}, {0.6, 10}};
  return PointRuptures(source, points, false);
}

TEST(PointRuptures, OnePerPlaneAndDepthWithItsShareOfTheRate) {
  std::vector<PlanarRupture> ruptures;

  two_planes_two_depths().append({10, 45}, 0, ruptures);

  ASSERT_EQ(ruptures.size(), 4u);
  EXPECT_DOUBLE_EQ(ruptures[1].rate, 0.1 * 0.25 * 0.6);
  EXPECT_EQ(ruptures[1].hypo_depth, 10.0);
  EXPECT_EQ(ruptures[2].strike, 40.0);
}

TEST(PointRuptures, ModelsSeeTheMagnitudeInThreeDecimals) {
  std::vector<PlanarRupture> ruptures;

  two_planes_two_depths().append({10, 45}, 0, ruptures);

  EXPECT_EQ(ruptures[0].mag, 5.0);
}

TEST(PointRuptures, AverageWhereThereAreSeveralUnlessTheirSourceStaysWhole) {
  Source source;
  source.lower_seismogenic_depth = 20;
  PointSources points{{{10, 45}}, {{6.0, 0.01}}, {{1, 0, 90, 0}}, {{1, 5}}};
  EXPECT_FALSE(PointRuptures(source, points, false).averages());

  points.depths = {{0.4, 5}, {0.6, 10}};

  EXPECT_TRUE(PointRuptures(source, points, false).averages());
  EXPECT_FALSE(PointRuptures(source, points, false, false).averages());
}

TEST(PointRuptures, TheAverageHasTheMeanPlaneAndDepthAndTheWholeRate) {
  const PlanarRupture mean = two_planes_two_depths().averaged({10, 45}, 1);

  EXPECT_DOUBLE_EQ(mean.strike, 30.0);
  EXPECT_DOUBLE_EQ(mean.dip, 60.0);
  EXPECT_DOUBLE_EQ(mean.rake, 60.0);
  EXPECT_DOUBLE_EQ(mean.hypo_depth, 8.0);
  EXPECT_DOUBLE_EQ(mean.rate, 0.01);
}

TEST(PointRuptures, TheRadiusIsThatOfTheLargestPlane) {
  const PointRuptures ruptures = two_planes_two_depths();

  const double strike_slip =
    rupture_shape(median_area(ScalingRelation::wc1994, 6, 0), 1, 90, 20).half_diagonal;
  const double thrust =
    rupture_shape(median_area(ScalingRelation::wc1994, 6, 80), 1, 50, 20).half_diagonal;
  EXPECT_DOUBLE_EQ(ruptures.radius(1), std::max(strike_slip, thrust));
}

TEST(PointRuptures, PointsHaveNoRadius) {
  EXPECT_EQ(two_planes_two_depths(ScalingRelation::point).radius(1), 0.0);
}

} // namespace
} // namespace oq::engine
