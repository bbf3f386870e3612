// Tables in the datastore: a column a dataset, as programs that read the file expect them.
#include "engine/risk/aggregate_table.hpp"

#include "engine/output/table_columns.hpp"

#include <gtest/gtest.h>

namespace oq::engine {
namespace {

using Texts = std::vector<std::string>;

TEST(AggregateTable, IsADatasetAColumnInTheOrderOfTheFile) {
  const auto datastore = make_memory_datastore();
  const TextTable table{"risk_by_event", {"event_id", "loss_type"},
                        {"loss"},        {{"3", "10"}, {"a", "b"}},
                        {0.5, 2},        true};

  ASSERT_TRUE(store_table("risk_by_event", table, *datastore));

  EXPECT_TRUE(datastore->get("risk_by_event/event_id")->values
              == ArrayValues(std::vector<std::int32_t>{3, 10}));
  EXPECT_TRUE(datastore->get("risk_by_event/loss")->values
              == ArrayValues(std::vector<double>{0.5, 2}));
  EXPECT_TRUE(datastore->get("risk_by_event/loss_type")->values == ArrayValues(Texts{"a", "b"}));
  EXPECT_EQ(datastore->attributes("risk_by_event")->at("__pdcolumns__"), "event_id loss loss_type");
}

TEST(AggregateTable, TextsThatAreNotPlainNumbersStayTexts) {
  const auto datastore = make_memory_datastore();
  const TextTable table{"t", {"a", "b"}, {"x"}, {{"1", "007"}, {"1", "9999999999"}}, {1, 2}, false};

  ASSERT_TRUE(store_table("t", table, *datastore));

  EXPECT_TRUE(datastore->get("t/a")->values == ArrayValues(Texts{"1", "007"}));
  EXPECT_TRUE(datastore->get("t/b")->values == ArrayValues(Texts{"1", "9999999999"}));
}

TEST(AggregateTable, NamesThatAreNoKeysGetOne) {
  EXPECT_EQ(column_keys("t", {"a/b", "a_b", "..", "x", "x"}),
            (Texts{"t/a_b", "t/a_b_", "t/.._", "t/x", "t/x_"}));
}

} // namespace
} // namespace oq::engine
