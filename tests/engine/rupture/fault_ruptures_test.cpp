// Tests of fault meshes, of ruptures on them and of their distances, against plane geometry.
#include "engine/rupture/fault_ruptures.hpp"

#include "engine/geo/surface_outline.hpp"
#include "engine/rupture/complex_windows.hpp"
#include "engine/rupture/fault_mesh.hpp"
#include "engine/rupture/mesh_distances.hpp"

#include <gtest/gtest.h>

#include <numeric>

namespace oq::engine {
namespace {

constexpr double kKmOfDegree = kEarthRadius * kDegree;

// Along the equator from 0 E: eastwards, so that it dips to the south.
SimpleFaultGeometry equator(double length_km, double dip) {
  return {{{0, 0}, {length_km / kKmOfDegree, 0}}, dip, 0, 10};
}

Source simple_fault(double dip = 90) {
  Source source;
  source.id = "f1";
  source.where = "model.xml:9";
  source.geometry = equator(40, dip);
  source.scaling = ScalingRelation::peer;
  source.aspect_ratio = 2;
  source.rake = 90;
  source.mfd = ArbitraryMfd{{5.7, 7.0}, {0.1, 0.01}};
  return source;
}

TEST(FaultMesh, NodesOfAVerticalFaultAreASpacingApart) {
  const auto mesh = simple_fault_mesh(equator(40, 90), 5);

  ASSERT_TRUE(mesh);
  EXPECT_EQ(mesh->cols(), 9u);
  EXPECT_EQ(mesh->rows(), 3u);
  EXPECT_NEAR(mesh->at(2, 8).lon * kKmOfDegree, 40, 1e-3);
  EXPECT_NEAR(mesh->at(2, 8).depth, 10, 1e-9);
}

TEST(FaultMesh, ADippingFaultKeepsTheSpacingAndNotTheLowerDepth) {
  const auto mesh = simple_fault_mesh(equator(40, 45), 5); // 14.14 km wide: three cells

  ASSERT_TRUE(mesh);
  EXPECT_EQ(mesh->rows(), 4u);
  EXPECT_NEAR(mesh->at(3, 0).depth, 15 / std::sqrt(2.0), 2e-2);
  EXPECT_LT(mesh->at(3, 0).lat, 0);
}

TEST(FaultMesh, ABendIsPassedWithStepsOfTheSpacing) {
  const std::vector<LonLat> trace{{0, 0}, {0.1, 0}, {0.1, 0.2}};

  const auto samples = resampled_trace(trace, 5);

  for (std::size_t i = 1; i < samples.size(); ++i)
    EXPECT_NEAR(great_circle_distance(samples[i - 1], samples[i]), 5, 1e-3);
}

TEST(FaultMesh, MeanAnglesAreThoseOfThePlane) {
  const auto mesh = simple_fault_mesh(equator(40, 45), 5);

  const Inclination mean = mesh->inclination(mesh->whole());
  EXPECT_NEAR(mean.strike, 90, 0.1);
  EXPECT_NEAR(mean.dip, 45, 0.1);
  EXPECT_NEAR(mesh->mean_width(mesh->whole()), 15, 0.02);
}

TEST(FaultMesh, AComplexFaultBetweenTwoEdgesIsCutEqually) {
  const double east = 40 / kKmOfDegree;
  const ComplexFaultGeometry fault{{{{0, 0, 0}, {east, 0, 0}}, {{0, 0, 20}, {east, 0, 20}}}};

  const auto mesh = complex_fault_mesh(fault, 10);

  ASSERT_TRUE(mesh);
  EXPECT_EQ(mesh->cols(), 5u);
  EXPECT_EQ(mesh->rows(), 3u);
  EXPECT_NEAR(mesh->at(1, 2).lon, east / 2, 1e-6);
  EXPECT_NEAR(mesh->at(1, 2).depth, 10, 1e-6);
}

TEST(FaultMesh, ASpacingLargerThanTheFaultIsAnError) {
  EXPECT_FALSE(simple_fault_mesh(equator(40, 90), 50));
  EXPECT_FALSE(complex_fault_mesh({{{{0, 0, 0}, {1, 0, 0}}, {{0, 0, 1}, {1, 0, 1}}}}, 30));
}

TEST(FaultMesh, ASpacingOfMetresIsAnErrorAndNotAnAvalanche) {
  EXPECT_FALSE(simple_fault_mesh(equator(40, 90), 1e-4));
}

TEST(ComplexWindows, AnAreaBeyondTheFaultIsTheWholeFault) {
  const auto mesh = simple_fault_mesh(equator(40, 90), 5);

  const auto windows = complex_windows(*mesh, 1000, 50);

  ASSERT_EQ(windows.size(), 1u);
  EXPECT_EQ(windows[0].cols, 9u);
}

TEST(ComplexWindows, EqualCellsGiveAllPlacesOfARectangle) {
  const auto mesh = simple_fault_mesh(equator(40, 90), 5); // 2 x 8 cells of 25 km2

  const auto windows = complex_windows(*mesh, 49, 9.9); // 1 x 2 cells

  EXPECT_EQ(windows.size(), 14u);
  EXPECT_EQ(windows[7].row, 1u);
  EXPECT_EQ(windows[7].cols, 3u);
}

TEST(FaultRuptures, FloatOverTheMeshAndShareTheRate) {
  const auto fault = FaultRuptures::make(simple_fault(), {5, 5, 0, 0});

  ASSERT_TRUE(fault) << fault.error().text();
  // Magnitude 5.7: 50 km2 as 10 x 5 km, seven places in each of two rows; magnitude 7: everything.
  ASSERT_EQ(fault->ruptures().size(), 15u);
  EXPECT_DOUBLE_EQ(fault->ruptures().front().rate, 0.1 / 14);
  EXPECT_DOUBLE_EQ(fault->ruptures().back().rate, 0.01);
}

TEST(FaultRuptures, AHypocentreListMultipliesRupturesByItsWeights) {
  Source source = simple_fault();
  source.hypocentres = {{0, 0.5, 0.25}, {1, 0.5, 0.75}};
  source.slips = {{0, 1}};

  const auto fault = FaultRuptures::make(source, {5, 5, 0, 6});

  ASSERT_TRUE(fault);
  ASSERT_EQ(fault->ruptures().size(), 2u);
  EXPECT_DOUBLE_EQ(fault->ruptures()[1].rate, 0.0075);
  EXPECT_NEAR(fault->parameters(fault->ruptures()[1]).hypocentre.lon * kKmOfDegree, 40, 1e-3);
}

TEST(FaultRuptures, ErrorsNameTheSourceAndItsPlace) {
  const auto fault = FaultRuptures::make(simple_fault(), {50, 50, 0, 0});

  ASSERT_FALSE(fault);
  EXPECT_EQ(fault.error().where, "model.xml:9");
  EXPECT_NE(fault.error().message.find("'f1'"), std::string::npos);
}

// One site `east` and `north` km of the fault's start.
class SiteAt {
public:
  SiteAt(double east, double north) {
    sites_.lon = {east / kKmOfDegree};
    sites_.lat = {north / kKmOfDegree};
    sites_.depth = {0};
    points_.emplace(sites_, 0, 1);
  }
  MeshDistances to(const SurfaceMesh& mesh) const { return {mesh, *points_, index_}; }

private:
  SiteCollection sites_;
  std::optional<SitePoints> points_;
  std::vector<std::uint32_t> index_{0};
};

TEST(MeshDistances, BesideAVerticalFaultAllAreTheDistanceToIt) {
  const auto mesh = simple_fault_mesh(equator(40, 90), 5);
  const SiteAt site(20, -30);
  MeshDistances distances = site.to(*mesh);
  double value = 0;
  const std::span<double> out(&value, 1);

  distances.closest(mesh->whole(), out);
  EXPECT_NEAR(value, 30, 1e-3);
  distances.closest_at_surface(mesh->whole(), out);
  EXPECT_NEAR(value, 30, 1e-3);
  distances.across_top_edge(mesh->whole(), out);
  EXPECT_NEAR(value, 30, 1e-3); // south: the right-hand side of an edge to the east
  distances.beyond_ends(mesh->whole(), 90, out);
  EXPECT_EQ(value, 0);
}

TEST(MeshDistances, BeyondTheEndTheEdgeGoesOnStraight) {
  const auto mesh = simple_fault_mesh(equator(40, 90), 5);
  const SiteAt site(70, 40);
  MeshDistances distances = site.to(*mesh);
  double value = 0;
  const std::span<double> out(&value, 1);

  distances.closest(mesh->whole(), out);
  EXPECT_NEAR(value, 50, 1e-2);
  distances.across_top_edge(mesh->whole(), out);
  EXPECT_NEAR(value, -40, 1e-2);
  distances.beyond_ends(mesh->whole(), 90, out);
  EXPECT_NEAR(value, 30, 1e-2);
}

TEST(MeshDistances, AWindowIsAsFarAsItsNearestNode) {
  const auto mesh = simple_fault_mesh(equator(40, 90), 5);
  const SiteAt site(0, 0);
  MeshDistances distances = site.to(*mesh);
  double value = 0;

  for (std::uint32_t cols = 1; cols <= 6; ++cols) {
    distances.closest({1, 2, 3, cols}, std::span<double>(&value, 1));
    EXPECT_NEAR(value, std::hypot(15, 5), 1e-2) << cols;
  }
}

TEST(SurfaceOutline, InsideIsZeroAndOutsideIsToTheSideWithinMetres) {
  const auto mesh = simple_fault_mesh(equator(40, 45), 5);
  const SurfaceOutline outline = SurfaceOutline::of_mesh(*mesh, mesh->whole());

  EXPECT_EQ(outline.distance({20 / kKmOfDegree, -5 / kKmOfDegree}), 0);
  EXPECT_NEAR(outline.distance({20 / kKmOfDegree, 8 / kKmOfDegree}), 8, 0.006);
}

TEST(SurfaceOutline, PointsWithoutOrderHaveTheirHull) {
  const auto mesh = simple_fault_mesh(equator(40, 45), 5);
  const SurfaceOutline outline = SurfaceOutline::of_points(mesh->points());

  EXPECT_EQ(outline.distance({20 / kKmOfDegree, -5 / kKmOfDegree}), 0);
  EXPECT_NEAR(outline.distance({20 / kKmOfDegree, 8 / kKmOfDegree}), 8, 1e-4);
}

// A vertical rectangle under the equator.
PlanarSurface wall(double from_km, double to_km) {
  const double west = from_km / kKmOfDegree, east = to_km / kKmOfDegree;
  return {{west, 0, 0}, {east, 0, 0}, {west, 0, 10}, {east, 0, 10}};
}

TEST(Gc2, TwoHalvesOfALineAreTheLine) {
  const Gc2 halves({wall(0, 20), wall(20, 40)});

  const auto at = halves.at({15 / kKmOfDegree, -25 / kKmOfDegree});

  EXPECT_NEAR(at.t, 25, 1e-3);
  EXPECT_NEAR(at.u, 15, 1e-3);
  EXPECT_NEAR(halves.beyond_ends(halves.at({60 / kKmOfDegree, 0.1}).u), 20, 2e-2);
}

TEST(Rectangle, AnglesAndSizesAreThoseOfItsCorners) {
  const PlanarRupture rupture = rectangle(wall(0, 20));

  EXPECT_NEAR(rupture.strike, 90, 1e-6);
  EXPECT_NEAR(rupture.dip, 90, 1e-6);
  EXPECT_NEAR(rupture.width, 10, 1e-9);
  EXPECT_NEAR(rupture.hypo_depth, 5, 1e-12);
}

} // namespace
} // namespace oq::engine
