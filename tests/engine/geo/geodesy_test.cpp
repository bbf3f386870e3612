// Tests of spherical geodesy against closed forms.
#include "engine/geo/geodesy.hpp"

#include <gtest/gtest.h>

#include <numbers>

namespace oq::engine {
namespace {

constexpr double kQuarter = kEarthRadius * std::numbers::pi / 2.0; // pole to equator, km

TEST(Geodesy, PoleToEquatorIsAQuarterOfACircle) {
  EXPECT_NEAR(great_circle_distance({12, 90}, {-70, 0}), kQuarter, 1e-9);
}

TEST(Geodesy, AzimuthOfCardinalDirections) {
  EXPECT_NEAR(azimuth({10, 0}, {10, 1}), 0.0, 1e-12);
  EXPECT_NEAR(azimuth({10, 0}, {11, 0}), 90.0, 1e-12);
  EXPECT_NEAR(azimuth({10, 0}, {10, -1}), 180.0, 1e-12);
  EXPECT_NEAR(azimuth({10, 0}, {9, 0}), 270.0, 1e-12);
}

TEST(Geodesy, AzimuthToTheSamePlaceIsBelowAFullTurn) {
  EXPECT_LT(azimuth({10, 45}, {10, 45}), 360.0);
}

TEST(Geodesy, PointAtLiesAtThatDistanceAndAzimuth) {
  const LonLat origin{179.7, 62.0};

  const LonLat reached = point_at(origin, 73.0, 250.0);

  EXPECT_NEAR(great_circle_distance(origin, reached), 250.0, 1e-9);
  EXPECT_NEAR(azimuth(origin, reached), 73.0, 1e-9);
  EXPECT_LT(reached.lon, 0.0); // across the date line
}

TEST(Geodesy, CartesianDistanceFromTheCentreShrinksWithDepth) {
  EXPECT_NEAR(norm(cartesian({33, -12}, 10.0)), kEarthRadius - 10.0, 1e-9);
}

TEST(Geodesy, DistanceToArcIsPositiveOnTheRight) {
  EXPECT_NEAR(distance_to_arc({0, 0}, 90.0, {5, -1}), kQuarter / 90.0,
              1e-9); // south of the equator
  EXPECT_NEAR(distance_to_arc({0, 0}, 90.0, {5, 1}), -kQuarter / 90.0, 1e-9);
}

TEST(Geodesy, DistanceToArcAgreesWithItsTrigonometricForm) {
  const LonLat on_arc{14.2, 41.7}, target{15.9, 40.3};
  const double strike = 312.0;

  const double turn = (azimuth(on_arc, target) - strike) * kDegree;
  const double angle = great_circle_distance(on_arc, target) / kEarthRadius;
  const double expected =
    (std::numbers::pi / 2 - std::acos(std::sin(turn) * std::sin(angle))) * kEarthRadius;

  EXPECT_NEAR(distance_to_arc(on_arc, strike, target), expected, 1e-9);
}

TEST(Geodesy, BoundingBoxAcrossTheDateLineRunsFromPositiveToNegative) {
  const BoundingBox box = bounding_box({{-179, -1}, {-178, 1}, {178, 1}, {177, -1}});

  EXPECT_EQ(box.west, 177);
  EXPECT_EQ(box.east, -178);
  EXPECT_NEAR(longitudinal_extent(box.west, box.east), 5.0, 1e-12);
}

TEST(Geodesy, HalvesRoundAwayFromZero) {
  EXPECT_EQ(round_half_away(2.5), 3.0);
  EXPECT_EQ(round_half_away(-2.5), -3.0);
  EXPECT_EQ(round_half_away(2.4), 2.0);
}

} // namespace
} // namespace oq::engine
