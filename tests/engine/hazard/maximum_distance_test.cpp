// Tests of magnitude-dependent distances.
#include "engine/hazard/maximum_distance.hpp"

#include <gtest/gtest.h>

namespace oq::engine {
namespace {

TEST(MaximumDistance, IsLinearInMagnitude) {
  const MaximumDistance distance({{3, 0}, {6, 150}, {10, 600}});

  EXPECT_DOUBLE_EQ(distance.at(4.5), 75.0);
  EXPECT_DOUBLE_EQ(distance.at(6.0), 150.0);
  EXPECT_DOUBLE_EQ(distance.at(8.0), 375.0);
}

TEST(MaximumDistance, IsZeroOutsideItsMagnitudes) {
  const MaximumDistance distance({{5, 100}, {7, 200}});

  EXPECT_EQ(distance.at(4.99), 0.0);
  EXPECT_EQ(distance.at(7.01), 0.0);
}

TEST(MaximumDistance, ARegionsOwnEntryWinsOverTheDefault) {
  Job job;
  job.maximum_distance = {{"default", {{2.5, 300}, {10.2, 300}}},
                          {"Volcanic", {{2.5, 100}, {10.2, 100}}}};

  const auto own = MaximumDistance::of(job, "Volcanic");
  const auto other = MaximumDistance::of(job, "Stable Continental Crust");

  ASSERT_TRUE(own && other);
  EXPECT_EQ(own->at(6), 100.0);
  EXPECT_EQ(other->at(6), 300.0);
}

TEST(MaximumDistance, ARegionWithoutEntryAndWithoutDefaultIsAnError) {
  Job job;
  job.maximum_distance = {{"Volcanic", {{2.5, 100}, {10.2, 100}}}};

  const auto distance = MaximumDistance::of(job, "Stable Continental Crust");

  ASSERT_FALSE(distance);
  EXPECT_NE(distance.error().message.find("Stable Continental Crust"), std::string::npos);
}

} // namespace
} // namespace oq::engine
