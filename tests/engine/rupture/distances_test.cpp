// Tests of rupture distances against their definitions.
#include "engine/rupture/distances.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace oq::engine {
namespace {

// km; meridians converge, so that lines through the corners are not parallel to those through the
// centre.
constexpr double kConvergence = 0.15;

// A rupture 20 km long and wide, dipping 40 degrees, and sites on a grid around it.
class Distances : public ::testing::Test {
protected:
  Distances() {
    RupturePlace place;
    place.location = {10, 45};
    place.depth = 10;
    place.strike = 65;
    place.dip = 40;
    place.lower_depth = 30;
    rupture_ = place_rupture(rupture_shape(400, 1, 40, 30), place);
    for (double lon = 9.4; lon < 10.6; lon += 0.1)
      for (double lat = 44.55; lat < 45.5; lat += 0.1) {
        sites_.lon.push_back(lon);
        sites_.lat.push_back(lat);
        sites_.depth.push_back(-0.3);
      }
    all_.resize(sites_.size());
    std::iota(all_.begin(), all_.end(), 0u);
  }

  std::vector<double> rrup() const {
    std::vector<double> out(all_.size());
    rupture_distance(rupture_, SitePoints(sites_, 0, sites_.size()), all_, out);
    return out;
  }

  std::vector<double> other(std::span<double> DistanceColumns::*column) const {
    std::vector<double> out(all_.size());
    DistanceColumns columns;
    columns.*column = out;
    other_distances(rupture_, SitePoints(sites_, 0, sites_.size()), all_, columns);
    return out;
  }

  // The least distance to points spread over the rectangle.
  double searched(std::size_t site) const {
    const Vector3 position = cartesian({sites_.lon[site], sites_.lat[site]}, sites_.depth[site]);
    double least = HUGE_VAL;
    for (int i = 0; i <= 400; ++i)
      for (int j = 0; j <= 400; ++j) {
        const Vector3 point = rupture_.top_left
                              + (rupture_.length * i / 400.0) * rupture_.along_strike
                              + (rupture_.width * j / 400.0) * rupture_.down_dip;
        least = std::min(least, norm(position - point));
      }
    return least;
  }

  PlanarRupture rupture_;
  SiteCollection sites_;
  std::vector<std::uint32_t> all_;
};

TEST_F(Distances, RruptureIsTheLeastDistanceToTheRectangle) {
  const std::vector<double> distances = rrup();

  for (std::size_t site = 0; site < all_.size(); site += 7)
    EXPECT_NEAR(distances[site], searched(site), 2e-3) << site;
}

TEST_F(Distances, RjbIsZeroExactlyAboveTheRupture) {
  const std::vector<double> rjb = other(&DistanceColumns::rjb);

  for (std::size_t site = 0; site < all_.size(); ++site) {
    const Vector3 from = cartesian({sites_.lon[site], sites_.lat[site]}, 0.0) - rupture_.top_left;
    // Straight down to the plane and along it.
    const Vector3 down = cartesian({10, 45}, 1.0) - cartesian({10, 45}, 0.0);
    const double fall = -dot(from, rupture_.normal) / dot(down, rupture_.normal);
    const Vector3 below = from + fall * down;
    const double along = dot(below, rupture_.along_strike);
    const double across = dot(below, rupture_.down_dip);
    const double margin =
      std::min(std::min(along, rupture_.length - along), std::min(across, rupture_.width - across));
    if (std::fabs(margin) > 0.2) {
      EXPECT_EQ(rjb[site] == 0.0, margin > 0) << site;
    }
  }
}

TEST_F(Distances, RjbIsNeverAboveRrup) {
  const std::vector<double> rjb = other(&DistanceColumns::rjb), distances = rrup();

  for (std::size_t site = 0; site < all_.size(); ++site)
    EXPECT_LE(rjb[site], distances[site] + 0.05) << site;
}

TEST_F(Distances, RxIsTheSignedDistanceToTheTopEdgesGreatCircle) {
  const std::vector<double> rx = other(&DistanceColumns::rx);
  const LonLat strike_line = point_at({10, 45}, 65.0, 0.0);

  // The centre lies on the down-dip side, half the horizontal width from the top edge.
  for (std::size_t site = 0; site < all_.size(); ++site) {
    const LonLat place{sites_.lon[site], sites_.lat[site]};
    const double to_centre_line = distance_to_arc(strike_line, 65.0, place);
    EXPECT_NEAR(rx[site], to_centre_line + 10.0 * std::cos(40 * kDegree), kConvergence) << site;
  }
}

TEST_F(Distances, Ry0IsTheExcessBeyondTheEndsAlongStrike) {
  const std::vector<double> ry0 = other(&DistanceColumns::ry0);

  for (std::size_t site = 0; site < all_.size(); ++site) {
    const LonLat place{sites_.lon[site], sites_.lat[site]};
    const double along = distance_to_arc({10, 45}, 155.0, place);
    EXPECT_NEAR(ry0[site], std::max(std::fabs(along) - 10.0, 0.0), kConvergence) << site;
  }
}

TEST_F(Distances, HypocentralDistanceCombinesEpicentralAndDepth) {
  const std::vector<double> rhypo = other(&DistanceColumns::rhypo);
  const std::vector<double> repi = other(&DistanceColumns::repi);

  for (std::size_t site = 0; site < all_.size(); ++site) {
    const double horizontal = great_circle_distance({10, 45}, {sites_.lon[site], sites_.lat[site]});
    EXPECT_NEAR(repi[site], horizontal, 1e-9) << site;
    EXPECT_NEAR(rhypo[site], std::hypot(horizontal, 10.3), 1e-9) << site;
  }
}

} // namespace
} // namespace oq::engine
