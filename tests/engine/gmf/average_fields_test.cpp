// Averages of fields, with what single precision leaves of equal values.
#include "engine/gmf/average_fields.hpp"

#include "engine/gmf/small_fields.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace oq::engine {
namespace {

TEST(AverageFields, AreGeometricForComputedFields) {
  const auto average = average_computed_fields(small_table(), two_events(), {1.0}, {0.0}, 2);

  EXPECT_NEAR(average[0], std::sqrt(0.1 * 0.4), 1e-6);
  EXPECT_NEAR(average[2], 2.0, 1e-5); // exp of half the distance of the logarithms
}

TEST(AverageFields, CountTheMinimumWhereAnEventDoesNotShake) {
  const auto average = average_computed_fields(small_table(), two_events(), {1.0}, {0.05}, 2);

  EXPECT_NEAR(average[1], std::sqrt(0.2 * 0.05), 1e-6);
}

TEST(AverageFields, AreZeroWhereNoEventShakes) {
  const auto average = average_computed_fields(small_table(), two_events(), {1.0}, {0.05}, 3);

  EXPECT_EQ(average[2], 0.0F);
  EXPECT_EQ(average[5], 0.0F);
}

TEST(AverageFields, AreArithmeticForFieldsThatWereRead) {
  const auto average = average_read_fields(small_table(), 2);

  EXPECT_NEAR(average[0], 0.25, 1e-6);
  EXPECT_NEAR(average[1], 0.2, 1e-6); // of the one event that shakes the site
  EXPECT_NEAR(average[2], 0.15, 1e-6);
}

// The reference engine's deviation of ten fields of 0.05 g of several measures: 1.00093.
TEST(AverageFields, OfEqualValuesDeviateByWhatRoundingLeaves) {
  FieldTable table;
  table.imts = {"PGA", "SA(0.3)"};
  FieldEvents events;
  for (std::int32_t event = 0; event < 10; ++event) {
    table.event.push_back(event);
    table.site.push_back(0);
    table.values.insert(table.values.end(), {0.05F, 0.05F});
    events.rupture.push_back(0);
    events.realization.push_back(0);
  }

  const auto average = average_computed_fields(table, events, {1.0}, {0.0, 0.0}, 1);

  EXPECT_NEAR(average[2], 1.00093, 5e-6);
}

// The reference engine's deviation of 100 fields of a single measure: 1.00040.
TEST(AverageFields, OfASingleMeasureAreSummedInLanes) {
  FieldTable table;
  table.imts = {"PGA"};
  FieldEvents events;
  for (std::int32_t event = 0; event < 100; ++event) {
    table.event.push_back(event);
    table.site.push_back(0);
    table.values.push_back(0.5233134F);
    events.rupture.push_back(0);
    events.realization.push_back(0);
  }

  EXPECT_NEAR(average_computed_fields(table, events, {1.0}, {0.0}, 1)[1], 1.00040, 5e-6);
}

TEST(SinglePrecisionLog, IsNearTheLogarithm) {
  for (float x = 1e-6F; x < 100; x *= 1.37F)
    EXPECT_NEAR(single_precision_log(x), std::log(static_cast<double>(x)),
                4e-7 * std::max(1.0, std::abs(std::log(static_cast<double>(x)))));
}

} // namespace
} // namespace oq::engine
