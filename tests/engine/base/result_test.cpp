// Result carries a value or an error, and OQ_TRY hands the error up.
#include "engine/base/result.hpp"

#include <gtest/gtest.h>

namespace oq {
namespace {

Result<int> half(int number) {
  if (number % 2 != 0)
    return invalid_input("odd number", "here:1");
  return number / 2;
}

Result<int> quarter(int number) {
  OQ_TRY(const int halved, half(number));
  return half(halved);
}

TEST(Result, HoldsTheValue) {
  const auto result = quarter(12);

  ASSERT_TRUE(result);
  EXPECT_EQ(*result, 3);
}

TEST(Result, TryReturnsTheFirstError) {
  const auto result = quarter(3);

  ASSERT_FALSE(result);
  EXPECT_EQ(result.error(), (Error{Errc::invalid_input, "odd number", "here:1"}));
  EXPECT_EQ(result.error().text(), "here:1: odd number");
}

TEST(Error, WithoutAPlaceIsTheMessageAlone) {
  EXPECT_EQ((Error{Errc::timeout, "no answer in 5 s", ""}).text(), "no answer in 5 s");
}

} // namespace
} // namespace oq
