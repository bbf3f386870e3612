// The order of values: sorted, and of equal values that of NumPy's argsort.
#include "engine/risk/quick_order.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

namespace oq::engine {
namespace {

std::vector<std::size_t> counting(std::size_t count) {
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  return order;
}

// Values that repeat: 7919 is prime.
std::vector<float> scattered(std::size_t count) {
  std::vector<float> values;
  for (std::size_t i = 0; i < count; ++i)
    values.push_back(static_cast<float>(i * 7919 % 1000));
  return values;
}

TEST(QuickOrder, IsAscendingAndComplete) {
  const auto values = scattered(5000);

  auto order = quick_order(values);

  EXPECT_TRUE(std::ranges::is_sorted(order, {}, [&](std::size_t i) {
    return values[i];
  }));
  std::ranges::sort(order);
  EXPECT_EQ(order, counting(5000));
}

TEST(QuickOrder, KeepsTheOrderOfSixteenEqualValues) {
  EXPECT_EQ(quick_order(std::vector<float>(16, 1.0f)), counting(16));
}

// One partition of equal values swaps what is as far from either end (Sedgewick 1978, program 2).
TEST(QuickOrder, TurnsSeventeenEqualValuesRound) {
  const auto order = quick_order(std::vector<float>(17, 1.0f));

  EXPECT_NE(order, counting(17));
  EXPECT_EQ(order.front(), 0u);
  EXPECT_EQ(order.back(), 16u);
  EXPECT_EQ(order[1], 14u);
}

TEST(QuickOrder, OrdersNothingAndOneValue) {
  EXPECT_TRUE(quick_order({}).empty());
  EXPECT_EQ(quick_order(std::vector<float>{3}), counting(1));
}

TEST(QuickOrder, EndsSoonOnValuesThatFallAndRise) {
  std::vector<float> values;
  for (int i = 0; i < 50000; ++i)
    values.push_back(static_cast<float>(i % 2 == 0 ? i : 50000 - i));

  const auto order = quick_order(values);

  EXPECT_TRUE(std::ranges::is_sorted(order, {}, [&](std::size_t i) {
    return values[i];
  }));
}

} // namespace
} // namespace oq::engine
