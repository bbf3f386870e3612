// What the regional arguments of the NGA-Subduction models mean to each other.
#include "engine/gsim/one_pair.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace oq::engine::testing {

namespace {

using boost::json::object;

constexpr OnePair kDeep{
  .mag = 7.1, .ztor = 48, .hypo_depth = 55, .rrup = 90, .vs30 = 420, .z1pt0 = 60, .z2pt5 = 6.5};

double ln_mean(const std::string& name, object arguments, const Imt& imt,
               const OnePair& pair = kDeep) {
  const auto model = model_of(name, std::move(arguments));
  const std::vector<OnePair> pairs{pair};
  return model ? evaluate(*model, imt, Batch(pairs).view()).front().ln_mean : kUnset;
}

std::string refusal(const std::string& name, object arguments) {
  const auto model = make_ground_motion_model({.name = name, .arguments = std::move(arguments)});
  return model ? "" : model.error().message;
}

struct Alias {
  std::string name, base, region;
};

std::vector<Alias> aliases() {
  std::vector<Alias> all{{"KuehnEtAl2020SInterCascadiaSeattleBasin", "KuehnEtAl2020SInter", "SEA"},
                         {"KuehnEtAl2020SSlabCascadiaSeattleBasin", "KuehnEtAl2020SSlab", "SEA"},
                         {"ParkerEtAl2020SSlabAlaska", "ParkerEtAl2020SSlab", "AK"},
                         {"ParkerEtAl2020SInterCascadia", "ParkerEtAl2020SInterB", "Cascadia"}};
  for (const std::string base : {"KuehnEtAl2020SInter", "KuehnEtAl2020SSlab",
                                 "AbrahamsonGulerce2020SInter", "AbrahamsonGulerce2020SSlab"})
    for (const auto& [region, code] : {std::pair{"Alaska", "USA-AK"},
                                       {"Cascadia", "CAS"},
                                       {"CentralAmericaMexico", "CAM"},
                                       {"Japan", "JPN"},
                                       {"NewZealand", "NZL"},
                                       {"SouthAmerica", "SAM"},
                                       {"Taiwan", "TWN"}})
      all.push_back({base + region, base, code});
  return all;
}

class RegionalNames : public ::testing::TestWithParam<Alias> {};

TEST_P(RegionalNames, MeanTheRegionAsAnArgument) {
  const auto& [name, base, region] = GetParam();

  for (const Imt& imt : {kPga, sa(0.3), sa(2.0)})
    EXPECT_EQ(ln_mean(name, {}, imt), ln_mean(base, {{"region", region}}, imt)) << imt.name();
}

INSTANTIATE_TEST_SUITE_P(Subduction, RegionalNames, ::testing::ValuesIn(aliases()),
                         [](const auto& test) {
                           return test.param.name;
                         });

TEST(SubductionRegions, DifferFromTheGlobalModel) {
  EXPECT_NE(ln_mean("KuehnEtAl2020SInter", {{"region", "JPN"}}, sa(0.3)),
            ln_mean("KuehnEtAl2020SInter", {}, sa(0.3)));
  EXPECT_NE(ln_mean("ParkerEtAl2020SSlab", {{"region", "TW"}}, sa(0.3)),
            ln_mean("ParkerEtAl2020SSlab", {}, sa(0.3)));
}

// Kuehn et al. (2020): short periods are never below PGA.
TEST(SubductionRegions, ShortPeriodsStayAbovePga) {
  OnePair far = kDeep;
  far.rrup = 600;

  EXPECT_GE(ln_mean("KuehnEtAl2020SSlab", {}, sa(0.05), far),
            ln_mean("KuehnEtAl2020SSlab", {}, kPga, far));
}

TEST(SubductionRegions, DeepBasinsOfCascadiaDoubleLongPeriods) {
  const object plain{{"region", "CAS"}}, m9{{"region", "CAS"}, {"m9_basin_term", true}};
  OnePair no_basin = kDeep;
  no_basin.z2pt5 = -999; // unknown: no basin term

  EXPECT_NEAR(ln_mean("KuehnEtAl2020SInter", m9, sa(2.0))
                - ln_mean("KuehnEtAl2020SInter", plain, sa(2.0), no_basin),
              std::log(2.0), 1e-12);
  EXPECT_EQ(ln_mean("KuehnEtAl2020SInter", m9, sa(1.0)),
            ln_mean("KuehnEtAl2020SInter", plain, sa(1.0)));
}

TEST(SubductionRegions, RefuseWhatHasNoMeaning) {
  EXPECT_NE(refusal("KuehnEtAl2020SInter", {{"region", "Mars"}}), "");
  EXPECT_NE(refusal("KuehnEtAl2020SInter", {{"m9_basin_term", true}}), "");
  EXPECT_NE(refusal("KuehnEtAl2020SInter", {{"sigma_mu_epsilon", 1.0}}), "");
  EXPECT_NE(refusal("ParkerEtAl2020SInter", {{"region", "JP"}}), "");
  EXPECT_NE(refusal("AbrahamsonGulerce2020SInter", {{"usgs_basin_scaling", true}}), "");
}

} // namespace

} // namespace oq::engine::testing
