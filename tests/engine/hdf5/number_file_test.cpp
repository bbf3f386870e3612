// NumberFile reads arrays and texts of files that users give, and says what is wrong with others.
#include "engine/hdf5/number_file.hpp"

#include <gtest/gtest.h>
#include <hdf5.h>

#include <fstream>

namespace oq::engine {
namespace {

class NumberFileTest : public ::testing::Test {
protected:
  void SetUp() override {
    std::string name = (std::filesystem::temp_directory_path() / "oq-numbers-XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
    const hid_t file = H5Fcreate(path().c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT);
    H5Gclose(H5Gcreate2(file, "group", H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT));
    put(file, "group/floats", H5T_IEEE_F32LE, {2, 3});
    put(file, "group/integers", H5T_STD_I16LE, {4});
    put(file, "vast", H5T_IEEE_F64LE, {1'000'000, 1'000'000});
    H5Fclose(file);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path path() const { return folder_ / "table.hdf5"; }

  // Values 0, 1, 2, …; nothing is written to an array too large for that.
  static void put(hid_t file, const char* key, hid_t type, std::vector<hsize_t> shape) {
    const hid_t space = H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr);
    const hid_t data = H5Dcreate2(file, key, type, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    std::vector<double> values(6);
    for (std::size_t i = 0; i < values.size(); ++i)
      values[i] = static_cast<double>(i);
    if (shape.front() < 100)
      H5Dwrite(data, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data());
    H5Dclose(data);
    H5Sclose(space);
  }

  std::filesystem::path folder_;
};

TEST_F(NumberFileTest, GivesShapeAndValuesInDoublePrecision) {
  const auto file = NumberFile::open(path());
  ASSERT_TRUE(file);
  const auto numbers = file->numbers("group/floats");

  ASSERT_TRUE(numbers);
  EXPECT_EQ(numbers->shape, (std::vector<std::size_t>{2, 3}));
  EXPECT_EQ(numbers->values, (std::vector<double>{0, 1, 2, 3, 4, 5}));
  EXPECT_TRUE(numbers->single_precision);
  EXPECT_FALSE(file->numbers("group/integers")->single_precision);
}

TEST_F(NumberFileTest, ListsTheMembersOfAGroup) {
  const auto file = NumberFile::open(path());
  ASSERT_TRUE(file);

  EXPECT_EQ(*file->members("group"), (std::vector<std::string>{"floats", "integers"}));
  EXPECT_TRUE(file->has("group/floats"));
  EXPECT_FALSE(file->has("group/texts"));
  EXPECT_FALSE(file->has("nothing/at/all"));
}

TEST_F(NumberFileTest, AHeaderThatClaimsTooMuchIsRefusedBeforeAnythingIsAllocated) {
  const auto file = NumberFile::open(path());
  ASSERT_TRUE(file);
  const auto numbers = file->numbers("vast");

  ASSERT_FALSE(numbers);
  EXPECT_NE(numbers.error().message.find("vast"), std::string::npos);
  EXPECT_EQ(numbers.error().where, "table.hdf5");
}

TEST_F(NumberFileTest, WhatIsNotThereIsNamed) {
  const auto file = NumberFile::open(path());
  ASSERT_TRUE(file);

  EXPECT_NE(file->numbers("group/texts").error().message.find("group/texts"), std::string::npos);
  EXPECT_NE(file->numbers("group").error().message.find("not an array"), std::string::npos);
  EXPECT_FALSE(file->text_attribute("group/floats", "metric"));
}

TEST_F(NumberFileTest, AnotherKindOfFileIsRefused) {
  std::ofstream(folder_ / "text.hdf5") << "not HDF5";

  EXPECT_FALSE(NumberFile::open(folder_ / "text.hdf5"));
  EXPECT_FALSE(NumberFile::open(folder_ / "absent.hdf5"));
}

TEST_F(NumberFileTest, TheLockGoesWithTheFile) {
  {
    const auto first = NumberFile::open(path());
    ASSERT_TRUE(first);
  }
  EXPECT_TRUE(NumberFile::open(path()));
}

} // namespace
} // namespace oq::engine
