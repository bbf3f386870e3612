// The memory datastore keeps the datastore's contract.
#include "engine/output/datastore.hpp"

#include <gtest/gtest.h>

namespace oq::engine {
namespace {

TEST(MemoryDatastore, GivesBackWhatWasPut) {
  auto datastore = make_memory_datastore();

  ASSERT_TRUE(datastore->put("group/name", {{2}, std::vector<std::string>{"a", "b"}}));

  const auto array = datastore->get("group/name");
  ASSERT_TRUE(array);
  EXPECT_EQ(array->shape, (std::vector<std::size_t>{2}));
  EXPECT_EQ(std::get<std::vector<std::string>>(array->values),
            (std::vector<std::string>{"a", "b"}));
}

TEST(MemoryDatastore, AnUnknownKeyIsNotFound) {
  auto datastore = make_memory_datastore();

  EXPECT_EQ(datastore->get("nothing").error().code, Errc::not_found);
  EXPECT_EQ(datastore->attributes("nothing").error().code, Errc::not_found);
}

TEST(MemoryDatastore, AShapeThatDoesNotFitIsRefused) {
  auto datastore = make_memory_datastore();

  EXPECT_FALSE(datastore->put("x", {{2, 2}, std::vector<double>{1, 2, 3}}));
}

TEST(MemoryDatastore, AGroupExistsWhenADatasetIsInIt) {
  auto datastore = make_memory_datastore();
  ASSERT_TRUE(datastore->put("sitecol/lon", {{1}, std::vector<double>{1}}));

  EXPECT_TRUE(datastore->contains("sitecol"));
  EXPECT_FALSE(datastore->contains("site"));
}

TEST(MemoryDatastore, KeysAreTopLevelAndSorted) {
  auto datastore = make_memory_datastore();
  ASSERT_TRUE(datastore->put("sitecol/lon", {{1}, std::vector<double>{1}}));
  ASSERT_TRUE(datastore->put("sitecol/lat", {{1}, std::vector<double>{1}}));
  ASSERT_TRUE(datastore->put("hcurves", {{1}, std::vector<double>{1}}));
  ASSERT_TRUE(datastore->put_attributes("", {{"description", "x"}}));

  EXPECT_EQ(datastore->keys(), (std::vector<std::string>{"hcurves", "sitecol"}));
}

TEST(MemoryDatastore, AttributesOfAKeyAreAddedTo) {
  auto datastore = make_memory_datastore();
  ASSERT_TRUE(datastore->put_attributes("", {{"a", 1}}));
  ASSERT_TRUE(datastore->put_attributes("", {{"b", 2}}));

  const auto attributes = datastore->attributes("");
  ASSERT_TRUE(attributes);
  EXPECT_EQ(attributes->size(), 2u);
}

TEST(MemoryDatastore, APartIsARangeOfEachLeadingAxis) {
  auto datastore = make_memory_datastore();
  ASSERT_TRUE(
    datastore->put("x", {{2, 3, 2}, std::vector<double>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}}));

  const auto part = datastore->get_part("x", {{1, 1}, {1, 2}});

  ASSERT_TRUE(part);
  EXPECT_EQ(part->shape, (std::vector<std::size_t>{1, 2, 2}));
  EXPECT_EQ(std::get<std::vector<double>>(part->values), (std::vector<double>{8, 9, 10, 11}));
  EXPECT_EQ(datastore->get_part("x", {{1, 2}}).error().code, Errc::invalid_input);
}

TEST(MemoryDatastore, ADescriptionHasTypeAndShapeButNoValues) {
  auto datastore = make_memory_datastore();
  ASSERT_TRUE(datastore->put("x", {{1, 2}, std::vector<float>{1, 2}}));

  const auto about = datastore->describe("x");

  ASSERT_TRUE(about);
  EXPECT_EQ(about->shape, (std::vector<std::size_t>{1, 2}));
  EXPECT_TRUE(std::get<std::vector<float>>(about->values).empty());
}

TEST(MemoryDatastore, MembersOfAGroupAreSorted) {
  auto datastore = make_memory_datastore();
  ASSERT_TRUE(datastore->put("g/b/c", {{1}, std::vector<double>{1}}));
  ASSERT_TRUE(datastore->put("g/a", {{1}, std::vector<double>{1}}));

  EXPECT_EQ(datastore->members("g"), (std::vector<std::string>{"a", "b"}));
  EXPECT_TRUE(datastore->members("g/a").empty());
}

TEST(MemoryDatastore, IsFilledPartByPart) {
  auto datastore = make_memory_datastore();
  ASSERT_TRUE(datastore->create("x", {{3, 2}, std::vector<double>()}));

  ASSERT_TRUE(datastore->put_part("x", {{1, 1}}, std::vector<double>{1, 2}));
  ASSERT_TRUE(datastore->put_part("x", {{0, 3}, {1, 1}}, std::vector<double>{3, 4, 5}));

  EXPECT_EQ(std::get<std::vector<double>>(datastore->get("x")->values),
            (std::vector<double>{0, 3, 1, 4, 0, 5}));
}

TEST(MemoryDatastore, APartThatDoesNotFitIsRefused) {
  auto datastore = make_memory_datastore();
  ASSERT_TRUE(datastore->create("x", {{3, 2}, std::vector<double>()}));

  EXPECT_EQ(datastore->put_part("x", {{3, 1}}, std::vector<double>{1, 2}).error().code,
            Errc::invalid_input);
  EXPECT_EQ(datastore->put_part("x", {{1, 1}}, std::vector<double>{1}).error().code,
            Errc::internal);
  EXPECT_EQ(datastore->put_part("x", {{1, 1}}, std::vector<float>{1, 2}).error().code,
            Errc::internal);
  EXPECT_EQ(datastore->put_part("y", {}, std::vector<double>{}).error().code, Errc::not_found);
}

} // namespace
} // namespace oq::engine
