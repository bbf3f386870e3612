// Tests of site collections: order, rounding, parameters, refusals.
#include "engine/geo/build_sites.hpp"

#include <gtest/gtest.h>

namespace oq::engine {
namespace {

Job job_with(std::vector<SitePoint> sites) {
  Job job;
  job.ini = "/somewhere/job.ini";
  job.sites = std::move(sites);
  return job;
}

TEST(BuildSites, SortsByLongitudeThenLatitude) {
  const auto sites = build_sites(job_with({{11, 45}, {10, 46}, {10, 45}}));

  ASSERT_TRUE(sites);
  EXPECT_EQ(sites->lon, (std::vector<double>{10, 10, 11}));
  EXPECT_EQ(sites->lat, (std::vector<double>{45, 46, 45}));
}

TEST(BuildSites, RoundsToFiveDecimals) {
  const auto sites = build_sites(job_with({{10.123456789, 45.000004, -0.1}}));

  ASSERT_TRUE(sites);
  EXPECT_EQ(sites->lon[0], 10.12346);
  EXPECT_EQ(sites->lat[0], 45.0);
  EXPECT_EQ(sites->depth[0], -0.1);
}

TEST(BuildSites, TheSameSiteTwiceIsAnError) {
  const auto sites = build_sites(job_with({{10, 45}, {11, 45}, {10.000001, 45}}));

  ASSERT_FALSE(sites);
  EXPECT_EQ(sites.error().code, Errc::invalid_input);
}

TEST(BuildSites, NoSitesIsAnErrorThatNamesTheFile) {
  const auto sites = build_sites(job_with({}));

  ASSERT_FALSE(sites);
  EXPECT_EQ(sites.error().where, "job.ini");
}

TEST(BuildSites, ReferenceParametersGoToEverySite) {
  Job job = job_with({{10, 45}, {11, 45}});
  job.reference_vs30_value = 760;
  job.reference_vs30_measured = true;

  const auto sites = build_sites(job);

  ASSERT_TRUE(sites);
  EXPECT_EQ(sites->vs30, (std::vector<double>{760, 760}));
  EXPECT_EQ(sites->vs30measured, (std::vector<double>{1, 1}));
  EXPECT_TRUE(sites->z1pt0.empty());
}

TEST(BuildSites, ARegionNeedsAGridSpacing) {
  Job job = job_with({});
  job.region = {{10, 45}, {10, 46}, {11, 46}, {11, 45}};

  const auto sites = build_sites(job);

  ASSERT_FALSE(sites);
  EXPECT_NE(sites.error().message.find("region_grid_spacing"), std::string::npos);
}

TEST(BuildSites, ARegionBecomesAGridThatReachesBeyondIt) {
  Job job = job_with({});
  job.region = {{10, 45}, {10, 46}, {11, 46}, {11, 45}};
  job.region_grid_spacing = 20;

  const auto sites = build_sites(job);

  ASSERT_TRUE(sites);
  EXPECT_LT(sites->lon.front(), 10.0);
  EXPECT_GT(sites->lon.back(), 11.0);
}

} // namespace
} // namespace oq::engine
