// Tests of what sites stand on: association, reference values, vs30 overridden, hulls and tiles.
#include "engine/geo/site_parameters.hpp"

#include "engine/geo/build_sites.hpp"
#include "engine/geo/geohash.hpp"
#include "engine/job/job_folder.hpp"

#include <gtest/gtest.h>

namespace oq::engine {
namespace {

class SiteParameters : public ::testing::Test {
protected:
  Job job_with_model(const std::string& csv) const {
    Job job;
    job.ini = folder_.path() / "job.ini";
    job.inputs["site_model"] = {folder_.write("model.csv", csv)};
    return job;
  }
  static std::vector<std::string> names(const SiteCollection& sites) {
    std::vector<std::string> found;
    for (const SiteColumn& column : sites.columns)
      found.push_back(column.name);
    return found;
  }

  testing::JobFolder folder_;
};

TEST_F(SiteParameters, AModelAloneIsTheSitesInItsOrderWithAllItHas) {
  const auto built = build_sites(job_with_model("lon,lat,z1pt0,vs30\n11,45,50,760\n10,45,60,300\n"),
                                 {.required = {"vs30"}});

  ASSERT_TRUE(built) << built.error().text();
  EXPECT_EQ(built->sites.lon, (std::vector<double>{11, 10}));
  EXPECT_EQ(built->sites.vs30, (std::vector<double>{760, 300}));
  EXPECT_EQ(names(built->sites), (std::vector<std::string>{"vs30", "vs30measured", "z1pt0"}));
}

TEST_F(SiteParameters, ThatNoModelNeedsHaveAnOrderOfTheirOwn) {
  const auto built =
    build_sites(job_with_model("lon,lat,vs30,vs30measured,z1pt0,z2pt5\n11,45,760,1,50,0.5\n"), {});

  ASSERT_TRUE(built) << built.error().text();
  EXPECT_EQ(names(built->sites),
            (std::vector<std::string>{"z1pt0", "vs30", "z2pt5", "vs30measured"}));
}

TEST_F(SiteParameters, OtherSitesTakeWhatIsNeededFromTheNearestPoint) {
  Job job = job_with_model("lon,lat,z1pt0,vs30\n10.01,45,50,760\n11,45,60,300\n");
  job.sites = {{10, 45}, {11.02, 45}};

  const auto built = build_sites(job, {.required = {"vs30", "vs30measured"}});

  ASSERT_TRUE(built) << built.error().text();
  EXPECT_EQ(built->sites.vs30, (std::vector<double>{760, 300}));
  EXPECT_EQ(names(built->sites), (std::vector<std::string>{"vs30", "vs30measured"}));
  EXPECT_TRUE(built->warnings.empty());
}

TEST_F(SiteParameters, SitesFarFromTheModelAreWarnedOf) {
  Job job = job_with_model("lon,lat,vs30\n10,45,760\n");
  job.sites = {{10, 45.01}, {10, 45.1}};

  const auto built = build_sites(job, {});

  ASSERT_TRUE(built);
  ASSERT_EQ(built->warnings.size(), 1u);
  EXPECT_EQ(built->warnings[0].find("1 of 2 sites"), 0u);
}

TEST_F(SiteParameters, WhatTheModelDoesNotHaveComesFromTheReferenceOptions) {
  Job job = job_with_model("lon,lat,vs30\n10,45,760\n");
  job.reference_depth_to_1pt0km_per_sec = 40;

  const auto built = build_sites(job, {.required = {"backarc", "vs30", "z1pt0"}});

  ASSERT_TRUE(built);
  EXPECT_EQ(built->sites.z1pt0, (std::vector<double>{40}));
  EXPECT_EQ(built->sites.backarc, (std::vector<double>{0}));
}

TEST_F(SiteParameters, OverridingVs30DerivesTheBasinDepths) {
  Job job = job_with_model("lon,lat,vs30,z1pt0,z2pt5\n10,45,300,1,1\n");
  job.override_vs30 = {760};

  const auto built = build_sites(job, {});

  ASSERT_TRUE(built);
  EXPECT_EQ(built->sites.vs30, (std::vector<double>{760}));
  // Chiou & Youngs (2014) eq. 1 and Campbell & Bozorgnia (2014) eq. 33 at 760 m/s.
  EXPECT_NEAR(built->sites.z1pt0[0], 41.31, 0.01);
  EXPECT_NEAR(built->sites.z2pt5[0], 0.6068, 0.0001);
}

TEST_F(SiteParameters, OverriddenVs30IsMeasuredAsTheReferenceIs) {
  Job job = job_with_model("lon,lat,xvf\n10,45,150\n");
  job.override_vs30 = {760};
  job.reference_vs30_value = 760;
  job.reference_vs30_measured = true;

  const auto built = build_sites(job, {.required = {"vs30"}});

  ASSERT_TRUE(built);
  EXPECT_EQ(built->sites.vs30measured, (std::vector<double>{1}));
}

TEST_F(SiteParameters, SeveralVs30MultiplyTheSites) {
  Job job = job_with_model("lon,lat,vs30\n10,45,300\n11,45,300\n");
  job.override_vs30 = {760, 400};

  const auto built = build_sites(job, {});

  ASSERT_TRUE(built);
  EXPECT_EQ(built->sites.lon, (std::vector<double>{10, 10, 11, 11}));
  EXPECT_EQ(built->sites.vs30, (std::vector<double>{760, 400, 760, 400}));
}

TEST_F(SiteParameters, ASpacingWithoutRegionMakesAGridAroundTheModel) {
  Job job = job_with_model("lon,lat,vs30\n10,45,300\n10.5,45,400\n10.2,45.4,500\n");
  job.region_grid_spacing = 10;

  const auto built = build_sites(job, {});

  ASSERT_TRUE(built) << built.error().text();
  EXPECT_GT(built->sites.size(), 20u);
  EXPECT_TRUE(std::ranges::is_sorted(built->sites.lon));
}

TEST_F(SiteParameters, ATileIsEveryNthSiteKnownByItsGeohash) {
  Job job = job_with_model("lon,lat,vs30\n10,45,300\n11,45,310\n12,45,320\n13,45,330\n");
  job.tile_spec = {2, 2};

  const auto built = build_sites(job, {});

  ASSERT_TRUE(built);
  EXPECT_EQ(built->sites.lon, (std::vector<double>{11, 13}));
  EXPECT_EQ(built->sites.vs30, (std::vector<double>{310, 330}));
  EXPECT_EQ(built->sites.custom_ids.size(), 2u);
}

// The example of the algorithm's description: 57.64911 N, 10.40744 E is u4pruydqqvj.
TEST(Geohash, OfItsInventorsExample) {
  EXPECT_EQ(geohash({10.40744, 57.64911}, 11), "u4pruydqqvj");
}

} // namespace
} // namespace oq::engine
