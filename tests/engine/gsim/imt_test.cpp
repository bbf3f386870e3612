// Intensity measure types read and print as users write them.
#include "engine/gsim/imt.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace oq::engine {

TEST(Imt, ReadsASpectralPeriod) {
  const auto imt = Imt::parse(" SA( 0.2 )");

  ASSERT_TRUE(imt);
  EXPECT_EQ(*imt, sa(0.2));
}

TEST(Imt, PrintsAWholePeriodWithADecimal) {
  EXPECT_EQ(sa(1).name(), "SA(1.0)");
}

TEST(Imt, KeepsADampingOtherThan5Percent) {
  const auto imt = Imt::parse("SA(0.5,10)");

  ASSERT_TRUE(imt);
  EXPECT_EQ(imt->damping, 10.0);
  EXPECT_EQ(imt->name(), "SA(0.5,10.0)");
}

// A slip of the pen in job files that OpenQuake lets pass.
TEST(Imt, TheClosingParenthesisMayBeMissing) {
  const auto imt = Imt::parse("SA(1.0");

  ASSERT_TRUE(imt);
  EXPECT_EQ(imt->name(), "SA(1.0)");
}

TEST(Imt, ReadsBackEveryNameItPrints) {
  for (int kind = 0; kind <= static_cast<int>(ImtKind::jma); ++kind) {
    const Imt imt{.kind = static_cast<ImtKind>(kind),
                  .period = kind == static_cast<int>(ImtKind::sa) ? 0.3 : 0.0};
    const auto again = Imt::parse(imt.name());
    ASSERT_TRUE(again) << imt.name();
    EXPECT_EQ(*again, imt);
  }
}

TEST(Imt, RefusesWhatIsNoIntensityMeasure) {
  for (const char* text : {"", "SA", "SA()", "SA(0)", "SA(-1)", "SA(nan)", "SA(inf)", "SA(",
                           "pga", "SA(0.1,)", "SA(0.1 0.2)", "PGX"})
    EXPECT_FALSE(Imt::parse(text)) << text;
}

TEST(Imt, NamesTheUnknownTypeInTheError) {
  const auto imt = Imt::parse("PGX");

  ASSERT_FALSE(imt);
  EXPECT_EQ(imt.error().code, Errc::invalid_input);
  EXPECT_NE(imt.error().message.find("PGX"), std::string::npos);
}

TEST(Imt, SortsByPeriodAndThenByName) {
  std::vector<Imt> imts{sa(1.0), kPgv, sa(0.1), kPga};

  std::ranges::sort(imts, [](const Imt& a, const Imt& b) {
    return a < b;
  });

  EXPECT_EQ(imts, (std::vector<Imt>{kPga, kPgv, sa(0.1), sa(1.0)}));
}

} // namespace oq::engine
