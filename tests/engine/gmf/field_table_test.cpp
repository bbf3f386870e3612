// Tables of fields: what the datastore gives back.
#include "engine/gmf/field_table.hpp"

#include "engine/gmf/small_fields.hpp"

#include <boost/json/array.hpp>
#include <gtest/gtest.h>

namespace oq::engine {
namespace {

TEST(FieldTable, ComesBackFromTheDatastoreAsItWas) {
  const auto datastore = make_memory_datastore();
  ASSERT_TRUE(store_fields(small_table(), 2, *datastore));
  ASSERT_TRUE(store_events(two_events(), true, *datastore));

  const auto table = read_fields(*datastore);
  const auto events = read_events(*datastore);

  ASSERT_TRUE(table);
  ASSERT_TRUE(events);
  EXPECT_EQ(table->values, small_table().values);
  EXPECT_EQ(table->site, small_table().site);
  EXPECT_EQ(events->size(), 2U);
}

TEST(FieldTable, MayHoldOnlyWhatSecondaryPerilsGive) {
  const auto datastore = make_memory_datastore();
  FieldTable table = small_table();
  table.imts = {"LiqProb"};
  table.secondary = 1;
  ASSERT_TRUE(store_fields(table, 2, *datastore));

  const auto read = read_fields(*datastore);

  ASSERT_TRUE(read) << read.error().text();
  EXPECT_EQ(read->imts, table.imts);
  EXPECT_EQ(read->secondary, 1U);
  EXPECT_TRUE(datastore->contains("gmf_data/LiqProb"));
}

TEST(FieldTable, OfAProgramThatKeptNoColumnsIsRefused) {
  const auto datastore = make_memory_datastore();
  ASSERT_TRUE(datastore->put("gmf_data/gmv", {{1, 1}, std::vector<float>{0.1F}}));
  ASSERT_TRUE(datastore->put_attributes("gmf_data", {{"imts", boost::json::array{"PGA"}}}));

  EXPECT_EQ(read_fields(*datastore).error().code, Errc::internal);
}

TEST(FieldTable, IsNotFoundInADatastoreWithoutFields) {
  const auto datastore = make_memory_datastore();

  EXPECT_EQ(read_fields(*datastore).error().code, Errc::not_found);
}

} // namespace
} // namespace oq::engine
