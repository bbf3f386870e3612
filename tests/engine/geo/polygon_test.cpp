// Tests of polygons on the sphere: projection, dilation, the mesh inside.
#include "engine/geo/polygon.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace oq::engine {
namespace {

const std::vector<LonLat> kSquare{{10, 45}, {10, 46}, {11, 46}, {11, 45}};

TEST(Orthographic, UnprojectUndoesProject) {
  const Orthographic projection({10, 12, 46, 44});

  const LonLat back = projection.unproject(projection.project({11.7, 44.2}));

  EXPECT_NEAR(back.lon, 11.7, 1e-12);
  EXPECT_NEAR(back.lat, 44.2, 1e-12);
}

TEST(Polygon, MeshLiesInsideInRowsFromNorthToSouth) {
  const auto polygon = Polygon::make(kSquare);
  ASSERT_TRUE(polygon);

  const auto mesh = polygon->discretized(10.0);

  ASSERT_TRUE(mesh);
  const bool inside = std::all_of(mesh->begin(), mesh->end(), [](LonLat p) {
    return p.lon > 10 && p.lon < 11 && p.lat > 44.99 && p.lat < 46.01;
  });
  EXPECT_TRUE(inside);
  EXPECT_TRUE(std::is_sorted(mesh->begin(), mesh->end(), [](LonLat a, LonLat b) {
    return a.lat > b.lat || (a.lat == b.lat && a.lon < b.lon);
  }));
}

TEST(Polygon, MeshHasOnePointASquareOfTheSpacing) {
  const auto polygon = Polygon::make(kSquare);
  ASSERT_TRUE(polygon);

  const auto mesh = polygon->discretized(2.0);

  ASSERT_TRUE(mesh);
  // Of a degree of longitude between the parallels, km2.
  const double area =
    kEarthRadius * kEarthRadius * kDegree * (std::sin(46 * kDegree) - std::sin(45 * kDegree));
  EXPECT_NEAR(static_cast<double>(mesh->size()) * 4.0, area, 0.03 * area);
}

TEST(Polygon, DilationAddsTheDistanceOnEverySide) {
  const auto polygon = Polygon::make(kSquare);
  ASSERT_TRUE(polygon);
  const auto dilated = polygon->dilated(20.0);
  ASSERT_TRUE(dilated);

  const auto mesh = dilated->discretized(5.0);

  ASSERT_TRUE(mesh);
  const double north = std::max_element(mesh->begin(), mesh->end(), [](LonLat a, LonLat b) {
                         return a.lat < b.lat;
                       })->lat;
  EXPECT_GT(north, 46.0 + 14.9 / (kEarthRadius * kDegree));
  EXPECT_LT(north, 46.0 + 20.5 / (kEarthRadius * kDegree));
}

TEST(Polygon, ASpacingWiderThanThePolygonIsAnError) {
  const auto polygon = Polygon::make(kSquare);
  ASSERT_TRUE(polygon);

  const auto mesh = polygon->discretized(1000.0);

  ASSERT_FALSE(mesh);
  EXPECT_EQ(mesh.error().code, Errc::invalid_input);
}

TEST(Polygon, ASpacingOfAMillimetreIsAnErrorAndNotAnAvalanche) {
  const auto polygon = Polygon::make(kSquare);
  ASSERT_TRUE(polygon);

  EXPECT_FALSE(polygon->discretized(1e-6));
}

TEST(Polygon, ARingThatCrossesItselfIsAnError) {
  EXPECT_FALSE(Polygon::make({{10, 45}, {11, 46}, {11, 45}, {10, 46}}));
}

TEST(Polygon, TwoPointsAreNoPolygon) {
  EXPECT_FALSE(Polygon::make({{10, 45}, {11, 46}}));
}

TEST(Polygon, APolygonAcrossTheDateLineHasAMesh) {
  const auto polygon = Polygon::make({{179.5, -0.5}, {179.5, 0.5}, {-179.5, 0.5}, {-179.5, -0.5}});
  ASSERT_TRUE(polygon);

  const auto mesh = polygon->discretized(20.0);

  ASSERT_TRUE(mesh);
  EXPECT_TRUE(std::any_of(mesh->begin(), mesh->end(), [](LonLat p) {
    return p.lon < 0;
  }));
  EXPECT_TRUE(std::any_of(mesh->begin(), mesh->end(), [](LonLat p) {
    return p.lon > 0;
  }));
}

} // namespace
} // namespace oq::engine
