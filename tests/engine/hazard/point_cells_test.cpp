// Tests of the grid that gathers point sources.
#include "engine/hazard/point_cells.hpp"

#include <gtest/gtest.h>

namespace oq::engine {
namespace {

PointRuptures source_at(std::vector<LonLat> locations, double rate, double strike) {
  Source source;
  source.lower_seismogenic_depth = 20;
  source.aspect_ratio = 1;
  PointSources points;
  points.locations = std::move(locations);
  points.bins = {{5.0, rate}, {6.0, rate}};
  points.planes = {{1.0, strike, 90, 0}};
  points.depths = {{1.0, 10}};
  return {source, std::move(points), false};
}

TEST(PointCells, GatherWhatFallsInOneCell) {
  const std::vector sources{source_at({{10, 45}, {10.1, 45.1}, {12, 46}}, 0.01, 0)};

  const auto cells = point_cells(sources, 50);

  ASSERT_EQ(cells.size(), 2u);
  EXPECT_EQ(cells[0].members.size(), 2u);
  EXPECT_TRUE(cells[0].mean);
  EXPECT_FALSE(cells[1].mean);
}

TEST(PointCells, TheMeanIsWeightedWithTheTotalRates) {
  const std::vector sources{source_at({{10, 45}}, 0.03, 20), source_at({{10.1, 45.1}}, 0.01, 60),
                            source_at({{12, 46}}, 0.01, 0)};

  const auto cells = point_cells(sources, 50);

  const PointRuptures& mean = *cells.front().mean;
  EXPECT_DOUBLE_EQ(mean.mean_plane().strike, 30);
  EXPECT_DOUBLE_EQ(mean.locations().front().lon, 10.025);
  ASSERT_EQ(mean.bins().size(), 2u);
  EXPECT_DOUBLE_EQ(mean.bins()[0].rate, 0.04);
}

TEST(PointCells, PointsOnALineStayAsTheyAre) {
  const std::vector sources{source_at({{10, 45}, {10.1, 45}, {10.2, 45}}, 0.01, 0)};

  const auto cells = point_cells(sources, 50);

  EXPECT_EQ(cells.size(), 3u);
  EXPECT_FALSE(cells[0].mean);
}

TEST(PointCells, KeepEveryLocationOnce) {
  std::vector<LonLat> locations;
  for (int i = 0; i < 20; ++i)
    for (int j = 0; j < 20; ++j)
      locations.push_back({10 + 0.13 * i, 45 + 0.11 * j});
  const std::vector sources{source_at(locations, 0.01, 0)};

  std::size_t members = 0;
  for (const PointCell& cell : point_cells(sources, 30))
    members += cell.members.size();

  EXPECT_EQ(members, locations.size());
}

} // namespace
} // namespace oq::engine
