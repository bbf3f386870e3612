// Tests of kite surfaces, against plane geometry at the equator.
#include "engine/rupture/kite_mesh.hpp"

#include "engine/rupture/fault_ruptures.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace oq::engine {
namespace {

constexpr double kKmOfDegree = kEarthRadius * kDegree;

// A point so many km east and north of 0 E 0 N.
GeoPoint point(double east, double north, double depth) {
  return {east / kKmOfDegree, north / kKmOfDegree, depth};
}

// Dips to the north with 45 degrees; its profiles go from the east to the west.
KiteSurface slope(double length, double depth) {
  return {
    {{point(length, 0, 0), point(length, depth, depth)}, {point(0, 0, 0), point(0, depth, depth)}}};
}

TEST(KiteMesh, HasRowsAndColumnsAtWholeSteps) {
  const auto mesh = kite_mesh(slope(42, 10), {5, 3});

  ASSERT_TRUE(mesh) << mesh.error().message;
  EXPECT_EQ(mesh->cols(), 9u);
  EXPECT_EQ(mesh->rows(), 6u); // 14.14 km: what is left of five steps is less than half of one
  EXPECT_NEAR(mesh->at(0, 8).lon * kKmOfDegree, 2, 1e-3);
  EXPECT_NEAR(mesh->at(5, 0).depth, 15 / std::sqrt(2.0), 1e-3);
  EXPECT_NEAR(mesh->at(5, 0).lat * kKmOfDegree, 15 / std::sqrt(2.0), 1e-3);
}

TEST(KiteMesh, KnowsItsStrikeDipWidthAndDepths) {
  const auto mesh = kite_mesh(slope(41, 20), {5, 5});

  ASSERT_TRUE(mesh);
  const Inclination mean = kite_inclination(*mesh, mesh->whole());
  EXPECT_NEAR(mean.strike, 270, 1e-6);
  EXPECT_NEAR(mean.dip, 45, 0.02);
  EXPECT_NEAR(kite_width(*mesh, mesh->whole()), 30, 1e-3);
  EXPECT_NEAR(kite_area(*mesh, mesh->whole()), 1200, 4);
  EXPECT_NEAR(kite_depths(*mesh, mesh->whole()).bottom, 30 / std::sqrt(2.0), 1e-3);
}

TEST(KiteMesh, DipsToTheRightWhicheverWayItsProfilesCome) {
  KiteSurface turned = slope(41, 20);
  std::swap(turned.profiles.front(), turned.profiles.back());

  const auto mesh = kite_mesh(turned, {5, 5});

  ASSERT_TRUE(mesh);
  EXPECT_NEAR(kite_inclination(*mesh, mesh->whole()).strike, 270, 1e-6);
}

TEST(KiteMesh, LacksTheNodesThatAShorterProfileDoesNotReach) {
  KiteSurface kite = slope(41, 20);
  kite.profiles.push_back({point(-21, 0, 0), point(-21, 10, 10)});

  const auto mesh = kite_mesh(kite, {5, 5});

  ASSERT_TRUE(mesh);
  ASSERT_EQ(mesh->rows(), 7u);
  ASSERT_EQ(mesh->cols(), 13u);
  EXPECT_TRUE(is_node(mesh->at(3, 12)));
  EXPECT_TRUE(is_node(mesh->at(6, 8)));
  EXPECT_FALSE(is_node(mesh->at(4, 9)));
  EXPECT_NEAR(kite_area(*mesh, mesh->whole()), 40 * 30 + 20 * 15, 4);
}

TEST(KiteMesh, TurnsACornerWithStepsOfTheSpacing) {
  const KiteSurface kite{{{point(0, 0, 0), point(0, 0, 10)},
                          {point(0, 12, 0), point(0, 12, 10)},
                          {point(10, 22, 0), point(10, 22, 10)}}};

  const auto mesh = kite_mesh(kite, {5, 5});

  ASSERT_TRUE(mesh);
  for (std::size_t col = 1; col < mesh->cols(); ++col)
    EXPECT_NEAR(great_circle_distance(mesh->at(0, col - 1).surface(), mesh->at(0, col).surface()),
                5, 1e-3);
}

TEST(KiteMesh, RefusesASpacingLargerThanTheFault) {
  EXPECT_FALSE(kite_mesh(slope(4, 20), {5, 5}));
  EXPECT_FALSE(kite_mesh(slope(40, 1), {5, 5}));
  EXPECT_FALSE(kite_mesh(slope(40, 10), {1e-4, 1e-4}));
}

TEST(KiteMesh, OfASimpleFaultHasAProfileBelowEveryPointOfItsTrace) {
  const KiteSurface kite = kite_profiles({{{0, 0}, {0, 0.1}, {0, 0.3}}, 45, 2, 12});

  ASSERT_EQ(kite.profiles.size(), 3u);
  EXPECT_NEAR(kite.profiles[1][0].lon * kKmOfDegree, 2, 1e-3); // dips to the east
  EXPECT_NEAR(kite.profiles[1][1].lon * kKmOfDegree, 12, 1e-3);
  EXPECT_EQ(kite.profiles[1][1].depth, 12);
}

TEST(KiteRuptures, FloatOverAllOfTheNodesAndShareTheRate) {
  Source source;
  source.geometry = KiteFaultGeometry{slope(41, 20 * std::sqrt(0.5))};
  source.scaling = ScalingRelation::peer; // 10^(M - 4): 100 km2
  source.aspect_ratio = 1;
  source.mfd = ArbitraryMfd{{6.0}, {0.3}};

  const auto fault = FaultRuptures::make(source, {5, 5, 0, 0});

  ASSERT_TRUE(fault) << fault.error().message;
  // 9 columns and 5 rows of nodes; ruptures have 3 x 3.
  ASSERT_EQ(fault->ruptures().size(), 21u);
  EXPECT_EQ(fault->ruptures().front().window.cols, 3u);
  EXPECT_NEAR(fault->ruptures().front().rate, 0.3 / 21, 1e-15);
}

} // namespace
} // namespace oq::engine
