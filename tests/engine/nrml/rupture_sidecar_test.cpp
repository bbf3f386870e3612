// Ruptures that a source model leaves to the HDF5 file beside it.
#include "engine/nrml/source_model.hpp"

#include <gtest/gtest.h>
#include <hdf5.h>

#include <filesystem>
#include <fstream>

namespace oq::engine {
namespace {

class RuptureSidecar : public ::testing::Test {
protected:
  void SetUp() override {
    std::string name = (std::filesystem::temp_directory_path() / "oq-sidecar-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
    std::ofstream(folder_ / "model.xml") << R"(<?xml version="1.0"?><nrml
      xmlns="http://openquake.org/xmlns/nrml/0.5"><sourceModel><sourceGroup
      tectonicRegion="Subduction Interface">
      <nonParametricSeismicSource id="a:1" name="A"/></sourceGroup></sourceModel></nrml>)";
    file_ = H5Fcreate((folder_ / "model.hdf5").c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
    H5Gclose(H5Gcreate2(file_, "a:1", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
    put("a:1/magnitude", {2}, {6.1, 6.2});
    put("a:1/rake", {2}, {90, 0});
    put("a:1/hypocenter", {2, 3}, {1, 2, 10, 1.1, 2.1, 11});
    put("a:1/probs_occur", {2, 2}, {0.9, 0.1, 0.8, 0.2});
    put("a:1/mesh3d", {5, 3}, {1, 2, 5, 1.1, 2, 5, 1, 2.1, 9, 1, 2, 6, 1.1, 2, 6});
    put("a:1/slice", {2, 2}, {0, 3, 3, 5});
  }
  void TearDown() override {
    close();
    std::filesystem::remove_all(folder_);
  }
  void close() {
    if (file_ >= 0)
      H5Fclose(file_);
    file_ = -1;
  }
  void put(const char* key, std::vector<hsize_t> shape, const std::vector<double>& values) {
    if (H5Lexists(file_, key, H5P_DEFAULT) > 0)
      H5Ldelete(file_, key, H5P_DEFAULT);
    const hid_t space = H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr);
    const hid_t data =
      H5Dcreate2(file_, key, H5T_IEEE_F64LE, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    H5Dwrite(data, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data());
    H5Dclose(data);
    H5Sclose(space);
  }
  Result<SourceModel> read() {
    close();
    return read_source_model(folder_ / "model.xml");
  }
  std::string refusal() {
    const auto model = read();
    return model ? "" : model.error().text();
  }

  std::filesystem::path folder_;
  hid_t file_ = -1;
};

TEST_F(RuptureSidecar, FillsTheSourcesWithoutRuptures) {
  const auto model = read();

  ASSERT_TRUE(model) << model.error().text();
  const auto& geometry =
    std::get<NonParametricGeometry>(model->groups.front().sources.front().geometry);
  ASSERT_EQ(geometry.ruptures.size(), 2u);
  EXPECT_EQ(geometry.ruptures[1].mag, 6.2);
  EXPECT_EQ(geometry.ruptures[1].hypocentre, (GeoPoint{1.1, 2.1, 11}));
  EXPECT_EQ(geometry.ruptures[1].probabilities, (std::vector<double>{0.8, 0.2}));
  const auto& surface = std::get<GriddedSurface>(geometry.ruptures[1].surface);
  EXPECT_EQ(surface.points, (std::vector<GeoPoint>{{1, 2, 6}, {1.1, 2, 6}}));
}

TEST_F(RuptureSidecar, ASliceBeyondThePointsIsRefused) {
  put("a:1/slice", {2, 2}, {0, 3, 3, 6});

  EXPECT_NE(refusal().find("slice"), std::string::npos);
}

TEST_F(RuptureSidecar, ProbabilitiesMustSumToOne) {
  put("a:1/probs_occur", {2, 2}, {0.9, 0.2, 0.8, 0.2});

  EXPECT_NE(refusal().find("sum to 1"), std::string::npos);
}

TEST_F(RuptureSidecar, AMissingFileIsToldWithTheSource) {
  close();
  std::filesystem::remove(folder_ / "model.hdf5");

  const std::string text = refusal();
  EXPECT_NE(text.find("a:1"), std::string::npos);
  EXPECT_NE(text.find("model.hdf5"), std::string::npos);
}

} // namespace
} // namespace oq::engine
