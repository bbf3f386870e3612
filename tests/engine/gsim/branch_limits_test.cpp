// Where the published models switch branch: which side a value exactly on a limit belongs to.
#include "engine/gsim/one_pair.hpp"

#include <gtest/gtest.h>

namespace oq::engine::testing {

namespace {

// Ln mean of `model` with one input changed from a plain crustal case.
double with(const char* model, const Imt& imt, double OnePair::*field, double value) {
  OnePair pair{.mag = 6.2,
               .rake = 0,
               .dip = 70,
               .ztor = 2,
               .hypo_depth = 10,
               .rrup = 22,
               .rjb = 20,
               .rx = 15,
               .rhypo = 25,
               .vs30 = 500,
               .z1pt0 = 100};
  pair.*field = value;
  return evaluate(model, imt, pair).ln_mean;
}

constexpr auto kRake = &OnePair::rake;
constexpr auto kVs30 = &OnePair::vs30;

TEST(AkkarBommer2010, CountsRakesOf45And135AsReverse) {
  const double reverse = with("AkkarBommer2010", kPga, kRake, 90);

  EXPECT_EQ(with("AkkarBommer2010", kPga, kRake, 45), reverse);
  EXPECT_EQ(with("AkkarBommer2010", kPga, kRake, 135), reverse);
  EXPECT_NE(with("AkkarBommer2010", kPga, kRake, 44.9), reverse);
}

TEST(AkkarBommer2010, CountsRakesOfMinus45AndMinus135AsNormal) {
  const double normal = with("AkkarBommer2010", kPga, kRake, -90);

  EXPECT_EQ(with("AkkarBommer2010", kPga, kRake, -45), normal);
  EXPECT_EQ(with("AkkarBommer2010", kPga, kRake, -135), normal);
  EXPECT_NE(with("AkkarBommer2010", kPga, kRake, -44.9), normal);
}

TEST(AkkarBommer2010, CountsBothEndsOf360To750AsStiff) {
  const double stiff = with("AkkarBommer2010", kPga, kVs30, 500);

  EXPECT_EQ(with("AkkarBommer2010", kPga, kVs30, 360), stiff);
  EXPECT_EQ(with("AkkarBommer2010", kPga, kVs30, 750), stiff);
  EXPECT_NE(with("AkkarBommer2010", kPga, kVs30, 359.9), stiff);
  EXPECT_NE(with("AkkarBommer2010", kPga, kVs30, 750.1), stiff);
}

TEST(AkkarBommer2010, DividesTheLogarithmBy0p8At4SecondsOnly) {
  const double at_3 = with("AkkarBommer2010", sa(3.0), kVs30, 500);

  // The coefficients of 3 and 4 s are the same.
  EXPECT_DOUBLE_EQ(with("AkkarBommer2010", sa(4.0), kVs30, 500), at_3 / 0.8);
  EXPECT_DOUBLE_EQ(with("AkkarBommer2010", sa(3.5), kVs30, 500), at_3);
}

TEST(CauzziFaccioli2008, OpensItsRakeWindowsBelowAndClosesThemAbove) {
  const auto at = [](double rake) {
    return with("CauzziFaccioli2008", kPga, kRake, rake);
  };

  EXPECT_EQ(at(-120), at(0));
  EXPECT_EQ(at(-60), at(-90));
  EXPECT_EQ(at(30), at(0));
  EXPECT_EQ(at(150), at(90));
}

TEST(CauzziFaccioli2008, CountsClassLimitsAsTheFasterClass) {
  const auto at = [](double vs30) {
    return with("CauzziFaccioli2008", kPga, kVs30, vs30);
  };

  EXPECT_EQ(at(180), at(300));
  EXPECT_EQ(at(360), at(500));
  EXPECT_EQ(at(800), at(1500));
  EXPECT_NE(at(179.9), at(180));
}

TEST(CauzziFaccioli2008, CountsDistancesBelow15KmAs15) {
  const auto at = [](double r) {
    return with("CauzziFaccioli2008", kPga, &OnePair::rhypo, r);
  };

  EXPECT_EQ(at(3), at(15));
  EXPECT_NE(at(15.1), at(15));
}

TEST(ZhaoEtAl2006Asc, CountsRakesOf45And135AsStrikeSlip) {
  const auto at = [](double rake) {
    return with("ZhaoEtAl2006Asc", kPga, kRake, rake);
  };

  EXPECT_EQ(at(45), at(0));
  EXPECT_EQ(at(135), at(0));
  EXPECT_EQ(at(-90), at(0));
  EXPECT_NE(at(45.1), at(0));
}

TEST(ZhaoEtAl2006Asc, CountsClassLimitsAsTheSofterClass) {
  const auto at = [](double vs30) {
    return with("ZhaoEtAl2006Asc", kPga, kVs30, vs30);
  };

  EXPECT_EQ(at(1100), at(700));
  EXPECT_EQ(at(600), at(400));
  EXPECT_EQ(at(300), at(250));
  EXPECT_EQ(at(200), at(150));
}

TEST(ZhaoEtAl2006Asc, IgnoresDepthBelow15AndBeyond125Km) {
  const auto at = [](double depth) {
    return with("ZhaoEtAl2006Asc", kPga, &OnePair::hypo_depth, depth);
  };

  EXPECT_EQ(at(3), at(15));
  EXPECT_EQ(at(300), at(125));
  EXPECT_NE(at(15.1), at(15));
}

TEST(ChiouYoungs2008, ClosesItsRakeIntervals) {
  const auto at = [](double rake) {
    return with("ChiouYoungs2008", kPga, kRake, rake);
  };

  EXPECT_EQ(at(30), at(90));
  EXPECT_EQ(at(150), at(90));
  EXPECT_EQ(at(-120), at(-90));
  EXPECT_EQ(at(-60), at(-90));
  EXPECT_EQ(at(-59.9), at(0));
}

TEST(ChiouYoungs2008, HasNoSiteEffectAbove1130MetresPerSecond) {
  const auto at = [](double vs30) {
    return with("ChiouYoungs2008", kPga, kVs30, vs30);
  };

  EXPECT_EQ(at(1130), at(2000));
}

TEST(AtkinsonBoore2003SInter, CountsClassLimits) {
  const auto at = [](double vs30) {
    return with("AtkinsonBoore2003SInter", kPga, kVs30, vs30);
  };

  EXPECT_EQ(at(760), at(500));
  EXPECT_EQ(at(360), at(180));
  EXPECT_NE(at(179.9), at(180));
  EXPECT_EQ(at(761), at(2000));
}

TEST(BooreAtkinson2008, CountsRakesOf30And150AsStrikeSlip) {
  const auto at = [](double rake) {
    return with("BooreAtkinson2008", kPga, kRake, rake);
  };

  EXPECT_EQ(at(30), at(0));
  EXPECT_EQ(at(-30), at(0));
  EXPECT_EQ(at(150), at(180));
  EXPECT_EQ(at(-150), at(180));
  EXPECT_NE(at(30.1), at(0));
}

TEST(SadighEtAl1997, CountsVs30Of750AsSoil) {
  const auto at = [](double vs30) {
    return with("SadighEtAl1997", kPga, kVs30, vs30);
  };

  EXPECT_EQ(at(750), at(300));
  EXPECT_NE(at(750.1), at(750));
}

TEST(SadighEtAl1997, SaturatesAboveMagnitude8p5) {
  const auto at = [](double mag) {
    return with("SadighEtAl1997", kPga, &OnePair::mag, mag);
  };

  EXPECT_EQ(at(9.0), at(8.5));
}

TEST(LinLee2008SInter, CountsVs30Of360AsRock) {
  const auto at = [](double vs30) {
    return with("LinLee2008SInter", kPga, kVs30, vs30);
  };

  EXPECT_EQ(at(360), at(1000));
  EXPECT_NE(at(359.9), at(360));
}

struct Unsupported {
  const char* model;
  Imt imt;
};
class UnsupportedImts : public ::testing::TestWithParam<Unsupported> {};

TEST_P(UnsupportedImts, AreRefused) {
  EXPECT_FALSE(model_of(GetParam().model)->supports(GetParam().imt));
}

INSTANTIATE_TEST_SUITE_P(OutsideTheTables, UnsupportedImts,
                         ::testing::Values(Unsupported{"AkkarBommer2010", sa(4.01)},
                                           Unsupported{"CauzziFaccioli2008", sa(0.04)},
                                           Unsupported{"ZhaoEtAl2006Asc", kPgv},
                                           Unsupported{"ChiouYoungs2008", sa(10.5)},
                                           Unsupported{"AtkinsonBoore2003SInter", kPgv},
                                           Unsupported{"YoungsEtAl1997SInter", sa(0.07)},
                                           Unsupported{"LinLee2008SInter", sa(5.5)},
                                           Unsupported{"BooreAtkinson2008", kMmi},
                                           Unsupported{"SadighEtAl1997", sa(0.07)}));

} // namespace

} // namespace oq::engine::testing
