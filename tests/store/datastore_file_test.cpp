// DatastoreFile: what goes in comes out, whole or not at all, and other programs can read it.
#include "store/datastore_file.hpp"

#include "support/full_disk.hpp"
#include "support/temporary_folder.hpp"

#include <boost/json/value.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <thread>

namespace oq::store {
namespace {

using engine::Array;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::vector<float> curve(std::size_t size) {
  std::vector<float> values(size);
  for (std::size_t i = 0; i < size; ++i)
    values[i] = std::exp(-0.001f * static_cast<float>(i % 5000));
  return values;
}

class DatastoreFileTest : public ::testing::Test {
protected:
  std::filesystem::path path() const { return folder_ / "calc_1.hdf5"; }
  std::unique_ptr<DatastoreFile> create() {
    auto store = DatastoreFile::create(path());
    EXPECT_TRUE(store) << store.error().text();
    return store ? std::move(*store) : nullptr;
  }
  // In the folder.
  std::vector<std::string> names() const {
    std::vector<std::string> found;
    for (const auto& entry : std::filesystem::directory_iterator(folder_.path()))
      found.push_back(entry.path().filename().string());
    return found;
  }
  // Commits what `fill` writes and opens it anew.
  template <class Fill>
  std::unique_ptr<DatastoreFile> written(Fill fill) {
    auto store = create();
    fill(*store);
    const auto committed = store->commit();
    EXPECT_TRUE(committed) << committed.error().text();
    auto opened = DatastoreFile::open(path());
    EXPECT_TRUE(opened) << opened.error().text();
    return opened ? std::move(*opened) : nullptr;
  }

