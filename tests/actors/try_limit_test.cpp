// Failures in a row make a key wait, for a time, and fill no memory.
#include "actors/try_limit.hpp"

#include <gtest/gtest.h>

namespace oq::actors {
namespace {

using namespace std::chrono_literals;

constexpr TryLimit::Instant kNow{1000s};

TryLimit blocked() {
  TryLimit limit(3, 60s);
  for (int i = 0; i < 3; ++i)
    limit.fail("ann", kNow);
  return limit;
}

TEST(TryLimit, FewFailuresDoNotBlock) {
  TryLimit limit(3, 60s);
  limit.fail("ann", kNow);
  limit.fail("ann", kNow);

  EXPECT_EQ(limit.wait("ann", kNow), 0s);
}

TEST(TryLimit, ManyBlockForTheRestOfTheWindow) {
  EXPECT_EQ(blocked().wait("ann", kNow + 20s), 40s);
  EXPECT_EQ(blocked().wait("ann", kNow + 60s), 0s);
}

TEST(TryLimit, NobodyElseIsBlocked) {
  EXPECT_EQ(blocked().wait("bob", kNow), 0s);
}

TEST(TryLimit, AfterTheWindowCountingBeginsAnew) {
  auto limit = blocked();
  limit.fail("ann", kNow + 61s);

  EXPECT_EQ(limit.wait("ann", kNow + 61s), 0s);
}

TEST(TryLimit, SuccessForgets) {
  auto limit = blocked();
  limit.forget("ann");

  EXPECT_EQ(limit.wait("ann", kNow), 0s);
}

TEST(TryLimit, InventedNamesDoNotPushOutTheNewest) {
  TryLimit limit(1, 60s);
  for (std::size_t i = 0; i < TryLimit::kMostKeys; ++i)
    limit.fail("name" + std::to_string(i), kNow + std::chrono::milliseconds(i));
  limit.fail("ann", kNow + 30s);
  limit.fail("one more", kNow + 30s);

  EXPECT_GT(limit.wait("ann", kNow + 30s), 0s);
  EXPECT_EQ(limit.wait("name0", kNow + 30s), 0s) << "the oldest went";
}

} // namespace
} // namespace oq::actors
