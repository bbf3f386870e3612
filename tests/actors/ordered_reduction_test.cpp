// In any order in, in ascending order out.
#include "actors/ordered_reduction.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace oq::actors {
namespace {

std::vector<std::size_t> taken(OrderedReduction<std::string>& results) {
  std::vector<std::size_t> order;
  while (auto next = results.take())
    order.push_back(next->first);
  return order;
}

TEST(OrderedReduction, HoldsResultsUntilTheirTurn) {
  OrderedReduction<std::string> results;
  results.put(2, "c");
  results.put(1, "b");
  EXPECT_EQ(taken(results), std::vector<std::size_t>{});
  results.put(0, "a");
  EXPECT_EQ(taken(results), (std::vector<std::size_t>{0, 1, 2}));
  EXPECT_EQ(results.taken(), 3u);
}

TEST(OrderedReduction, DropsASecondResultOfATask) {
  OrderedReduction<std::string> results;
  results.put(0, "first");
  results.put(0, "second");
  EXPECT_EQ(results.take()->second, "first");
  results.put(0, "third");
  EXPECT_FALSE(results.take());
}

} // namespace
} // namespace oq::actors
