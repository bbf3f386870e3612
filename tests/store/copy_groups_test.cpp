// Groups of arrays in a file of their own.
#include "store/copy_groups.hpp"

#include "store/datastore_file.hpp"
#include "support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <numeric>

namespace oq::store {
namespace {

TEST(CopyGroups, KeepsArraysOfSeveralPartsTextsAndAttributes) {
  const oq::testing::TemporaryFolder folder;
  const auto from = engine::make_memory_datastore();
  std::vector<std::int32_t> events(2'500'000); // more than two parts
  std::iota(events.begin(), events.end(), 7);
  const std::vector<std::string> names{"a", "bcd"};
  const std::vector<float> sigma{1, 2, 3, 4, 5, 6};
  ASSERT_TRUE(from->put("gmf_data/eid", {{events.size()}, events}));
  ASSERT_TRUE(from->put("gmf_data/sigma", {{3, 2}, sigma}));
  ASSERT_TRUE(from->put("sitecol/custom_site_id", {{2}, names}));
  ASSERT_TRUE(from->put("other/lon", {{2}, std::vector<double>{1, 2}}));
  ASSERT_TRUE(from->put_attributes("gmf_data", {{"imts", "PGA"}, {"num_events", 9}}));
  ASSERT_TRUE(from->put_attributes("gmf_data/sigma", {{"unit", "ln"}}));

  ASSERT_TRUE(copy_groups(*from, {"gmf_data", "sitecol"}, folder / "fields.hdf5"));

  const auto copy = DatastoreFile::open(folder / "fields.hdf5");
  ASSERT_TRUE(copy);
  EXPECT_EQ((*copy)->keys(), (std::vector<std::string>{"gmf_data", "sitecol"}));
  EXPECT_TRUE((*copy)->get("gmf_data/eid")->values == engine::ArrayValues(events));
  EXPECT_EQ((*copy)->get("gmf_data/sigma")->shape, (std::vector<std::size_t>{3, 2}));
  EXPECT_TRUE((*copy)->get("gmf_data/sigma")->values == engine::ArrayValues(sigma));
  EXPECT_TRUE((*copy)->get("sitecol/custom_site_id")->values == engine::ArrayValues(names));
  EXPECT_EQ((*copy)->attributes("gmf_data")->at("imts"), "PGA");
  EXPECT_EQ((*copy)->attributes("gmf_data")->at("num_events"), 9);
  EXPECT_EQ((*copy)->attributes("gmf_data/sigma")->at("unit"), "ln");
}

TEST(CopyGroups, LeavesNoFileWhenAGroupIsNotThere) {
  const oq::testing::TemporaryFolder folder;
  const auto from = engine::make_memory_datastore();

  const auto copied = copy_groups(*from, {"gmf_data"}, folder / "fields.hdf5");

  ASSERT_FALSE(copied);
  EXPECT_EQ(copied.error().code, Errc::not_found);
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

} // namespace
} // namespace oq::store
