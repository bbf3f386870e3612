// Tests of the rates that sources contribute alone.
#include "engine/calculator/rates_by_source.hpp"

#include "engine/hazard/datastore_keys.hpp"

#include <gtest/gtest.h>

namespace oq::engine {
namespace {

TEST(BaseSourceId, LosesItsSuffixes) {
  EXPECT_EQ(base_source_id("IF-CFS-GRID03;2"), "IF-CFS-GRID03");
  EXPECT_EQ(base_source_id("src:1.0"), "src");
  EXPECT_EQ(base_source_id("A!b2"), "A");
  EXPECT_EQ(base_source_id("ufc3mean_0@A"), "ufc3mean_0@A");
  EXPECT_EQ(base_source_id(".x"), ".x");
}

TEST(RatesBySource, AreMeansOverRealizationsAYear) {
  FullLogicTree tree;
  tree.realizations = {{0, "A~A", 0.6, 0, {0}}, {1, "B~A", 0.4, 1, {0}}};
  ClassicalModel model;
  model.settings.imts = {kPga};
  model.settings.levels.emplace_back(std::vector{0.0});
  model.sites.lon = {10};
  SourceSet set;
  set.models.resize(1);
  model.groups = {{0, {0, 1}, "b", set, {}}, {0, {1}, "a", set, {}}};
  Job job;
  job.investigation_time = 50;
  job.intensity_levels = {{kPga, {1.0}}};
  const auto datastore = make_memory_datastore();

  ASSERT_TRUE(create_rates_by_source(job, model, *datastore));
  ASSERT_TRUE(
    store_rates_by_source(job, tree, model, {{0, 1}, {{5.0}, {10.0}}}, {0, 1}, *datastore));

  const auto stored = datastore->get(keys::kRatesBySource);
  ASSERT_TRUE(stored);
  // "a" counts in 0.4 of the realizations, "b" in all.
  EXPECT_EQ(std::get<std::vector<double>>(stored->values), (std::vector<double>{0.08, 0.1}));
}

} // namespace
} // namespace oq::engine
