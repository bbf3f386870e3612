// guarded turns what is thrown into an Error.
#include "engine/base/guarded.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace oq {
namespace {

TEST(Guarded, HandsResultsThrough) {
  const auto result = guarded([]() -> Result<int> {
    return 7;
  });

  ASSERT_TRUE(result);
  EXPECT_EQ(*result, 7);
}

TEST(Guarded, MemoryThatRanOutIsUnavailable) {
  const auto result = guarded([]() -> Result<int> {
    throw std::bad_alloc();
  });

  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, Errc::unavailable);
}

TEST(Guarded, AnyOtherExceptionKeepsItsWords) {
  const auto result = guarded([]() -> Result<void> {
    throw std::length_error("too long");
  });

  ASSERT_FALSE(result);
  EXPECT_EQ(result.error(), (Error{Errc::internal, "too long", ""}));
}

} // namespace
} // namespace oq
