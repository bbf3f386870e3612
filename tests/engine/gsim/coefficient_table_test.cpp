// Coefficients are read between tabulated periods in ln T, and nowhere else.
#include "engine/gsim/coefficient_table.hpp"

#include <gtest/gtest.h>

namespace oq::engine {

struct Pair {
  double a, b;
};
constexpr TableEntry<Pair> kRows[] = {
  {kPga, {9, 90}},
  {sa(0.1), {1, 10}},
  {sa(1.0), {2, 30}},
  {sa(10.0), {5, 30}},
};
constexpr CoefficientTable<Pair> kTable(kRows);

TEST(CoefficientTable, ReadsATabulatedPeriodAsItStands) {
  EXPECT_EQ(kTable.at(sa(1.0)).a, 2.0);
  EXPECT_EQ(kTable.at(kPga).b, 90.0);
}

TEST(CoefficientTable, IsLinearInTheLogarithmOfThePeriod) {
  const Pair middle = kTable.at(sa(std::sqrt(0.1)));

  EXPECT_NEAR(middle.a, 1.5, 1e-14);
  EXPECT_NEAR(middle.b, 20.0, 1e-13);
}

TEST(CoefficientTable, SupportsBothEndsOfThePeriods) {
  EXPECT_TRUE(kTable.supports(sa(0.1)));
  EXPECT_TRUE(kTable.supports(sa(10.0)));
}

TEST(CoefficientTable, DoesNotExtrapolate) {
  EXPECT_FALSE(kTable.supports(sa(0.0999)));
  EXPECT_FALSE(kTable.supports(sa(10.001)));
}

TEST(CoefficientTable, DoesNotSupportWhatIsNotTabulated) {
  EXPECT_FALSE(kTable.supports(kPgv));
}

TEST(CoefficientTable, Supports5PercentDampingOnly) {
  EXPECT_FALSE(kTable.supports({.kind = ImtKind::sa, .period = 1.0, .damping = 10.0}));
}

} // namespace oq::engine
