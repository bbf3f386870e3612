// Tests of geodesy in floats against values of NumPy 1.24.2 (x86-64 with AVX2 and FMA).
#include "engine/geo/single_precision.hpp"

#include "engine/geo/surface_mesh.hpp"

#include <gtest/gtest.h>

namespace oq::engine {
namespace {

struct Row {
  float degrees, radians, sine, cosine;
};

// numpy.radians, numpy.sin and numpy.cos of arrays of float32.
constexpr Row kRows[] = {
  {-122.0F, -0x1.108cf6p+1F, -0x1.b2335ap-1F, -0x1.0f5198p-1F},
  {38.2158F, 0x1.557feap-1F, 0x1.3cbc6ep-1F, 0x1.92457ap-1F},
  {0.001F, 0x1.24d152p-16F, 0x1.24d152p-16F, 1.0F},
  {85.0F, 0x1.7bc89cp+0F, 0x1.fe0d3cp-1F, 0x1.64fd7ap-4F},
  {-8.84F, -0x1.3bfae2p-3F, -0x1.3aba56p-3F, 0x1.f9eb0ap-1F},
  {179.99F, 0x1.9219fep+1F, 0x1.6dd110p-13F, -1.0F},
  {27.3F, 0x1.e7e908p-2F, 0x1.d5a83ap-2F, 0x1.c6f8d6p-1F},
  {-45.5F, -0x1.969786p-1F, -0x1.6d2f2ap-1F, 0x1.66dd94p-1F},
};

TEST(SinglePrecision, SineAndCosineAreThoseOfNumPy) {
  for (const Row& row : kRows) {
    EXPECT_EQ(single_precision::radians(row.degrees), row.radians) << row.degrees;
    EXPECT_EQ(single_precision::sine(row.radians), row.sine) << row.degrees;
    EXPECT_EQ(single_precision::cosine(row.radians), row.cosine) << row.degrees;
  }
}

TEST(SinglePrecision, CartesianCoordinatesAreFloats) {
  const Vector3 position = single_precision::cartesian({-122.0, 38.2158, 12.5});

  EXPECT_EQ(position.x, -0x1.4aeba8p+11);
  EXPECT_EQ(position.y, -0x1.08caacp+12);
  EXPECT_EQ(position.z, 0x1.ebb0e4p+11);
}

TEST(SinglePrecision, AzimuthBetweenNeighboursHasTheErrorOfFloats) {
  // The exact azimuth is 299.37093; the arc tangent of the C library is good to a unit in the last
  // place.
  EXPECT_NEAR(single_precision::azimuth({85.0, 27.3}, {84.98, 27.31}), 299.37999, 1e-5);
}

TEST(SinglePrecision, AMeshHasFloatsForNodes) {
  const SurfaceMesh mesh(2, 2, {{0.1, 0.1, 0.3}, {0.2, 0.1, 0.3}, {0.1, 0.1, 5}, {0.2, 0.1, 5}});

  const SurfaceMesh floats = mesh.in_single_precision();

  EXPECT_TRUE(floats.is_in_single_precision());
  EXPECT_EQ(floats.at(0, 0).lon, static_cast<double>(0.1F));
  EXPECT_EQ(floats.top_depth(floats.whole()), static_cast<double>(0.3F));
}

} // namespace
} // namespace oq::engine