  oq::testing::TemporaryFolder folder_;
};

template <class T>
class DatastoreValues : public DatastoreFileTest {};
using ValueTypes =
  ::testing::Types<float, double, std::int32_t, std::int64_t, std::uint8_t, std::string>;
TYPED_TEST_SUITE(DatastoreValues, ValueTypes);

TYPED_TEST(DatastoreValues, ComeBackWithTypeAndShape) {
  std::vector<TypeParam> values;
  if constexpr (std::is_same_v<TypeParam, std::string>)
    values = {"", "b1", "x,y", "caffè, a longer one", "a b", "\n"};
  else
    values = {TypeParam(0), TypeParam(1), TypeParam(2), TypeParam(200), TypeParam(4), TypeParam(5)};

  const auto store = this->written([&](auto& file) {
    ASSERT_TRUE(file.put("group/sub/array", {{2, 3}, values}));
    ASSERT_TRUE(file.put("empty", {{0, 3}, std::vector<TypeParam>{}}));
    ASSERT_TRUE(file.put("scalar", {{}, std::vector<TypeParam>{values[3]}}));
  });
  const auto array = store->get("group/sub/array");

  ASSERT_TRUE(array) << array.error().text();
  EXPECT_THAT(array->shape, ElementsAre(2, 3));
  EXPECT_EQ(std::get<std::vector<TypeParam>>(array->values), values);
  EXPECT_THAT(store->get("empty")->shape, ElementsAre(0, 3));
  EXPECT_TRUE(store->get("scalar")->shape.empty());
  EXPECT_EQ(std::get<std::vector<TypeParam>>(store->get("scalar")->values).front(), values[3]);
}

TEST_F(DatastoreFileTest, IsFilledPartByPart) {
  const auto store = written([](auto& file) {
    ASSERT_TRUE(file.create("x", {{3, 2}, std::vector<double>()}));
    ASSERT_TRUE(file.put_part("x", {{1, 1}}, std::vector<double>{1, 2}));
    ASSERT_TRUE(file.put_part("x", {{0, 3}, {1, 1}}, std::vector<double>{3, 4, 5}));
  });

  EXPECT_EQ(std::get<std::vector<double>>(store->get("x")->values),
            (std::vector<double>{0, 3, 1, 4, 0, 5}));
}

// Parts that end in the middle of a chunk.
TEST_F(DatastoreFileTest, PartsOfALargeArrayMakeTheSameArray) {
  constexpr std::size_t kRows = 1000, kPart = 37;
  std::vector<double> whole(kRows * 300);
  for (std::size_t i = 0; i < whole.size(); ++i)
    whole[i] = std::sin(static_cast<double>(i));
  const auto store = written([&](auto& file) {
    ASSERT_TRUE(file.create("x", {{kRows, 300}, std::vector<double>()}));
    for (std::size_t row = 0; row < kRows; row += kPart) {
      const auto end = std::min(row + kPart, kRows);
      ASSERT_TRUE(file.put_part("x", {{row, end - row}},
                                std::vector<double>(whole.begin() + static_cast<long>(row * 300),
                                                    whole.begin() + static_cast<long>(end * 300))));
    }
  });

  EXPECT_EQ(std::get<std::vector<double>>(store->get("x")->values), whole);
}

TEST_F(DatastoreFileTest, APartThatDoesNotFitIsRefused) {
  const auto store = create();
  ASSERT_TRUE(store->create("x", {{3, 2}, std::vector<double>()}));

  EXPECT_EQ(store->put_part("x", {{3, 1}}, std::vector<double>{1, 2}).error().code,
            Errc::invalid_input);
  EXPECT_EQ(store->put_part("x", {{1, 1}}, std::vector<double>{1}).error().code, Errc::internal);
  EXPECT_EQ(store->put_part("x", {{1, 1}}, std::vector<float>{1, 2}).error().code, Errc::internal);
  EXPECT_EQ(store->put_part("y", {}, std::vector<double>{}).error().code, Errc::not_found);
}

TEST_F(DatastoreFileTest, APartIsARangeOfEachLeadingAxis) {
  const auto store = written([](auto& file) {
    ASSERT_TRUE(
      file.put("x", {{2, 3, 2}, std::vector<double>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}}));
    ASSERT_TRUE(file.put("texts", {{3}, std::vector<std::string>{"a", "bc", "def"}}));
    ASSERT_TRUE(file.put("large", {{400, 500}, curve(200'000)}));
  });

  const auto part = store->get_part("x", {{1, 1}, {1, 2}});
  ASSERT_TRUE(part) << part.error().text();
  EXPECT_THAT(part->shape, ElementsAre(1, 2, 2));
  EXPECT_THAT(std::get<std::vector<double>>(part->values), ElementsAre(8, 9, 10, 11));
  EXPECT_THAT(std::get<std::vector<std::string>>(store->get_part("texts", {{1, 2}})->values),
              ElementsAre("bc", "def"));
  const auto rows = store->get_part("large", {{399, 1}});
  ASSERT_TRUE(rows);
  EXPECT_EQ(std::get<std::vector<float>>(rows->values).back(), curve(200'000).back());
  EXPECT_THAT(store->get_part("x", {{0, 0}})->shape, ElementsAre(0, 3, 2));
  EXPECT_EQ(store->get_part("x", {{1, 2}}).error().code, Errc::invalid_input);
  EXPECT_EQ(store->get_part("x", {{0, 1}, {0, 1}, {0, 1}, {0, 1}}).error().code,
            Errc::invalid_input);
}

TEST_F(DatastoreFileTest, ADescriptionReadsNoValues) {
  const auto store = written([](auto& file) {
    ASSERT_TRUE(file.put("group/large", {{400, 500}, curve(200'000)}));
    ASSERT_TRUE(file.put("group/a/b", {{1}, std::vector<double>{1}}));
  });

  const auto about = store->describe("group/large");
  ASSERT_TRUE(about) << about.error().text();
  EXPECT_THAT(about->shape, ElementsAre(400, 500));
  EXPECT_TRUE(std::get<std::vector<float>>(about->values).empty());
  EXPECT_EQ(store->describe("group").error().code, Errc::not_found);
  EXPECT_THAT(store->members("group"), ElementsAre("a", "large"));
  EXPECT_TRUE(store->members("group/large").empty());
  EXPECT_TRUE(store->members("nothing").empty());
}

TEST_F(DatastoreFileTest, LargeArraysAreCompressed) {
  const auto values = curve(1'000'000);

  const auto store = written([&](auto& file) {
    ASSERT_TRUE(file.put("hcurves-rlzs", {{100, 50, 200}, values}));
  });

  EXPECT_EQ(std::get<std::vector<float>>(store->get("hcurves-rlzs")->values), values);
  EXPECT_LT(std::filesystem::file_size(path()), 1'000'000u) << "of 4 MB";
}

TEST_F(DatastoreFileTest, AttributesComeBackAsTheyWere) {
  const engine::Attributes given{
    {"investigation_time", 50.0},
    {"count", 624},
    {"huge", 18446744073709551615ull},
    {"ok", true},
    {"imt", "PGA"},
    {"looks_like_json", "{\"a\": 1}"},
    {"empty", ""},
    {"poes", {0.1, 0.02}},
    {"mixed_numbers", {1.5, 2}},
    {"ids", {1, 2, 3}},
    {"names", {"mean", "quantile-0.15"}},
    {"none", nullptr},
    {"nothing", boost::json::array{}},
    {"nested", {{"PGA", {0.1, 0.2}}, {"deep", {{"a", nullptr}}}}},
  };

  const auto store = written([&](auto& file) {
    ASSERT_TRUE(file.put("hcurves-stats", {{1}, std::vector<double>{1}}));
    ASSERT_TRUE(file.put_attributes("hcurves-stats", given));
  });
  auto found = *store->attributes("hcurves-stats");

  EXPECT_EQ(found.size(), given.size());
  EXPECT_EQ(found.at("mixed_numbers"), (boost::json::value{1.5, 2.0}));
  found["mixed_numbers"] = given.at("mixed_numbers");
  EXPECT_EQ(found, given);
}

TEST_F(DatastoreFileTest, RootAndGroupsHaveAttributesToo) {
  const auto store = written([](auto& file) {
    ASSERT_TRUE(file.put_attributes("", {{"engine_version", "0.1.0"}}));
    ASSERT_TRUE(file.put_attributes(
      "oqparam", {{"description", "x"}, {"text", boost::json::string(200'000, 'x')}}));
    ASSERT_TRUE(file.put_attributes("oqparam", {{"description", "y"}}));
  });

  EXPECT_EQ(store->attributes("")->at("engine_version"), "0.1.0");
  EXPECT_EQ(store->attributes("oqparam")->at("description"), "y");
  EXPECT_EQ(store->attributes("oqparam")->at("text").as_string().size(), 200'000u);
  EXPECT_TRUE(store->contains("oqparam"));
}

TEST_F(DatastoreFileTest, PuttingAgainReplacesTheArrayAndKeepsItsAttributes) {
  const auto store = written([](auto& file) {
    ASSERT_TRUE(file.put_attributes("sitecol/lon", {{"unit", "degree"}}));
    ASSERT_TRUE(file.put("sitecol/lon", {{2}, std::vector<double>{1, 2}}));
    ASSERT_TRUE(file.put("sitecol/lon", {{1}, std::vector<float>{7}}));
  });

  EXPECT_EQ(std::get<std::vector<float>>(store->get("sitecol/lon")->values).front(), 7.f);
  EXPECT_EQ(store->attributes("sitecol/lon")->at("unit"), "degree");
}

TEST_F(DatastoreFileTest, KeysAreTheTopLevelSorted) {
  const auto store = written([](auto& file) {
    ASSERT_TRUE(file.put("sitecol/lon", {{1}, std::vector<double>{1}}));
    ASSERT_TRUE(file.put("sitecol/lat", {{1}, std::vector<double>{1}}));
    ASSERT_TRUE(file.put("hcurves-stats", {{1}, std::vector<double>{1}}));
  });

  EXPECT_THAT(store->keys(), ElementsAre("hcurves-stats", "sitecol"));
  EXPECT_TRUE(store->contains("sitecol/lat"));
  EXPECT_FALSE(store->contains("sitecol/depth"));
  EXPECT_FALSE(store->contains("no/such"));
}

TEST_F(DatastoreFileTest, WhatIsNotThereIsNotFound) {
  const auto store = written([](auto& file) {
    ASSERT_TRUE(file.put("sitecol/lon", {{1}, std::vector<double>{1}}));
  });

  EXPECT_EQ(store->get("hmaps").error().code, Errc::not_found);
  EXPECT_EQ(store->get("sitecol").error().code, Errc::not_found) << "a group";
  EXPECT_EQ(store->get("../../etc/passwd").error().code, Errc::not_found);
  EXPECT_EQ(store->attributes("hmaps").error().code, Errc::not_found);
  EXPECT_EQ(DatastoreFile::open(folder_ / "none.hdf5").error().code, Errc::not_found);
  EXPECT_EQ(DatastoreFile::open(folder_.path()).error().code, Errc::not_found);
}

TEST_F(DatastoreFileTest, RefusesKeysAndShapesThatAreDefects) {
  auto store = create();
  const Array one{{1}, std::vector<double>{1}};

  for (const char* key : {"", "/a", "a//b", "a/", "a/../b", "."})
    EXPECT_EQ(store->put(key, one).error().code, Errc::internal) << key;
  EXPECT_EQ(store->put("a", {{2}, std::vector<double>{1}}).error().code, Errc::internal);
  EXPECT_TRUE(store->put("group/a", one));
  EXPECT_EQ(store->put("group", one).error().code, Errc::conflict);
  EXPECT_FALSE(store->put("group/a/below", one)) << "a dataset is no group";
}

TEST_F(DatastoreFileTest, NothingIsUnderTheFinalNameBeforeTheCommit) {
  auto store = create();
  ASSERT_TRUE(store->put("a", {{1}, std::vector<double>{1}}));
  EXPECT_FALSE(std::filesystem::exists(path()));
  EXPECT_TRUE(store->get("a")) << "the writer reads what it wrote";

  store.reset();

  EXPECT_TRUE(std::filesystem::is_empty(folder_.path())) << "the temporary file is gone";
}

TEST_F(DatastoreFileTest, ACommitReplacesTheOldFileAsAWhole) {
  written([](auto& file) {
    ASSERT_TRUE(file.put("old", {{1}, std::vector<double>{1}}));
  });
  auto store = create();
  ASSERT_TRUE(store->put("new", {{1}, std::vector<double>{1}}));
  EXPECT_TRUE((*DatastoreFile::open(path()))->contains("old"));

  ASSERT_TRUE(store->commit());

  EXPECT_THAT((*DatastoreFile::open(path()))->keys(), ElementsAre("new"));
  EXPECT_TRUE(store->get("new"));
  EXPECT_EQ(store->put("late", {{1}, std::vector<double>{1}}).error().code, Errc::internal);
}

TEST_F(DatastoreFileTest, AFullDiskIsUnavailableAndLeavesTheOldFile) {
  written([](auto& file) {
    ASSERT_TRUE(file.put("old", {{1}, std::vector<double>{1}}));
  });
  std::vector<double> noise(200'000);
  for (std::size_t i = 0; i < noise.size(); ++i)
    noise[i] = std::sin(static_cast<double>(i * i));
  {
    const oq::testing::FullDisk full(100'000);
    auto store = create();
    const auto put = store->put("noise", {{noise.size()}, noise});
    const auto committed = store->commit();
    ASSERT_FALSE(committed);
    EXPECT_EQ(committed.error().code, Errc::unavailable);
    if (!put) {
      EXPECT_EQ(put.error().code, Errc::unavailable);
    }
  }

  EXPECT_THAT((*DatastoreFile::open(path()))->keys(), ElementsAre("old"));
  EXPECT_THAT(names(), ElementsAre("calc_1.hdf5"));
}

// A node that was frozen wakes when another has begun the same calculation again.
TEST_F(DatastoreFileTest, OfTwoWhoWriteTheSameTheLaterOneIsRight) {
  auto frozen = create(), later = create();
  ASSERT_TRUE(later->put("later", {{1}, std::vector<double>{1}}));
  ASSERT_TRUE(frozen->put("frozen", {{1}, std::vector<double>{1}}));

  EXPECT_EQ(frozen->commit().error().code, Errc::unavailable);
  frozen.reset();
  ASSERT_TRUE(later->commit());

  EXPECT_THAT((*DatastoreFile::open(path()))->keys(), ElementsAre("later"));
  EXPECT_THAT(names(), ElementsAre("calc_1.hdf5"));
}

TEST_F(DatastoreFileTest, WhatAKilledProcessLeftIsTakenAwayByTheNextOne) {
  folder_.write(path().filename().string() + ".part-0123", "half of it");
  ASSERT_TRUE(create()->commit());
  EXPECT_THAT(names(), ElementsAre("calc_1.hdf5"));
}

TEST_F(DatastoreFileTest, AFolderThatIsNotThereIsUnavailable) {
  const auto store = DatastoreFile::create(folder_ / "no/such/calc_1.hdf5");

  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().code, Errc::unavailable);
  EXPECT_THAT(store.error().message, HasSubstr("No such file or directory"));
}

TEST_F(DatastoreFileTest, DifferentFilesAreUsedByDifferentThreads) {
  const auto work = [this](int number) {
    auto store = DatastoreFile::create(folder_ / (std::to_string(number) + ".hdf5"));
    for (int i = 0; i < 50; ++i)
      ASSERT_TRUE((*store)->put("a" + std::to_string(i), {{5000}, curve(5000)}));
    ASSERT_TRUE((*store)->commit());
    for (int i = 0; i < 50; ++i)
      ASSERT_TRUE((*store)->get("a" + std::to_string(i)));
  };

  std::thread first(work, 1), second(work, 2);
  first.join();
  second.join();

  EXPECT_TRUE(DatastoreFile::open(folder_ / "2.hdf5"));
}

} // namespace
} // namespace oq::store
