// Which assets take part and which site speaks for them.
#include "engine/risk/region.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

namespace oq::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

Assets assets_at(const std::vector<LonLat>& points) {
  Assets assets;
  assets.files = {"e.xml"};
  for (const auto& point : points) {
    assets.id.push_back("a" + std::to_string(assets.id.size()));
    assets.taxonomy.emplace_back("W");
    assets.lon.push_back(point.lon);
    assets.lat.push_back(point.lat);
    assets.number.push_back(1);
    assets.file.push_back(0);
    assets.line.push_back(static_cast<std::uint32_t>(assets.id.size()));
  }
  return assets;
}

SiteCollection sites_at(const std::vector<LonLat>& points) {
  SiteCollection sites;
  for (const auto& point : points) {
    sites.lon.push_back(point.lon);
    sites.lat.push_back(point.lat);
    sites.depth.push_back(0);
  }
  return sites;
}

TEST(Region, KeepsAssetsStrictlyInside) {
  Job job;
  job.region = {{0, 0}, {2, 0}, {2, 2}, {0, 2}};

  const auto inside = assets_in_region(assets_at({{1, 1}, {2, 1}, {0, 0}, {3, 1}}), job);

  ASSERT_TRUE(inside) << inside.error().text();
  EXPECT_THAT(*inside, ElementsAre(0));
}

TEST(Region, WithoutAnyAssetInsideIsAnError) {
  Job job;
  job.region = {{0, 0}, {2, 0}, {2, 2}, {0, 2}};

  EXPECT_FALSE(assets_in_region(assets_at({{5, 5}}), job));
}

TEST(Region, ThatIsNoPolygonIsAnError) {
  Job job;
  job.region = {{0, 0}, {2, 2}, {2, 0}, {0, 2}};

  EXPECT_FALSE(assets_in_region(assets_at({{1, 1}}), job));
}

TEST(NearestSites, AreFoundAcrossTheDateLine) {
  Job job;
  const std::vector<std::size_t> chosen = {0};

  const auto found =
    nearest_sites(assets_at({{179.99, 0}}), chosen, sites_at({{179.8, 0}, {-179.99, 0}}), job);

  ASSERT_TRUE(found) << found.error().text();
  EXPECT_THAT(found->site, ElementsAre(1));
}

TEST(NearestSites, OrderTheAssetsByTheirSites) {
  Job job;
  job.asset_hazard_distance = {{"default", 1e5}};
  const std::vector<std::size_t> chosen{0, 1, 2};

  const auto found =
    nearest_sites(assets_at({{1, 0}, {2, 0}, {2.1, 0}}), chosen, sites_at({{2, 0}, {1, 0}}), job);

  ASSERT_TRUE(found);
  EXPECT_EQ(found->asset, (std::vector<std::size_t>{1, 2, 0}));
  EXPECT_EQ(found->site, (std::vector<std::size_t>{0, 0, 1}));
}

TEST(NearestSites, AgreeWithASearchOfAllSites) {
  std::vector<LonLat> points;
  for (int i = 0; i < 500; ++i) // scattered by the golden ratio
    points.push_back({360 * std::fmod(i * 0.618033988749895, 1.0) - 180, 180.0 * i / 500 - 90});
  const std::vector<LonLat> wanted(points.begin() + 100, points.begin() + 130);
  std::vector<LonLat> sites(points.begin(), points.begin() + 100);
  sites.insert(sites.end(), points.begin() + 130, points.end());
  Job job;
  job.asset_hazard_distance = {{"default", 1e5}};
  std::vector<std::size_t> chosen(wanted.size());
  std::iota(chosen.begin(), chosen.end(), std::size_t{0});

  const auto found = nearest_sites(assets_at(wanted), chosen, sites_at(sites), job);

  ASSERT_TRUE(found);
  const auto radians = [](double degrees) {
    return degrees * M_PI / 180;
  };
  ASSERT_EQ(found->asset.size(), wanted.size());
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const LonLat asset = wanted[found->asset[i]];
    const auto closeness = [&](const LonLat& s) { // cosine of the angle between them
      return std::sin(radians(s.lat)) * std::sin(radians(asset.lat))
             + std::cos(radians(s.lat)) * std::cos(radians(asset.lat))
                 * std::cos(radians(s.lon - asset.lon));
    };
    const auto best = std::ranges::max_element(sites, {}, closeness) - sites.begin();
    EXPECT_EQ(found->site[i], static_cast<std::size_t>(best));
  }
}

TEST(NearestSites, TooFarAwayIsAnErrorThatNamesTheAsset) {
  const std::vector<std::size_t> chosen = {0};

  const auto found = nearest_sites(assets_at({{1, 0}}), chosen, sites_at({{0, 0}}), Job{});

  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().where, "e.xml:1");
  EXPECT_THAT(found.error().message, HasSubstr("111.2 km"));
}

TEST(NearestSites, TooFarAwayAreDroppedWithDiscardAssets) {
  Job job;
  job.raw.push_back({"discard_assets", "true", 7});
  const std::vector<std::size_t> chosen = {0, 1};

  const auto found = nearest_sites(assets_at({{1, 0}, {0.1, 0}}), chosen, sites_at({{0, 0}}), job);

  ASSERT_TRUE(found) << found.error().text();
  EXPECT_THAT(found->asset, ElementsAre(1));
}

} // namespace
} // namespace oq::engine
