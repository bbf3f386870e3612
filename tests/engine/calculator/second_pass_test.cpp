// The second pass: what it adds where, how it stops and what it tells.
#include "engine/calculator/second_pass.hpp"

#include "engine/calculator/run_calculator.hpp"
#include "engine/calculator/small_model.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace oq::engine {
namespace {

using testing::area_source;
using testing::kRegion;
using testing::list_of;

// Expected numbers of ruptures, whatever their motions.
class Counts final : public MotionKernel {
public:
  bool adds_up() const override { return true; }
  void add_probabilities(const Pair& pair, std::size_t, double weight,
                         std::span<double> out) const override {
    out[0] += weight * pair.occurrence->expected;
  }
};

class SecondPassTest : public ::testing::Test {
protected:
  // Of a source and its double with other rates, in two branches.
  void branch() {
    small_.tree.source_paths = {{"A", 0.6, {{"g", kRegion, list_of({area_source("one", 3.5)})}}},
                                {"B", 0.4, {{"g", kRegion, list_of({area_source("one", 3.0)})}}}};
  }
  Result<std::vector<std::vector<double>>> run(const FinishWatch& watch = {}) {
    auto built = build_classical_model(small_.job, small_.tree, small_.sites);
    if (!built)
      return built.error();
    model_ = *std::move(built);
    pass_.sums = std::max(pass_.sums, model_.groups.size());
    return second_pass(small_.tree, model_, pass_, watch);
  }
  static double total(const std::vector<double>& sum) {
    return std::accumulate(sum.begin(), sum.end(), 0.0);
  }

  testing::SmallModel small_ = testing::small_model();
  ClassicalModel model_;
  // A sum a group.
  SecondPass pass_{std::make_shared<Counts>(), 1,
                   [](const RateGroup& group) {
                     return std::vector{all_locations(group)};
                   },
                   1,
                   [](std::size_t group, std::size_t) {
                     return group;
                   }};
};

TEST_F(SecondPassTest, PartsOfAGroupAddUpToTheWhole) {
  const auto whole = run();
  pass_.parts = [](const RateGroup& group) {
    const std::size_t end = group.set.locations(), middle = end / 3;
    return std::vector<LocationRange>{{0, middle}, {middle, middle}, {middle, end}};
  };
  pass_.sums = 3;
  pass_.sum_of = [](std::size_t, std::size_t part) {
    return part;
  };
  const auto parts = run();

  ASSERT_TRUE(whole && parts);
  EXPECT_TRUE((*parts)[1].empty());
  const double expected = total((*whole)[0]) + total((*whole)[1]);
  EXPECT_GT(expected, 0);
  EXPECT_NEAR((total((*parts)[0]) + total((*parts)[2])) / expected, 1, 1e-12);
}

// The a-values differ by 0.5, the weights of the branches are 0.6 and 0.4.
TEST_F(SecondPassTest, SourcesThatShareTheirRupturesAddToTheSumsOfTheirOwnGroups) {
  branch();
  const auto sums = run();

  ASSERT_TRUE(sums) << sums.error().text();
  ASSERT_EQ(model_.groups.size(), 2u);
  ASSERT_EQ(model_.groups[0].variants.size(), 1u);
  EXPECT_NEAR(total((*sums)[0]) / 0.6 / (total((*sums)[1]) / 0.4), std::sqrt(10.0), 1e-9);
}

TEST_F(SecondPassTest, WhatDependsOnEachOtherAddsToTheSumOfItsFirstGroup) {
  small_.tree.source_paths.resize(1);
  SourceGroup& group = small_.tree.source_paths[0].groups[0];
  group.sources = list_of({area_source("one", 3.5), area_source("two", 3.5)});
  group.dependence.mutex_sources = true;
  small_.tree.realizations.resize(2);
  const auto sums = run();

  ASSERT_TRUE(sums) << sums.error().text();
  ASSERT_EQ(sums->size(), 2u);
  EXPECT_GT(total((*sums)[0]), 0);
  EXPECT_TRUE((*sums)[1].empty());
}

TEST_F(SecondPassTest, WhatHasNoSumIsLeftOut) {
  pass_.sum_of = [](std::size_t group, std::size_t) {
    return group == 0 ? std::optional<std::size_t>(0) : std::nullopt;
  };
  const auto sums = run();

  ASSERT_TRUE(sums);
  EXPECT_FALSE((*sums)[0].empty());
  EXPECT_TRUE((*sums)[1].empty());
}

TEST_F(SecondPassTest, TellsHowFarItIsUpToItsEnd) {
  std::vector<double> told;
  ASSERT_TRUE(run({{}, [&](double part) {
                     told.push_back(part);
                   }}));

  EXPECT_TRUE(std::ranges::is_sorted(told));
  for (std::size_t i = 0; i < told.size(); ++i) // of a few dozen points
    EXPECT_LT(told[i] - (i > 0 ? told[i - 1] : 0), 0.25);
  EXPECT_DOUBLE_EQ(told.back(), 1);
}

TEST_F(SecondPassTest, StopsInItsMiddle) {
  FinishWatch watch;
  int told = 0;
  watch.progress = [&](double) {
    ++told;
    watch.stop.request_stop();
  };
  const auto stopped = run(watch);

  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().code, Errc::aborted);
  EXPECT_EQ(told, 1);
}

TEST_F(SecondPassTest, RefusesMoreValuesThanTheMemoryHolds) {
  pass_.values = 10'000'000;
  const auto refused = run();

  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::invalid_input);
}

// The same by way of a calculator.
class PostProcessedTest : public ::testing::Test {
protected:
  void SetUp() override {
    auto small = testing::small_model();
    small.job.mean = true;
    small.job.raw = {{"postproc_func", "conditional_spectrum.main", 1}, {"imt_ref", "PGA", 2}};
    auto made = small.calculator();
    ASSERT_TRUE(made) << made.error().text();
    calculator_ = *std::move(made);
  }

  std::unique_ptr<Calculator> calculator_;
  FinishWatch watch_;
};

TEST_F(PostProcessedTest, TellsOfAllItsWorkWhichWeighsAsMuchAsTheTasks) {
  double weight = 0, told = 0;
  for (std::size_t task = 0; task < calculator_->task_count(); ++task)
    weight += calculator_->task_weight(task);
  watch_.progress = [&](double part) {
    told = part;
  };
  calculator_->watch(watch_);

  ASSERT_TRUE(testing::run_calculator(*calculator_));

  EXPECT_DOUBLE_EQ(calculator_->finish_weight() / weight, 1);
  EXPECT_DOUBLE_EQ(told, 1);
}

TEST_F(PostProcessedTest, IsAbortedInTheMiddleOfItsEnd) {
  watch_.progress = [&](double) {
    watch_.stop.request_stop();
  };
  calculator_->watch(watch_);

  const auto stopped = testing::run_calculator(*calculator_);

  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().code, Errc::aborted);
}

} // namespace
} // namespace oq::engine
