// DatastoreFile on files that were cut off, damaged, or made to hurt: an error, never a crash.
#include "store/datastore_file.hpp"
#include "support/temporary_folder.hpp"

#include <gtest/gtest.h>
#include <hdf5.h>

#include <random>

namespace oq::store {
namespace {

class DamagedDatastore : public ::testing::Test {
protected:
  void SetUp() override {
    auto store = DatastoreFile::create(path());
    ASSERT_TRUE(store);
    std::vector<float> curves(20'000);
    for (std::size_t i = 0; i < curves.size(); ++i)
      curves[i] = static_cast<float>(i % 977) * 0.001f;
    ASSERT_TRUE((*store)->put("hcurves-stats", {{200, 100}, curves}));
    ASSERT_TRUE((*store)->put("sitecol/lon", {{3}, std::vector<double>{1, 2, 3}}));
    ASSERT_TRUE((*store)->put("names", {{3}, std::vector<std::string>{"a", "bb", "ccc"}}));
    ASSERT_TRUE((*store)->put_attributes("oqparam", {{"description", "x"}, {"poes", {0.1, 0.02}}}));
    ASSERT_TRUE((*store)->commit());
    store->reset();
    good_ = oq::testing::file_text(path());
  }
  std::filesystem::path path() const { return folder_ / "calc_1.hdf5"; }

  // Reads everything there is; whatever the answers are, the process lives on.
  static int errors_in(const std::filesystem::path& file) {
    const auto store = DatastoreFile::open(file);
    if (!store)
      return 1;
    int errors = 0;
    for (const char* key : {"hcurves-stats", "sitecol/lon", "names"})
      errors += (*store)->get(key) ? 0 : 1;
    errors += (*store)->attributes("oqparam") ? 0 : 1;
    (*store)->keys();
    return errors;
  }

  oq::testing::TemporaryFolder folder_;
  std::string good_;
};

TEST_F(DamagedDatastore, TheWholeFileReadsWithoutErrors) {
  EXPECT_EQ(errors_in(path()), 0);
}

TEST_F(DamagedDatastore, ACutOffFileIsAnError) {
  for (std::size_t length = 0; length < good_.size(); length += 61)
    EXPECT_GT(errors_in(folder_.write("cut.hdf5", good_.substr(0, length))), 0) << length;
}

TEST_F(DamagedDatastore, AFileOfSomethingElseIsUnavailable) {
  const auto store = DatastoreFile::open(folder_.write("text.hdf5", std::string(10'000, 'x')));

  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().code, Errc::unavailable);
}

TEST_F(DamagedDatastore, FlippedBytesNeverCrashTheReader) {
  std::mt19937 random(20130828);
  for (int round = 0; round < 300; ++round) {
    auto bytes = good_;
    for (int flips = 0; flips < 1 + round % 5; ++flips)
      bytes[random() % bytes.size()] ^= static_cast<char>(1 + random() % 255);
    errors_in(folder_.write("flipped.hdf5", bytes));
  }
}

// A shape of 8 TB of zeros takes a few hundred bytes in a file.
TEST_F(DamagedDatastore, AShapeThatNoDataStandsBehindIsRefused) {
  const auto file = (folder_ / "bomb.hdf5").string();
  const hid_t id = H5Fcreate(file.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
  const hsize_t shape[] = {1'000'000, 1'000'000};
  const hsize_t chunk[] = {1000, 1000};
  const hid_t space = H5Screate_simple(2, shape, nullptr);
  const hid_t settings = H5Pcreate(H5P_DATASET_CREATE);
  H5Pset_chunk(settings, 2, chunk);
  H5Dclose(H5Dcreate2(id, "zeros", H5T_NATIVE_DOUBLE, space, H5P_DEFAULT, settings, H5P_DEFAULT));
  H5Pclose(settings);
  H5Sclose(space);
  H5Fclose(id);

  const auto store = DatastoreFile::open(file);
  ASSERT_TRUE(store);
  const auto array = (*store)->get("zeros");

  ASSERT_FALSE(array);
  EXPECT_EQ(array.error().code, Errc::unavailable);
}

} // namespace
} // namespace oq::store
