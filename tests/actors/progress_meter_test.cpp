// Progress by weight, each task once.
#include "actors/progress_meter.hpp"

#include <gtest/gtest.h>

namespace oq::actors {
namespace {

TEST(ProgressMeter, CountsByWeight) {
  ProgressMeter meter({1.0, 3.0});
  EXPECT_TRUE(meter.count(1));
  EXPECT_DOUBLE_EQ(meter.fraction(), 0.75);
  EXPECT_FALSE(meter.complete());
}

TEST(ProgressMeter, CountsATaskOnce) {
  ProgressMeter meter({1.0, 1.0});
  EXPECT_TRUE(meter.count(0));
  EXPECT_FALSE(meter.count(0));
  EXPECT_FALSE(meter.count(2));
  EXPECT_EQ(meter.counted(), 1u);
}

TEST(ProgressMeter, TellsEveryTenthOnce) {
  ProgressMeter meter(std::vector<double>(20, 1.0));
  meter.count(0);
  EXPECT_EQ(meter.new_decile(), std::nullopt);
  meter.count(1);
  EXPECT_EQ(meter.new_decile(), 10);
  EXPECT_EQ(meter.new_decile(), std::nullopt);
}

TEST(ProgressMeter, ALargeTaskSkipsTenths) {
  ProgressMeter meter({8.0, 2.0});
  meter.count(0);
  EXPECT_EQ(meter.new_decile(), 80);
  meter.count(1);
  EXPECT_EQ(meter.new_decile(), 100);
}

TEST(ProgressMeter, WeightsThatMakeNoSenseCountAsOne) {
  ProgressMeter meter({0.0, -4.0});
  meter.count(0);
  EXPECT_DOUBLE_EQ(meter.fraction(), 0.5);
}

TEST(ProgressMeter, WhatComesAfterTheTasksCountsByItsWeight) {
  ProgressMeter meter({1.0, 3.0}, 6.0);
  meter.count(0);
  meter.count(1);
  EXPECT_DOUBLE_EQ(meter.fraction(), 0.4);
  EXPECT_FALSE(meter.complete());
  meter.finishing(0.5);
  EXPECT_DOUBLE_EQ(meter.fraction(), 0.7);
  meter.finishing(0.25); // told late
  EXPECT_DOUBLE_EQ(meter.fraction(), 0.7);
  meter.finishing(1.0);
  EXPECT_TRUE(meter.complete());
  EXPECT_DOUBLE_EQ(meter.fraction(), 1.0);
}

TEST(ProgressMeter, NothingToDoIsComplete) {
  EXPECT_TRUE(ProgressMeter(std::vector<double>{}).complete());
  EXPECT_DOUBLE_EQ(ProgressMeter(std::vector<double>{}).fraction(), 1.0);
}

} // namespace
} // namespace oq::actors
