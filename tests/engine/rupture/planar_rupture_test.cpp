// Tests of the geometry of planar ruptures.
#include "engine/rupture/planar_rupture.hpp"

#include <gtest/gtest.h>

namespace oq::engine {
namespace {

RupturePlace place(double dip, double depth) {
  RupturePlace place;
  place.location = {10, 45};
  place.depth = depth;
  place.strike = 30;
  place.dip = dip;
  place.lower_depth = 20;
  return place;
}

TEST(RuptureShape, HasTheAreaAndTheAspectRatio) {
  const RuptureShape shape = rupture_shape(200.0, 2.0, 90.0, 100.0);

  EXPECT_NEAR(shape.length * shape.width, 200.0, 1e-12);
  EXPECT_NEAR(shape.length / shape.width, 2.0, 1e-12);
}

TEST(RuptureShape, IsCutToTheSeismogenicLayerAndKeepsItsArea) {
  const RuptureShape shape = rupture_shape(1000.0, 1.0, 30.0, 5.0);

  EXPECT_NEAR(shape.width, 10.0, 1e-12); // 5 km / sin 30
  EXPECT_NEAR(shape.length * shape.width, 1000.0, 1e-9);
}

TEST(PlanarRupture, IsCentredOnTheHypocentreWhereThereIsRoom) {
  const PlanarRupture rupture = place_rupture(rupture_shape(64, 1, 90, 20), place(90, 10));

  EXPECT_NEAR(rupture.ztor, 6.0, 1e-12);
  EXPECT_NEAR(rupture.zbot, 14.0, 1e-12);
  EXPECT_NEAR(rupture.width, 8.0, 1e-9);
  EXPECT_NEAR(rupture.length, 8.0, 0.02); // on a sphere deeper edges are shorter
}

TEST(PlanarRupture, IsPushedDownBelowTheUpperDepth) {
  const PlanarRupture rupture = place_rupture(rupture_shape(64, 1, 90, 20), place(90, 1));

  EXPECT_NEAR(rupture.ztor, 0.0, 1e-12);
  EXPECT_NEAR(rupture.zbot, 8.0, 1e-12);
  EXPECT_EQ(rupture.hypo_depth, 1.0); // the hypocentre stays
}

TEST(PlanarRupture, IsPushedUpAboveTheLowerDepthAlongItsPlane) {
  const PlanarRupture rupture = place_rupture(rupture_shape(64, 1, 45, 20), place(45, 19));

  const Vector3 hypocentre = cartesian({10, 45}, 19.0);
  EXPECT_NEAR(rupture.zbot, 20.0, 1e-9);
  EXPECT_NEAR(dot(hypocentre - rupture.top_left, rupture.normal), 0.0, 0.01); // still on the plane
}

TEST(PlanarRupture, TheHypocentreFollowsTheCentreWhenAsked) {
  RupturePlace shifted = place(45, 19);
  shifted.shift_hypo = true;

  const PlanarRupture rupture = place_rupture(rupture_shape(64, 1, 45, 20), shifted);

  EXPECT_NEAR(rupture.hypo_depth, (rupture.ztor + rupture.zbot) / 2, 1e-12);
  EXPECT_GT(great_circle_distance(rupture.hypocentre, {10, 45}), 0.5);
}

TEST(PlanarRupture, DipsToTheRightOfItsStrike) {
  const PlanarRupture rupture = place_rupture(rupture_shape(64, 1, 45, 20), place(45, 10));

  const double right = dot(rupture.down_dip, right_hand_normal({10, 45}, 30.0));
  EXPECT_NEAR(right, std::sqrt(0.5), 0.001);
}

} // namespace
} // namespace oq::engine
