// Stations' files: what is read, and what is refused with its line.
#include "engine/gmf/station_data.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace oq::engine {
namespace {

class StationFile : public testing::Test {
protected:
  void SetUp() override {
    std::string name = (std::filesystem::temp_directory_path() / "stations-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  Result<StationData> read(const std::string& rows) {
    const auto path = folder_ / "stations.csv";
    std::ofstream(path) << "STATION_ID,LONGITUDE,LATITUDE,PGA_VALUE,PGA_LN_SIGMA\n" << rows;
    Job job;
    job.inputs["station_data"] = {path};
    return read_station_data(job);
  }
  std::filesystem::path folder_;
};

TEST_F(StationFile, GivesLogarithmsOfIntensities) {
  const auto stations = read("A,10.000004,45,0.2,0.1\n");

  ASSERT_TRUE(stations) << stations.error().message;
  EXPECT_EQ(stations->lon[0], 10.0);
  EXPECT_DOUBLE_EQ(stations->ln_value[0], std::log(0.2));
  EXPECT_EQ(stations->ln_sigma[0], 0.1);
}

TEST_F(StationFile, MayLackAnIntensity) {
  const auto stations = read("A,10,45,,\n");

  ASSERT_TRUE(stations) << stations.error().message;
  EXPECT_TRUE(std::isnan(stations->ln_value[0]));
}

TEST_F(StationFile, WithAnIntensityOfZeroIsRefusedWithItsLine) {
  const auto stations = read("A,10,45,0.1,0\nB,11,45,0.0,0\n");

  ASSERT_FALSE(stations);
  EXPECT_NE(stations.error().where.find("stations.csv:3"), std::string::npos);
}

TEST_F(StationFile, WithTwoStationsAtOnePlaceIsRefused) {
  EXPECT_FALSE(read("A,10,45,0.1,0\nB,10,45,0.2,0\n"));
}

TEST_F(StationFile, MayNameTwoStationsAlike) {
  const auto stations = read("A,10,45,0.1,0\nA,10.00002,45,0.2,0\n");

  ASSERT_TRUE(stations) << stations.error().message;
  EXPECT_EQ(stations->size(), 2U);
}

TEST_F(StationFile, WithANegativeDeviationIsRefused) {
  EXPECT_FALSE(read("A,10,45,0.1,-1\n"));
}

TEST(WithStations, AppendsThoseThatStandOnNoSite) {
  SiteCollection sites, ground;
  sites.lon = {1, 2};
  sites.lat = sites.depth = {0, 0};
  ground.lon = {2, 3};
  ground.lat = ground.depth = {0, 0};
  StationData stations;
  stations.lon = {3, 2};
  stations.lat = {0, 0};

  const auto all = with_stations(sites, ground, stations);

  EXPECT_EQ(all.lon, (std::vector<double>{1, 2, 3}));
  EXPECT_EQ(stations.site, (std::vector<std::size_t>{2, 1}));
}

} // namespace
} // namespace oq::engine
