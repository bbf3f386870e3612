// Conditioned motion: closed forms of one station.
#include "engine/gmf/conditioned_motion.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace oq::engine {
namespace {

constexpr double kTau = 0.3, kPhi = 0.4, kPrior = -2.0, kRecorded = -1.0;

// A station on site 0; site 1 is 1000 km away.
class OneStation : public testing::Test {
protected:
  void SetUp() override {
    sites.lon = {0, 9};
    sites.lat = sites.depth = {0, 0};
    stations.lon = stations.lat = {0};
    stations.imts = {kPga};
    stations.ln_value = {kRecorded};
    stations.ln_sigma = {0};
    stations.site = {0};
  }
  static RuptureMotion motion(std::size_t count) {
    RuptureMotion out;
    for (std::uint32_t i = 0; i < count; ++i)
      out.sites.push_back(i);
    const std::vector<double> tau(count, kTau), phi(count, kPhi);
    out.by_model_and_imt = {{std::vector<double>(count, kPrior),
                             std::vector<double>(count, std::hypot(kTau, kPhi)), tau, phi}};
    return out;
  }
  ConditionedNormal condition() {
    return condition_motion(motion(2), {kPga}, sites, motion(1), stations, settings)
      ->by_model_and_imt[0];
  }
  SiteCollection sites;
  StationData stations;
  ConditioningSettings settings;
};

TEST_F(OneStation, ThatIsExactFixesItsSite) {
  const auto posterior = condition();

  EXPECT_NEAR(posterior.ln_mean[0], kRecorded, 1e-9);
  EXPECT_NEAR(posterior.factor[0], 0, 2e-6);
}

TEST_F(OneStation, MovesFarSitesByTheTermBetweenEvents) {
  const auto posterior = condition();

  const double gain = kTau * kTau / (kTau * kTau + kPhi * kPhi);
  EXPECT_NEAR(posterior.ln_mean[1], kPrior + gain * (kRecorded - kPrior), 1e-9);
  EXPECT_NEAR(std::pow(posterior.factor[3], 2), kPhi * kPhi + kTau * kTau * (1 - gain), 1e-9);
}

TEST_F(OneStation, OfLargeDeviationSaysLittle) {
  stations.ln_sigma = {100};

  EXPECT_NEAR(condition().ln_mean[0], kPrior, 1e-4);
}

TEST_F(OneStation, GivesOnlyMeansForMedians) {
  settings.truncation_level = 0;

  EXPECT_TRUE(condition().factor.empty());
}

TEST_F(OneStation, NeedsPartsOfSigma) {
  auto total = motion(2);
  total.by_model_and_imt[0].phi.assign(2, 0.0);

  EXPECT_FALSE(condition_motion(total, {kPga}, sites, motion(1), stations, settings));
}

} // namespace
} // namespace oq::engine
