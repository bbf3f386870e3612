// Tests of generalised coordinates: lines in pieces, in any order and direction, are the line.
#include "engine/rupture/gc2.hpp"

#include <gtest/gtest.h>

namespace oq::engine {
namespace {

constexpr double kKmOfDegree = kEarthRadius * kDegree;

LonLat place(double east, double north) {
  return {east / kKmOfDegree, north / kKmOfDegree};
}
Gc2Line line(double from_km, double to_km) {
  return Gc2Line({place(from_km, 0), place(to_km, 0)});
}

TEST(Gc2, OfOneLineAreTheDistancesAcrossAndAlong) {
  const Gc2 one({line(0, 40)});

  const auto at = one.at(place(50, -7));

  EXPECT_NEAR(at.t, 7, 1e-3); // on the right of a line to the east
  EXPECT_NEAR(at.u, 50, 1e-3);
  EXPECT_NEAR(one.beyond_ends(at.u), 10, 1e-3);
}

TEST(Gc2, ALineOfThreePointsIsTheLine) {
  const Gc2 one({line(0, 40)}), three({Gc2Line({place(0, 0), place(15, 0), place(40, 0)})});

  EXPECT_NEAR(three.at(place(13, 5)).t, one.at(place(13, 5)).t, 1e-9);
  EXPECT_NEAR(three.at(place(13, 5)).u, one.at(place(13, 5)).u, 1e-9);
}

TEST(Gc2, LinesInAnyOrderAndDirectionAreTheLine) {
  const Gc2 one({line(0, 60)}), parts({line(20, 60), line(20, 0)});

  for (const LonLat site : {place(-9, 4), place(33, -8), place(70, 1)}) {
    EXPECT_NEAR(parts.at(site).t, one.at(site).t, 1e-3);
    EXPECT_NEAR(parts.at(site).u, one.at(site).u, 1e-3);
  }
  EXPECT_NEAR(parts.beyond_ends(70), 10, 1e-3);
}

TEST(Gc2, OnALineAreNoDistanceAcross) {
  const Gc2 parts({line(0, 20), line(20, 60)});

  EXPECT_NEAR(parts.at(place(30, 0)).t, 0.0, 1e-15);
  // The other line counts for a thousandth.
  EXPECT_NEAR(parts.at(place(30, 0)).u, 30, 1e-2);
}

TEST(Gc2, OfABendLieBetweenThoseOfItsSides) {
  // Symmetrical about the bisector of the bend, where both sides are equally near.
  const Gc2 bend({Gc2Line({place(-30, 30), place(0, 0), place(30, 30)})});

  const auto inside = bend.at(place(0, 20));

  EXPECT_NEAR(inside.u, std::hypot(30, 30), 1e-3);
  EXPECT_LT(inside.t, 0);
  EXPECT_NEAR(bend.at(place(-10, 25)).t, bend.at(place(10, 25)).t, 1e-3);
}

} // namespace
} // namespace oq::engine
