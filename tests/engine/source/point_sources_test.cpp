// Tests of how sources become points.
#include "engine/source/point_sources.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace oq::engine {
namespace {

Source point() {
  Source source;
  source.id = "p1";
  source.where = "model.xml:7";
  source.geometry = PointGeometry{{10, 45}};
  source.lower_seismogenic_depth = 15;
  source.mfd = TruncatedGutenbergRichter{4.0, 1.0, 5.0, 6.0};
  source.nodal_planes = {{1.0, 30.0, 60.0, 90.0}};
  source.depths = {{1.0, 8.0}};
  return source;
}

Source area() {
  Source source = point();
  source.geometry = AreaGeometry{{{10, 45}, {10, 46}, {11, 46}, {11, 45}}, 0};
  return source;
}

// Of a source that is one run of points.
Result<PointSources> points_of(const Source& source, const Discretization& discretization) {
  OQ_TRY(auto runs, point_sources(source, discretization));
  if (runs.size() != 1)
    return Error{Errc::internal, "not one run of points", ""};
  return std::move(runs.front());
}

TEST(PointSources, TheRatesOfAnAreaAreSharedAmongItsPoints) {
  const auto points = points_of(area(), {0.5, 20.0});

  ASSERT_TRUE(points);
  double total = 0;
  for (const MagnitudeRate& bin : points->bins)
    total += bin.rate * static_cast<double>(points->locations.size());
  EXPECT_NEAR(total, std::pow(10.0, -1.0) - std::pow(10.0, -2.0), 1e-12);
}

TEST(PointSources, AGeometrysOwnDiscretizationWins) {
  Source source = area();
  std::get<AreaGeometry>(source.geometry).discretization_km = 50;

  const auto coarse = points_of(source, {0.5, 5.0});
  const auto fine = points_of(area(), {0.5, 5.0});

  ASSERT_TRUE(coarse && fine);
  EXPECT_LT(coarse->locations.size(), fine->locations.size() / 50);
}

TEST(PointSources, EqualPlanesAndDepthsAreMerged) {
  Source source = point();
  source.nodal_planes = {{0.3, 30, 60, 90}, {0.5, 40, 60, 90}, {0.2, 30, 60, 90}};
  source.depths = {{0.5, 8}, {0.5, 8}};

  const auto points = points_of(source, {0.5, 0});

  ASSERT_TRUE(points);
  ASSERT_EQ(points->planes.size(), 2u);
  EXPECT_DOUBLE_EQ(points->planes[0].probability, 0.5);
  EXPECT_EQ(points->plane_depths(), 2u);
}

TEST(PointSources, AnAreaWithoutDiscretizationIsAnErrorThatNamesTheSource) {
  const auto points = points_of(area(), {0.5, 0});

  ASSERT_FALSE(points);
  EXPECT_EQ(points.error().where, "model.xml:7");
  EXPECT_NE(points.error().message.find("'p1'"), std::string::npos);
}

TEST(PointSources, PointsWithDistributionsOfTheirOwnKeepThem) {
  Source source = point();
  source.geometry = MultiPointGeometry{{{10, 45}, {11, 45}, {12, 45}}};
  source.mfd = MultiMfd{{IncrementalMfd{5.0, 0.1, {0.1}}, IncrementalMfd{5.0, 0.1, {0.1}},
                         IncrementalMfd{6.0, 0.1, {0.2}}}};

  const auto runs = point_sources(source, {0.5, 0});

  ASSERT_TRUE(runs);
  ASSERT_EQ(runs->size(), 2u);
  EXPECT_EQ((*runs)[0].locations.size(), 2u);
  EXPECT_EQ((*runs)[1].locations.front().lon, 12.0);
  EXPECT_EQ((*runs)[1].bins.front().magnitude, 6.0);
}

TEST(PointSources, OneDistributionServesAllPoints) {
  Source source = point();
  source.geometry = MultiPointGeometry{{{10, 45}, {11, 45}}};
  source.mfd = MultiMfd{{IncrementalMfd{5.0, 0.1, {0.1}}}};

  const auto points = points_of(source, {0.5, 0});

  ASSERT_TRUE(points);
  EXPECT_EQ(points->locations.size(), 2u);
}

TEST(PointSources, ADepthOutsideTheSeismogenicLayerIsAnError) {
  Source source = point();
  source.depths = {{1.0, 16.0}};

  EXPECT_FALSE(points_of(source, {0.5, 0}));
}

TEST(PointSources, ADipOfZeroIsAnError) {
  Source source = point();
  source.nodal_planes = {{1.0, 30.0, 0.0, 90.0}};

  EXPECT_FALSE(points_of(source, {0.5, 0}));
}

} // namespace
} // namespace oq::engine
