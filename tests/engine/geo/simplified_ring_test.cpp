// simplified_ring: the points that GEOS keeps.
#include "engine/geo/simplified_ring.hpp"

#include <geos_c.h>
#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <random>

namespace oq::engine {
namespace {

constexpr double kTolerance = 0.005; // km

std::vector<PlanePoint> simplified_by_geos(const std::vector<PlanePoint>& ring) {
  const std::unique_ptr<GEOSContextHandle_HS, void (*)(GEOSContextHandle_t)> context(GEOS_init_r(),
                                                                                     GEOS_finish_r);
  GEOSCoordSequence* line =
    GEOSCoordSeq_create_r(context.get(), static_cast<unsigned>(ring.size()), 2);
  for (unsigned i = 0; i < ring.size(); ++i)
    GEOSCoordSeq_setXY_r(context.get(), line, i, ring[i].x, ring[i].y);
  GEOSGeometry* whole = GEOSGeom_createLineString_r(context.get(), line);
  GEOSGeometry* simple = GEOSTopologyPreserveSimplify_r(context.get(), whole, kTolerance);
  const GEOSCoordSequence* points = GEOSGeom_getCoordSeq_r(context.get(), simple);
  unsigned count = 0;
  GEOSCoordSeq_getSize_r(context.get(), points, &count);
  std::vector<PlanePoint> result(count);
  for (unsigned i = 0; i < count; ++i)
    GEOSCoordSeq_getXY_r(context.get(), points, i, &result[i].x, &result[i].y);
  GEOSGeom_destroy_r(context.get(), simple);
  GEOSGeom_destroy_r(context.get(), whole);
  return result;
}

// There along one row of a mesh and back along the next, whose nodes are off a straight line by as
// much as `roughness`.
std::vector<PlanePoint> strip(std::mt19937& random, int nodes, double roughness, double width) {
  std::uniform_real_distribution<double> part(-1, 1);
  const double angle = 3 * part(random), bend = 0.3 * part(random);
  std::vector<PlanePoint> ring;
  const auto add = [&](int node, double across) {
    const double along = 2.0 * node, off = across + roughness * part(random);
    const double turn = angle + bend * node / nodes;
    ring.push_back({along * std::cos(turn) - off * std::sin(turn),
                    along * std::sin(turn) + off * std::cos(turn)});
  };
  for (int node = nodes; node-- > 0;)
    add(node, 0.0);
  for (int node = 0; node < nodes; ++node)
    add(node, width);
  ring.push_back(ring.front());
  return ring;
}

// The share of rings that rounding errors could not decide.
double compare(double roughness, double width) {
  constexpr int kRings = 500;
  std::mt19937 random(7);
  int undecided = 0;
  for (int i = 0; i < kRings; ++i) {
    const std::vector<PlanePoint> ring = strip(random, 2 + i % 40, roughness, width);
    const auto simple = simplified_ring(ring, kTolerance);
    undecided += !simple;
    if (!simple)
      continue;
    const std::vector<PlanePoint> expected = simplified_by_geos(ring);
    EXPECT_EQ(simple->size(), expected.size()) << "ring " << i;
    for (std::size_t p = 0; p < std::min(simple->size(), expected.size()); ++p) {
      EXPECT_EQ((*simple)[p].x, expected[p].x) << "ring " << i << ", point " << p;
      EXPECT_EQ((*simple)[p].y, expected[p].y) << "ring " << i << ", point " << p;
    }
  }
  return undecided / static_cast<double>(kRings);
}

TEST(SimplifiedRing, of_smooth_strips_keeps_the_points_that_geos_keeps) {
  EXPECT_LT(compare(0.0, 2.0), 0.05);
  EXPECT_LT(compare(1e-13, 2.0), 0.05);
  EXPECT_LT(compare(0.004, 2.0), 0.05);
}

TEST(SimplifiedRing, of_rough_strips_keeps_the_points_that_geos_keeps) {
  EXPECT_LT(compare(0.02, 2.0), 0.05);
  EXPECT_LT(compare(0.3, 1.0), 0.2);
}

TEST(SimplifiedRing, of_strips_that_fold_or_cross_is_what_geos_makes_or_undecided) {
  compare(0.0, 0.0);
  compare(0.004, 0.004);
  compare(0.01, 0.003);
  compare(0.5, 0.2);
}

TEST(SimplifiedRing, of_fewer_points_than_a_ring_has_is_undecided) {
  EXPECT_FALSE(simplified_ring({{0, 0}, {1, 0}, {0, 0}}, kTolerance));
}

} // namespace
} // namespace oq::engine
