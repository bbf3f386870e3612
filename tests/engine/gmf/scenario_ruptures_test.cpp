// Ruptures of scenarios from CSV files and from the option rupture_dict.
#include "engine/gmf/scenario_ruptures.hpp"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <unistd.h>

namespace oq::engine {
namespace {

class ScenarioRuptures : public ::testing::Test {
protected:
  ScenarioRuptures() : path_(std::filesystem::temp_directory_path()) {
    path_ /= "oq-ruptures-" + std::to_string(::getpid()) + ".csv";
  }
  ~ScenarioRuptures() override { std::filesystem::remove(path_); }

  Result<std::vector<ScenarioRupture>> read(const std::string& kind, const std::string& mesh) {
    std::ofstream(path_) << "seed,mag,rake,lon,lat,dep,multiplicity,trt,kind,mesh,extra\n"
                         << "7,6.5,90,0.5,0.5,10,1,Active Shallow Crust," << kind << ",\"" << mesh
                         << "\",{}\n";
    Job job;
    job.inputs["rupture_model"] = {path_};
    return read_scenario_ruptures(job);
  }

  std::filesystem::path path_;
};

TEST_F(ScenarioRuptures, KeepTheMeshOfAComplexFault) {
  const auto read_back =
    read("ParametricProbabilisticRupture ComplexFaultSurface",
         "[[[[0, 1, 2], [0, 1, 2]], [[0, 0, 0], [0.1, 0.1, 0.1]], [[5, 5, 5], [15, 15, 15]]]]");

  ASSERT_TRUE(read_back) << read_back.error().message;
  const ScenarioRupture& rupture = read_back->front();
  EXPECT_EQ(rupture.seed, 7U);
  ASSERT_TRUE(rupture.given);
  EXPECT_EQ(rupture.given->kind, FaultSurface::Kind::complex);
  EXPECT_EQ(rupture.given->meshes.front().rows(), 2U);
  EXPECT_EQ(rupture.given->meshes.front().at(1, 2), (GeoPoint{2, 0.1, 15}));
}

TEST_F(ScenarioRuptures, MayHaveSeveralMeshesOfUnequalSizesWithNodesMissing) {
  const auto read_back =
    read("NonParametricProbabilisticRupture MultiSurface",
         "[[[[0, 1], [0, 1]], [[0, 0], [0.1, 0.1]], [[5, 5], [15, 15]]],"
         " [[[1, 2, 3], [1, 2, NaN]], [[0, 0, 0], [0.1, 0.1, NaN]], [[5, 5, 5], [9, 9, NaN]]]]");

  ASSERT_TRUE(read_back) << read_back.error().message;
  const auto& given = read_back->front().given;
  ASSERT_TRUE(given);
  ASSERT_EQ(given->meshes.size(), 2U);
  EXPECT_EQ(given->meshes[0].at(1, 1), (GeoPoint{1, 0.1, 15}));
  EXPECT_EQ(given->meshes[1].cols(), 3U);
  EXPECT_TRUE(std::isnan(given->meshes[1].at(1, 2).lon));
}

TEST_F(ScenarioRuptures, RefuseAMeshOfUnequalRows) {
  const auto read_back = read("ParametricProbabilisticRupture SimpleFaultSurface",
                              "[[[[0, 1, 2], [0]], [[0, 0, 0], [0.1]], [[5, 5, 5], [15]]]]");

  ASSERT_FALSE(read_back);
  EXPECT_NE(read_back.error().where.find(":2"), std::string::npos);
}

TEST_F(ScenarioRuptures, OfADictionaryHaveTheLengthOfTheirSlipType) {
  Job job;
  job.parameters["rupture_dict"] = boost::json::parse(
    R"({"lon": 0, "lat": 0, "dep": 10, "mag": 6, "rake": 0, "strike": 90, "dip": 90})");

  const auto read_back = read_scenario_ruptures(job);

  ASSERT_TRUE(read_back) << read_back.error().message;
  const auto& plane =
    std::get<std::vector<PlanarSurface>>(read_back->front().rupture.surface).front();
  // Wells and Coppersmith (1994), table 2A, strike slip: log L = -2.57 + 0.62 M.
  EXPECT_NEAR(great_circle_distance(plane.top_left.surface(), plane.top_right.surface()),
              std::pow(10.0, 1.15), 1e-6);
}

} // namespace
} // namespace oq::engine
