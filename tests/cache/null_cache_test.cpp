// The cache of a node without Redis.
#include "cache/null_cache.hpp"

#include <gtest/gtest.h>

namespace oq::cache {
namespace {

TEST(NullCache, HasNothingAndKeepsNothing) {
  NullCache cache;
  int answers = 0;

  cache.put({1, 1, "{}"}, [&](bool done) {
    ++answers;
    EXPECT_TRUE(done) << "nobody has to keep it and try again";
  });
  cache.get(1, [&](const std::optional<Summary>& summary) {
    ++answers;
    EXPECT_FALSE(summary);
  });

  EXPECT_EQ(answers, 2);
  EXPECT_FALSE(cache.healthy());
}

} // namespace
} // namespace oq::cache
