// Percent-decoding and query parameters.
#include "http/target.hpp"

#include <gtest/gtest.h>

namespace oq::http {
namespace {

TEST(Target, DecodesEscapesOfAPath) {
  EXPECT_EQ(decode_path("/a%20b%2Fc%c3%a9"), "/a b/c\xc3\xa9");
  EXPECT_EQ(decode_path("/a+b"), "/a+b");
}

TEST(Target, RefusesMalformedEscapesAndNulBytesInAPath) {
  for (const char* raw : {"/%", "/%2", "/%zz", "/%2g", "/%00"})
    EXPECT_EQ(decode_path(raw), std::nullopt) << raw;
}

TEST(Target, KeepsAllQueryParametersInTheirOrder) {
  const std::vector<QueryParameter> expected{{"b", "1"}, {"a", ""}, {"b", "2"}, {"c", ""}};

  EXPECT_EQ(parse_query("b=1&a=&&b=2&c"), expected);
}

TEST(Target, DecodesNamesAndValuesOfAQuery) {
  const std::vector<QueryParameter> expected{{"a b", "c&d=e f"}};

  EXPECT_EQ(parse_query("a%20b=c%26d%3De+f"), expected);
}

TEST(Target, AMalformedEscapeInAQueryStandsForItself) {
  const std::vector<QueryParameter> expected{{"a", "100%"}, {"b", "%zz"}};

  EXPECT_EQ(parse_query("a=100%&b=%zz"), expected);
}

TEST(Target, AnEmptyQueryHasNoParameters) {
  EXPECT_TRUE(parse_query("").empty());
}

} // namespace
} // namespace oq::http
