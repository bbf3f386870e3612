// Names without a table of their own: what their authors say of them against the model they vary.
#include "engine/gsim/one_pair.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace oq::engine::testing {

namespace {

constexpr OnePair kPair{.mag = 6.7,
                        .rake = 90,
                        .dip = 45,
                        .ztor = 3,
                        .zbot = 15,
                        .width = 14,
                        .hypo_depth = 40,
                        .rrup = 35,
                        .rjb = 32,
                        .rx = 30,
                        .ry0 = 5,
                        .rhypo = 55,
                        .repi = 38,
                        .vs30 = 500,
                        .z1pt0 = 200,
                        .z2pt5 = 1.5,
                        .xvf = 60,
                        .region = 0};

double ln_mean(const std::string& name, const OnePair& pair = kPair, const Imt& imt = sa(0.3)) {
  return evaluate(name, imt, pair).ln_mean;
}

// The five stress levels of the 2020 European hazard model are the points of Gauss-Hermite
// quadrature, the roots of x^5 - 10 x^3 + 15 x.
class StressLevels : public ::testing::TestWithParam<std::string> {
protected:
  static double at(const std::string& level) {
    std::string name = GetParam();
    return ln_mean(name.replace(name.find('*'), 1, level));
  }
};

TEST_P(StressLevels, LieAtThePointsOfGaussHermiteQuadrature) {
  const double mid = at("Mid"), high = at("High") - mid, very_high = at("VHigh") - mid;

  EXPECT_GT(high, 0.0);
  EXPECT_NEAR(at("Low"), mid - high, 1e-12);
  EXPECT_NEAR(at("VLow"), mid - very_high, 1e-12);
  const double root10 = std::sqrt(10.0);
  EXPECT_NEAR(very_high / high, std::sqrt((5.0 + root10) / (5.0 - root10)), 1e-5);
}

INSTANTIATE_TEST_SUITE_P(
  Eshm20, StressLevels,
  ::testing::Values("ESHM20SInter*StressFastAtten", "ESHM20SInter*StressMidAtten",
                    "ESHM20SInter*StressSlowAtten", "ESHM20SSlab*StressFastAtten",
                    "ESHM20SSlab*StressMidAtten", "ESHM20SSlab*StressSlowAtten",
                    "ESHM20ShallowCrust*StressFastAtten", "ESHM20ShallowCrust*StressMidAtten",
                    "ESHM20ShallowCrust*StressSlowAtten", "ESHM20Iceland*StressFastAtten",
                    "ESHM20Iceland*StressMidAtten", "ESHM20Iceland*StressSlowAtten",
                    "ESHM20Craton*StressHighSite", "ESHM20Craton*StressMidSite",
                    "ESHM20Craton*StressLowSite"));

// Attenuation branches differ by what grows with distance alone. (On rock: softer ground is not
// linear in the motion.)
class Attenuations : public ::testing::TestWithParam<std::string> {};

TEST_P(Attenuations, LieOnBothSidesOfTheMiddle) {
  OnePair rock = kPair;
  rock.vs30 = 1500;
  const double fast = ln_mean(GetParam() + "FastAtten", rock),
               mid = ln_mean(GetParam() + "MidAtten", rock),
               slow = ln_mean(GetParam() + "SlowAtten", rock);

  EXPECT_LT(fast, mid);
  EXPECT_NEAR(slow - mid, mid - fast, 1e-12);
}

INSTANTIATE_TEST_SUITE_P(Eshm20, Attenuations,
                         ::testing::Values("ESHM20SInterMidStress", "ESHM20SSlabMidStress",
                                           "ESHM20ShallowCrustMidStress",
                                           "ESHM20IcelandMidStress"));

// Petersen et al. (2014), USGS OFR 2014-1091: one epistemic range for every model of NGA-West2.
class NshmpRanges : public ::testing::TestWithParam<std::string> {};

TEST_P(NshmpRanges, AreThoseOfEveryModel) {
  const double mean = ln_mean(GetParam()), above = ln_mean(GetParam() + "NSHMPUpper") - mean;

  EXPECT_GT(above, 0.0);
  EXPECT_NEAR(ln_mean(GetParam() + "NSHMPLower"), mean - above, 1e-12);
  EXPECT_NEAR(above, ln_mean("BooreEtAl2014NSHMPUpper") - ln_mean("BooreEtAl2014"), 1e-12);
}

INSTANTIATE_TEST_SUITE_P(NgaWest2, NshmpRanges,
                         ::testing::Values("AbrahamsonEtAl2014", "BooreEtAl2014",
                                           "CampbellBozorgnia2014", "ChiouYoungs2014"));

// Magnitudes mblg: Atkinson and Boore (1987), Johnston (1996).
struct MblgName {
  const char* before; // of the scale's part of the name
  const char* after;
};
class MblgNames : public ::testing::TestWithParam<MblgName> {};

TEST_P(MblgNames, ConvertTheMagnitude) {
  const auto [before, after] = GetParam();
  const double m = 6.7;
  OnePair by_atkinson = kPair, by_johnston = kPair;
  by_atkinson.mag = 2.715 - 0.277 * m + 0.127 * m * m;
  by_johnston.mag = 1.14 + 0.24 * m + 0.0933 * m * m;
  const auto name = [&](const char* scale) {
    return std::string(before) + scale + after;
  };

  EXPECT_NEAR(ln_mean(name("MblgAB1987")), ln_mean(name("Mw"), by_atkinson), 1e-12);
  EXPECT_NEAR(ln_mean(name("MblgJ1996")), ln_mean(name("Mw"), by_johnston), 1e-12);
}

INSTANTIATE_TEST_SUITE_P(Us2008, MblgNames,
                         ::testing::Values(MblgName{"AtkinsonBoore2006", "bar140NSHMP2008"},
                                           MblgName{"AtkinsonBoore2006", "bar200NSHMP2008"},
                                           MblgName{"Campbell2003", "NSHMP2008"},
                                           MblgName{"FrankelEtAl1996", "NSHMP2008"},
                                           MblgName{"SilvaEtAl2002", "NSHMP2008"},
                                           MblgName{"TavakoliPezeshk2005", "NSHMP2008"}));

TEST(YoungsEtAl1997, Of2008IsAt20Km) {
  OnePair at_20 = kPair;
  at_20.hypo_depth = 20;

  EXPECT_EQ(ln_mean("YoungsEtAl1997SInterNSHMP2008"), ln_mean("YoungsEtAl1997SInter", at_20));
}

// Adams and Halchuk (2003), GSC Open File 4459; Halchuk and Adams (2008), GSC Open File 5459.
TEST(YoungsEtAl1997, OfCanadaIsTheSlabModelTimes1p162AndHalfOrTwiceOfThat) {
  const double best = ln_mean("YoungsEtAl1997GSCSSlabBest");

  EXPECT_NEAR(best - ln_mean("YoungsEtAl1997SSlab"), std::log(1.162), 1e-12);
  EXPECT_NEAR(ln_mean("YoungsEtAl1997GSCSSlabUpperLimit") - best, 0.7, 1e-12);
  EXPECT_NEAR(ln_mean("YoungsEtAl1997GSCSSlabLowerLimit") - best, -0.7, 1e-12);
}

} // namespace

} // namespace oq::engine::testing
