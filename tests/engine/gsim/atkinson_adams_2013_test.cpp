// Western and offshore Canada are what Atkinson and Adams (2013) say, and the tables made of it.
#include "engine/gsim/one_pair.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>

namespace oq::engine::testing {

namespace {

constexpr OnePair kPair{.mag = 6.0, .rake = 0, .repi = 100, .vs30 = 400};

double ln_mean(const std::string& name, const OnePair& pair = kPair) {
  return evaluate(name, sa(0.3), pair).ln_mean;
}

TEST(OceanicCan15, IsTheCrustalModelOnRockHalfAUnitLowerAtTheEquivalentDistance) {
  // A rupture of magnitude 5.5 is 6.3826 km long (Wells and Coppersmith 1994).
  const OnePair crustal{.mag = 5.5, .rake = 0, .rjb = 100 - 0.3 * 6.382635, .vs30 = 760};

  EXPECT_NEAR(ln_mean("OceanicCan15Mid"), ln_mean("BooreAtkinson2011", crustal), 1e-7);
}

TEST(OceanicCan15, SpreadsWithDistanceUpToAFactorOfTwo) {
  OnePair far = kPair;
  far.repi = 400;
  const double central = ln_mean("OceanicCan15Mid"), central_far = ln_mean("OceanicCan15Mid", far);
  const double near_spread = 0.1 + 0.0007 * (100 - 0.3 * 6.382635);

  EXPECT_NEAR(ln_mean("OceanicCan15Upp") - central, near_spread * kLn10, 1e-8);
  EXPECT_NEAR(ln_mean("OceanicCan15Low") - central, -near_spread * kLn10, 1e-8);
  EXPECT_NEAR(ln_mean("OceanicCan15Upp", far) - central_far, 0.3 * kLn10, 1e-12);
}

TEST(OceanicCan15, VariesMoreAtLongPeriods) {
  EXPECT_NEAR(evaluate("OceanicCan15Mid", kPga, kPair).sigma, 0.23 * kLn10, 1e-12);
  EXPECT_NEAR(evaluate("OceanicCan15Mid", sa(0.6), kPair).sigma, 0.25 * kLn10, 1e-12);
  EXPECT_NEAR(evaluate("OceanicCan15Mid", sa(2.0), kPair).sigma, 0.27 * kLn10, 1e-12);
}

TEST(OceanicCan15, IsHalfAMagnitudeBelowTheModelOfTheLand) {
  OnePair smaller = kPair;
  smaller.mag = 5.5;

  EXPECT_EQ(ln_mean("OceanicCan15Upp"), ln_mean("WesternCan15Upp", smaller));
}

// The tables that the Geological Survey of Canada published for the same model: 10 km deep
// earthquakes, on soil of class C.
class PublishedTables : public ::testing::Test {
protected:
  void SetUp() override {
    const char* reference = std::getenv("OQ_REFERENCE_DIR");
    if (!reference)
      GTEST_SKIP() << "OQ_REFERENCE_DIR is not set: the tables of western Canada are not compared";
    folder_ = std::filesystem::path(reference) / "qa/classical/case_18";
  }

  double table(const std::string& file, double mag, double repi) const {
    const auto model = model_of("GMPETable", {{"gmpe_table", (folder_ / file).string()}});
    EXPECT_TRUE(model);
    const std::vector<OnePair> pairs{{.mag = mag, .rhypo = std::hypot(repi, 10.0)}};
    return evaluate(*model, sa(0.2), Batch(pairs).view()).front().ln_mean;
  }
  static double ours(const std::string& name, double mag, double repi) {
    return evaluate(name, sa(0.2), {.mag = mag, .rake = 0, .repi = repi, .vs30 = 760}).ln_mean;
  }

  std::filesystem::path folder_;
};

TEST_F(PublishedTables, SpreadAsTheModelDoes) {
  for (const double mag : {6.0, 7.0})
    for (const double repi : {50.0, 100.0, 200.0})
      EXPECT_NEAR(ours("WesternCan15Upp", mag, repi) - ours("WesternCan15Mid", mag, repi),
                  table("Wcrust_high_rhypo.hdf5", mag, repi)
                    - table("Wcrust_med_rhypo.hdf5", mag, repi),
                  0.01);
}

TEST_F(PublishedTables, DifferByTheirSoilAlone) {
  const double soil = table("Wcrust_med_rhypo.hdf5", 6.5, 100) - ours("WesternCan15Mid", 6.5, 100);

  for (const double mag : {6.0, 7.0, 7.5})
    for (const double repi : {50.0, 100.0, 200.0, 400.0})
      EXPECT_NEAR(table("Wcrust_med_rhypo.hdf5", mag, repi) - ours("WesternCan15Mid", mag, repi),
                  soil, 0.02);
}

TEST(OceanicCan15, HasNoDeviationForPeakVelocity) {
  EXPECT_FALSE(model_of("OceanicCan15Mid")->supports(kPgv));
}

} // namespace

} // namespace oq::engine::testing
