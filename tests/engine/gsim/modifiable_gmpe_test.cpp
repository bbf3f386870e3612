// ModifiableGMPE changes what the model inside predicts, one change after another.
#include "engine/gsim/one_pair.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace oq::engine::testing {

namespace {

using boost::json::object;

constexpr OnePair kSoil{.mag = 6.5, .rake = 90, .rrup = 22, .rjb = 20, .vs30 = 300, .z2pt5 = 7};

object with(object changes, const char* inner = "BooreAtkinson2008") {
  object arguments{{"gmpe", {{inner, object()}}}};
  for (const auto& [key, value] : changes)
    arguments[key] = value;
  return arguments;
}

LogNormal changed(object changes, const Imt& imt = kPga, const OnePair& pair = kSoil,
                  const char* inner = "BooreAtkinson2008") {
  const auto model = model_of("ModifiableGMPE", with(std::move(changes), inner));
  if (!model) {
    ADD_FAILURE() << "no model";
    return {};
  }
  const std::vector<OnePair> pairs{pair};
  return evaluate(*model, imt, Batch(pairs).view()).front();
}
LogNormal plain(const Imt& imt = kPga, const OnePair& pair = kSoil) {
  return evaluate("BooreAtkinson2008", imt, pair);
}

std::string refusal(object arguments) {
  const auto model =
    make_ground_motion_model({.name = "ModifiableGMPE", .arguments = std::move(arguments)});
  return model ? "" : model.error().message;
}

TEST(ModifiableGmpe, ScalesTheMedian) {
  const LogNormal motion = changed({{"set_scale_median_scalar", {{"scaling_factor", 1.2}}}});

  EXPECT_DOUBLE_EQ(motion.ln_mean, plain().ln_mean + std::log(1.2));
  EXPECT_DOUBLE_EQ(motion.sigma, plain().sigma);
}

TEST(ModifiableGmpe, ValuesByImtAreInterpolatedInThePeriodsLogarithm) {
  const object factors{{"PGA", 1.0}, {"SA(0.1)", 1.0}, {"SA(0.4)", 3.0}};
  const object changes{{"set_scale_median_vector", {{"scaling_factor", factors}}}};

  EXPECT_NEAR(changed(changes, sa(0.2)).ln_mean, plain(sa(0.2)).ln_mean + std::log(2.0), 1e-12);
}

TEST(ModifiableGmpe, HasNoMotionForAnImtWithoutAValue) {
  const auto model = model_of(
    "ModifiableGMPE",
    with({{"set_fixed_total_sigma", {{"total_sigma", {{"PGA", 0.6}, {"SA(0.1)", 0.5}}}}}}));

  ASSERT_TRUE(model);
  EXPECT_TRUE(model->supports(kPga));
  EXPECT_FALSE(model->supports(sa(0.2)));
  EXPECT_FALSE(model->supports(kPgv));
}

TEST(ModifiableGmpe, TheTotalDeviationMayBeFixedOrShifted) {
  const double sigma = plain().sigma;

  EXPECT_DOUBLE_EQ(changed({{"set_fixed_total_sigma", {{"total_sigma", {{"PGA", 0.6}}}}}}).sigma,
                   0.6);
  EXPECT_DOUBLE_EQ(changed({{"set_scale_total_sigma_scalar", {{"scaling_factor", 0.8}}}}).sigma,
                   0.8 * sigma);
  EXPECT_NEAR(changed({{"add_delta_std_to_total_std", {{"delta", -0.2}}}}).sigma,
              std::sqrt(sigma * sigma - 0.04), 1e-12);
}

TEST(ModifiableGmpe, BetweenEventDeviationMovesIntoTheMedian) {
  const LogNormal motion = changed({{"set_between_epsilon", {{"epsilon_tau", 0.5}}}});

  EXPECT_DOUBLE_EQ(motion.ln_mean, plain().ln_mean + 0.5 * plain().tau);
  EXPECT_DOUBLE_EQ(motion.sigma, plain().phi);
  EXPECT_EQ(motion.tau, 0.0);
}

TEST(ModifiableGmpe, SplitsTheTotalDeviation) {
  const OnePair pair{.mag = 6.5, .rrup = 22};
  const LogNormal motion =
    changed({{"add_between_within_stds", {{"with_betw_ratio", 1.7}}}}, kPga, pair, "Campbell2003");

  EXPECT_NEAR(motion.phi / motion.tau, 1.7, 1e-12);
  EXPECT_NEAR(std::hypot(motion.phi, motion.tau), motion.sigma, 1e-12);
}

TEST(ModifiableGmpe, ChangesAreMadeInTheOrderOfTheText) {
  const object fix_then_scale{{"set_fixed_total_sigma", {{"total_sigma", {{"PGA", 0.6}}}}},
                              {"set_scale_total_sigma_scalar", {{"scaling_factor", 0.5}}}};
  const object scale_then_fix{{"set_scale_total_sigma_scalar", {{"scaling_factor", 0.5}}},
                              {"set_fixed_total_sigma", {{"total_sigma", {{"PGA", 0.6}}}}}};

  EXPECT_DOUBLE_EQ(changed(fix_then_scale).sigma, 0.3);
  EXPECT_DOUBLE_EQ(changed(scale_then_fix).sigma, 0.6);
}

// Boore & Atkinson's soil on Boore & Atkinson's rock is their own model again.
TEST(ModifiableGmpe, ASiteTermOfTheModelsOwnChangesNothing) {
  EXPECT_NEAR(changed({{"ba08_site_term", object()}}).ln_mean, plain().ln_mean, 1e-12);
}

TEST(ModifiableGmpe, ASiteTermOfAnotherKindStartsFromRock) {
  OnePair rock = kSoil;
  rock.vs30 = 760;

  EXPECT_NEAR(changed({{"nrcan15_site_term", {{"kind", "base"}}}}, kPga, rock).ln_mean,
              plain(kPga, rock).ln_mean, 1e-12);
  EXPECT_NE(changed({{"nrcan15_site_term", {{"kind", "base"}}}}).ln_mean,
            plain(kPga, rock).ln_mean);
}

TEST(ModifiableGmpe, TheBasinTermsOfTheNorthWestDoubleLongPeriodsOverDeepBasins) {
  EXPECT_NEAR(changed({{"m9_basin_term", object()}}, sa(2.0)).ln_mean - plain(sa(2.0)).ln_mean,
              std::log(2.0), 1e-12);
  EXPECT_EQ(changed({{"m9_basin_term", object()}}, sa(1.0)).ln_mean, plain(sa(1.0)).ln_mean);
}

// Al Atik (2015), table 5.13 and equation 5.6 at magnitude 6.5 and above.
TEST(ModifiableGmpe, TakesTheDeviationsOfAlAtik) {
  OnePair pair = kSoil;
  pair.mag = 7.0;
  const LogNormal motion =
    changed({{"sigma_model_alatik2015", {{"ergodic", false}}}}, sa(1.0), pair);

  EXPECT_DOUBLE_EQ(motion.tau, 0.3508);
  EXPECT_DOUBLE_EQ(motion.phi, 0.4257);
}

TEST(ModifiableGmpe, RefusesWhatItDoesNotKnow) {
  EXPECT_NE(refusal(with({{"set_everything", object()}})).find("set_everything"),
            std::string::npos);
  EXPECT_NE(refusal(with({{"set_scale_median_scalar", {{"factor", 2}}}})).find("factor"),
            std::string::npos);
  EXPECT_NE(refusal({{"set_scale_median_scalar", {{"scaling_factor", 2}}}}).find("gmpe"),
            std::string::npos);
}

TEST(ModifiableGmpe, RefusesToSplitOffADeviationThatIsNotThere) {
  EXPECT_NE(
    refusal(with({{"set_between_epsilon", {{"epsilon_tau", 1}}}}, "Campbell2003")).find("between"),
    std::string::npos);
}

TEST(ModifiableGmpe, AddsTheAmplificationOfTheSite) {
  OnePair site = kSoil;
  site.amplfactor = -0.25;
  const LogNormal motion = changed({{"apply_swiss_amplification", object()}}, sa(1.0), site);

  EXPECT_DOUBLE_EQ(motion.ln_mean, plain(sa(1.0)).ln_mean - 0.25);
  EXPECT_DOUBLE_EQ(motion.sigma, plain(sa(1.0)).sigma);
}

TEST(ModifiableGmpe, TheSwissSiteModelReplacesTheWithinEventDeviation) {
  OnePair site = kSoil;
  site.ch_ampl03 = 0.4;
  site.ch_phis2s03 = 0.3;
  site.ch_phiss03 = 0.4;
  site.ch_ampl06 = -0.1;
  site.ch_phis2s06 = 0.5;
  site.ch_phiss06 = 1.2;
  const object change{{"apply_swiss_amplification_sa", object()}};
  const LogNormal at_03 = changed(change, sa(0.3), site), at_06 = changed(change, sa(0.6), site);

  EXPECT_DOUBLE_EQ(at_03.ln_mean, plain(sa(0.3)).ln_mean + 0.4);
  EXPECT_DOUBLE_EQ(at_03.phi, 0.5);
  EXPECT_DOUBLE_EQ(at_03.tau, plain(sa(0.3)).tau);
  EXPECT_DOUBLE_EQ(at_03.sigma, std::hypot(plain(sa(0.3)).tau, 0.5));
  EXPECT_DOUBLE_EQ(at_06.ln_mean, plain(sa(0.6)).ln_mean - 0.1);
  EXPECT_DOUBLE_EQ(at_06.phi, 1.3);
}

TEST(ModifiableGmpe, TheSwissSiteModelHasTwoPeriods) {
  const auto model = model_of("ModifiableGMPE", with({{"apply_swiss_amplification_sa", object()}}));

  EXPECT_TRUE(model->supports(sa(0.3)));
  EXPECT_TRUE(model->supports(sa(0.6)));
  EXPECT_FALSE(model->supports(sa(0.4)));
  EXPECT_FALSE(model->supports(kPga));
}

} // namespace

} // namespace oq::engine::testing
