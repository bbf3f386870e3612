// Defaults of the options, as tools that write job files ask for them.
#include "engine/job/ini_defaults.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace oq::engine {
namespace {

TEST(IniDefaults, HaveTheValuesThatTheServerOfTodayShows) {
  const auto defaults = ini_defaults();

  EXPECT_TRUE(defaults.at("aggregate_by").as_array().empty());
  EXPECT_EQ(defaults.at("aggregate_loss_curves_types").as_string(), "ep");
  EXPECT_TRUE(defaults.at("area_source_discretization").is_null());
  EXPECT_EQ(defaults.at("asset_hazard_distance").at("default").as_int64(), 15);
  EXPECT_TRUE(defaults.at("avg_losses").as_bool());
  EXPECT_EQ(defaults.at("collapse_level").as_int64(), -1);
}

TEST(IniDefaults, ListOldNamesToo) {
  const auto defaults = ini_defaults();

  EXPECT_EQ(defaults.at("mean_hazard_curves"), defaults.at("mean"));
  EXPECT_EQ(defaults.at("quantile_hazard_curves"), defaults.at("quantiles"));
}

TEST(IniDefaults, ComeSortedByName) {
  const auto defaults = ini_defaults();

  EXPECT_TRUE(std::ranges::is_sorted(defaults, {}, [](const auto& option) {
    return std::string(option.key());
  }));
}

} // namespace
} // namespace oq::engine
