// GMPETable reads medians and deviations off an HDF5 file of the user's.
#include "engine/gsim/one_pair.hpp"

#include <gtest/gtest.h>
#include <hdf5.h>

#include <cmath>
#include <cstring>
#include <filesystem>
#include <functional>

namespace oq::engine::testing {

namespace {

// Two magnitudes, three distances, two periods; medians fall with distance and grow by a factor of
// ten a magnitude.
class GmpeTable : public ::testing::Test {
protected:
  void SetUp() override {
    std::string name = (std::filesystem::temp_directory_path() / "oq-gmpe-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
    file_ = H5Fcreate(path().c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
    for (const char* group : {"IMLs", "Total"})
      H5Gclose(H5Gcreate2(file_, group, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
    put("Mw", {2}, {5, 6});
    put("Distances", {3, 1, 2}, {10, 10, 20, 20, 50, 50});
    put_metric("rjb");
    put("IMLs/PGA", {3, 1, 2}, {0.1, 1, 0.05, 0.5, 0.01, 0.1});
    put("Total/PGA", {3, 1, 2}, {0.5, 0.5, 0.6, 0.6, 0.7, 0.7});
  }
  void TearDown() override {
    close();
    std::filesystem::remove_all(folder_);
  }

  std::string path() const { return (folder_ / "table.hdf5").string(); }
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
  void put_metric(const char* metric) {
    const hid_t type = H5Tcopy(H5T_C_S1), space = H5Screate(H5S_SCALAR);
    H5Tset_size(type, std::strlen(metric));
    const hid_t data = H5Dopen2(file_, "Distances", H5P_DEFAULT);
    const hid_t attribute = H5Acreate2(data, "metric", type, space, H5P_DEFAULT, H5P_DEFAULT);
    H5Awrite(attribute, type, metric);
    H5Aclose(attribute);
    H5Dclose(data);
    H5Sclose(space);
    H5Tclose(type);
  }

  Result<std::shared_ptr<const GroundMotionModel>> make() {
    close();
    return make_ground_motion_model({.name = "GMPETable",
                                     .arguments = {{"gmpe_table", "table.hdf5"}},
                                     .base_directory = folder_,
                                     .where = "tree.xml:3"});
  }
  LogNormal at(double mag, double rjb, const Imt& imt = kPga) {
    const auto model = make();
    if (!model) {
      ADD_FAILURE() << model.error().text();
      return {};
    }
    const std::vector<OnePair> pairs{{.mag = mag, .rjb = rjb}};
    return evaluate(**model, imt, Batch(pairs).view()).front();
  }

  std::filesystem::path folder_;
  hid_t file_ = -1;
};

TEST_F(GmpeTable, GivesTheValuesOfItsCorners) {
  EXPECT_NEAR(at(5, 20).ln_mean, std::log(0.05), 1e-12);
  EXPECT_NEAR(at(6, 50).ln_mean, std::log(0.1), 1e-12);
  EXPECT_NEAR(at(5, 20).sigma, 0.6, 1e-12);
}

TEST_F(GmpeTable, InterpolatesTheLogarithmInMagnitude) {
  EXPECT_NEAR(at(5.5, 20).ln_mean, std::log(0.05 * std::sqrt(10.0)), 1e-12);
}

TEST_F(GmpeTable, InterpolatesTheMotionItselfInDistance) {
  EXPECT_NEAR(at(5, 35).ln_mean, std::log(0.03), 1e-12);
  EXPECT_NEAR(at(5, 35).sigma, 0.65, 1e-12);
}

TEST_F(GmpeTable, IsConstantCloseToTheSourceAndNothingBeyondItsReach) {
  EXPECT_NEAR(at(5, 2).ln_mean, std::log(0.1), 1e-12);
  EXPECT_NEAR(at(5, 51).ln_mean, std::log(1e-20), 1e-9);
}

TEST_F(GmpeTable, LargerMagnitudesCountAsTheLargest) {
  EXPECT_NEAR(at(7.3, 20).ln_mean, std::log(0.5), 1e-12);
}

TEST_F(GmpeTable, SmallerMagnitudesHaveNoMotion) {
  EXPECT_TRUE(std::isnan(at(4.9, 20).ln_mean));
}

TEST_F(GmpeTable, InterpolatesBetweenPeriodsAndNotBeyondThem) {
  put("IMLs/T", {2}, {0.1, 1.0});
  put("IMLs/SA", {3, 2, 2}, {1, 10, 0.01, 0.1, 1, 10, 0.01, 0.1, 1, 10, 0.01, 0.1});
  put("Total/SA", {3, 2, 2}, std::vector<double>(12, 0.5));
  const Imt middle = sa(std::sqrt(0.1));

  EXPECT_NEAR(at(5, 20, middle).ln_mean, std::log(0.1), 1e-12);
  const auto model = make();
  ASSERT_TRUE(model);
  EXPECT_TRUE((*model)->supports(sa(1.0)));
  EXPECT_FALSE((*model)->supports(sa(1.1)));
  EXPECT_FALSE((*model)->supports(kPgv));
}

TEST_F(GmpeTable, ReadsTheDistanceThatTheFileNames) {
  const auto model = make();

  ASSERT_TRUE(model);
  EXPECT_EQ((*model)->needs(), need_mag | need_rjb);
}

TEST_F(GmpeTable, ASpectrumWithoutPeriodsIsRefused) {
  put("IMLs/SA", {3, 1, 2}, std::vector<double>(6, 1.0));
  const auto model = make();

  ASSERT_FALSE(model);
  EXPECT_NE(model.error().message.find("IMLs/T"), std::string::npos);
}

TEST_F(GmpeTable, TablesOfTheWrongSizeAreRefused) {
  put("Total/PGA", {3}, {0.5, 0.5, 0.5});
  const auto model = make();

  ASSERT_FALSE(model);
  EXPECT_NE(model.error().message.find("Total/PGA"), std::string::npos);
  EXPECT_EQ(model.error().where, "tree.xml:3");
}

TEST_F(GmpeTable, AFileThatIsNotHdf5IsRefused) {
  close();
  std::filesystem::resize_file(path(), 100);
  const auto model = make();

  ASSERT_FALSE(model);
  EXPECT_NE(model.error().message.find("table.hdf5"), std::string::npos);
}

} // namespace

} // namespace oq::engine::testing
