// Sites and regions in all the forms people have written them.
#include "engine/job/option_value.hpp"

#include <gmock/gmock.h>

namespace oq::engine {
namespace {

using ::testing::HasSubstr;

std::string shown(std::string_view text) {
  const auto points = parse_points(text);
  if (!points)
    return "error: " + points.error().message;
  std::string all;
  for (const SitePoint& point : *points)
    all += "(" + std::to_string(int(point.lon)) + " " + std::to_string(int(point.lat)) + " "
           + std::to_string(int(point.depth)) + ")";
  return all;
}

TEST(Points, CommasSeparatePoints) {
  EXPECT_EQ(shown("1 2, 3 4 ,5 6 -7,"), "(1 2 0)(3 4 0)(5 6 -7)");
}

TEST(Points, OnePointMayHaveADepth) {
  EXPECT_EQ(shown("1 2"), "(1 2 0)");
  EXPECT_EQ(shown("1 2 3"), "(1 2 3)");
}

TEST(Points, PlainListsArePairs) {
  EXPECT_EQ(shown("1, 2, 3, 4"), "(1 2 0)(3 4 0)");
  EXPECT_EQ(shown("1 2 3 4"), "(1 2 0)(3 4 0)");
  EXPECT_THAT(shown("1, 2, 3"), HasSubstr("odd count"));
}

TEST(Points, WellKnownTextIsUnderstood) {
  EXPECT_EQ(shown("MULTIPOINT((1 2), (3 4))"), "(1 2 0)(3 4 0)");
  EXPECT_EQ(shown("POLYGON((1 2, 3 4, 5 6, 1 2))"), "(1 2 0)(3 4 0)(5 6 0)(1 2 0)");
  EXPECT_THAT(shown("POLYGON((1 2, 3 4, 5 6), (0 0, 1 1, 2 2))"), HasSubstr("without holes"));
}

TEST(Points, CoordinatesHaveRanges) {
  EXPECT_THAT(shown("181 0"), HasSubstr("longitude"));
  EXPECT_THAT(shown("0 -90.5"), HasSubstr("latitude"));
  EXPECT_THAT(shown("0 0 -9"), HasSubstr("depth"));
}

TEST(Points, RubbishIsRefused) {
  for (const char* text : {"a b", "1", "1 2 3 4, 5 6", "nan 0", "POINT(1 2", "1 2,, 3 4", "()"})
    EXPECT_THAT(shown(text), HasSubstr("error")) << text;
}

} // namespace
} // namespace oq::engine
