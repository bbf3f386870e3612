// Fields from an HDF5 file, and what is wrong with others.
#include "engine/gmf/import_fields.hpp"
#include "engine/job/job_folder.hpp"

#include <gtest/gtest.h>
#include <hdf5.h>

namespace oq::engine {
namespace {

class Hdf5Fields : public ::testing::Test {
protected:
  void SetUp() override {
    file_ = H5Fcreate(path().c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
    for (const char* group : {"gmf_data", "sitecol"})
      H5Gclose(H5Gcreate2(file_, group, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
    put_text("imts", "PGA SA(0.3)");
    put_number("num_events", 5);
    put("gmf_data/sid", {0, 1, 0});
    put("gmf_data/eid", {2, 0, 0});
    put("gmf_data/gmv_0", {0.3, 0.2, 0.1});
    put("gmf_data/gmv_1", {0.6, 0.4, 0.2});
    put("sitecol/lon", {11, 10}); // not in the order of places
    put("sitecol/lat", {45, 45});
  }
  void TearDown() override { close(); }

  std::filesystem::path path() const { return folder_.path() / "gmfs.hdf5"; }
  void close() {
    if (file_ >= 0)
      H5Fclose(file_);
    file_ = -1;
  }
  void put(const char* key, const std::vector<double>& values) {
    if (H5Lexists(file_, key, H5P_DEFAULT) > 0)
      H5Ldelete(file_, key, H5P_DEFAULT);
    const hsize_t size = values.size();
    const hid_t space = H5Screate_simple(1, &size, nullptr);
    const hid_t data =
      H5Dcreate2(file_, key, H5T_IEEE_F64LE, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    H5Dwrite(data, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data());
    H5Dclose(data);
    H5Sclose(space);
  }
  // Of gmf_data.
  void put_text(const char* name, const std::string& text) {
    if (H5Aexists_by_name(file_, "gmf_data", name, H5P_DEFAULT) > 0)
      H5Adelete_by_name(file_, "gmf_data", name, H5P_DEFAULT);
    const hid_t type = H5Tcopy(H5T_C_S1), space = H5Screate(H5S_SCALAR);
    H5Tset_size(type, text.size());
    const hid_t attribute = H5Acreate_by_name(file_, "gmf_data", name, type, space, H5P_DEFAULT,
                                              H5P_DEFAULT, H5P_DEFAULT);
    H5Awrite(attribute, type, text.data());
    H5Aclose(attribute);
    H5Sclose(space);
    H5Tclose(type);
  }
  void put_number(const char* name, std::int64_t number) {
    const hid_t space = H5Screate(H5S_SCALAR);
    const hid_t attribute = H5Acreate_by_name(file_, "gmf_data", name, H5T_STD_I64LE, space,
                                              H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    H5Awrite(attribute, H5T_NATIVE_INT64, &number);
    H5Aclose(attribute);
    H5Sclose(space);
  }
  Result<ImportedTable> import() {
    close();
    job_.ini = folder_.path() / "job.ini";
    job_.inputs["gmfs"] = {path()};
    return import_fields(job_);
  }
  std::string refusal() {
    const auto imported = import();
    return imported ? "" : imported.error().text();
  }

  testing::JobFolder folder_;
  Job job_;
  hid_t file_ = -1;
};

TEST_F(Hdf5Fields, StandOnTheSitesOfTheFileByEventAndSite) {
  const auto imported = import();

  ASSERT_TRUE(imported) << imported.error().text();
  EXPECT_EQ(imported->sites.lon, (std::vector<double>{10, 11}));
  EXPECT_EQ(imported->fields.imts, (std::vector<std::string>{"PGA", "SA(0.3)"}));
  EXPECT_EQ(imported->fields.event, (std::vector<std::int32_t>{0, 0, 2}));
  EXPECT_EQ(imported->fields.site, (std::vector<std::int32_t>{0, 1, 1}));
  EXPECT_EQ(imported->fields.values, (std::vector<float>{0.2F, 0.4F, 0.1F, 0.2F, 0.3F, 0.6F}));
}

TEST_F(Hdf5Fields, CountEventsThatShakeNoSite) {
  EXPECT_EQ(import()->events.size(), 5u);
}

TEST_F(Hdf5Fields, StandOnTheSitesOfTheJobWhenTheFileHasNone) {
  H5Ldelete(file_, "sitecol/lon", H5P_DEFAULT);
  job_.sites = {{0, 0, 0}, {1, 0, 0}};

  const auto imported = import();
  ASSERT_TRUE(imported) << imported.error().text();
  EXPECT_EQ(imported->sites.lon, (std::vector<double>{0, 1}));
  EXPECT_EQ(imported->fields.site, (std::vector<std::int32_t>{0, 1, 0}));
}

TEST_F(Hdf5Fields, AreRefusedWithTheFileAndTheRow) {
  put("gmf_data/sid", {0, 2, 0});
  EXPECT_EQ(refusal(), "gmfs.hdf5: row 1: the site 2 is not known");
}

TEST_F(Hdf5Fields, HaveNoNegativeIntensities) {
  put("gmf_data/gmv_1", {0.1, 0.1, -1});
  EXPECT_EQ(refusal(), "gmfs.hdf5: row 2: an intensity that is negative or no number");
}

TEST_F(Hdf5Fields, HaveColumnsOfOneLength) {
  put("gmf_data/gmv_1", {0.1, 0.1});
  EXPECT_EQ(refusal(), "gmfs.hdf5: 'gmf_data/gmv_1' is not as long as 'eid'");
}

TEST_F(Hdf5Fields, ShakeASiteOnceAnEvent) {
  put("gmf_data/sid", {0, 0, 0});
  EXPECT_EQ(refusal(), "gmfs.hdf5: event 0 shakes a site twice");
}

// The later file has a site of the first file and one of its own.
TEST_F(Hdf5Fields, OfSeveralFilesStandOnTheSitesOfAll) {
  close();
  const auto first = folder_.path() / "first.hdf5";
  std::filesystem::rename(path(), first);
  SetUp();
  put("gmf_data/sid", {1, 0});
  put("gmf_data/eid", {1, 0});
  put("gmf_data/gmv_0", {3, 1});
  put("gmf_data/gmv_1", {4, 2});
  put("sitecol/lon", {10, 9});
  close();
  job_.ini = folder_.path() / "job.ini";
  job_.inputs["gmfs"] = {first, path()};
  const auto imported = import_fields(job_);

  ASSERT_TRUE(imported) << imported.error().text();
  EXPECT_EQ(imported->sites.lon, (std::vector<double>{9, 10, 11}));
  EXPECT_EQ(imported->events.size(), 10u); // five each
  EXPECT_EQ(imported->fields.event, (std::vector<std::int32_t>{0, 0, 2, 5, 6}));
  EXPECT_EQ(imported->fields.site, (std::vector<std::int32_t>{1, 2, 2, 1, 0}));
  EXPECT_EQ(imported->fields.values,
            (std::vector<float>{0.2F, 0.4F, 0.1F, 0.2F, 0.3F, 0.6F, 1, 2, 3, 4}));
}

TEST_F(Hdf5Fields, NameTheirMeasures) {
  put_text("imts", "PGA speed");
  EXPECT_NE(refusal().find("speed"), std::string::npos);
}

} // namespace
} // namespace oq::engine
