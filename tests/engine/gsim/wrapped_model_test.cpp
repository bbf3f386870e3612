// Models made of other models: averages, mixtures, the Canadian site term.
#include "engine/gsim/mixture.hpp"
#include "engine/gsim/one_pair.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace oq::engine::testing {

namespace {

using boost::json::array;
using boost::json::object;

constexpr OnePair kPair{
  .mag = 6.3, .rake = 0, .hypo_depth = 10, .rrup = 31, .rjb = 30, .rhypo = 33, .vs30 = 500};

LogNormal motion_of(const GroundMotionModel& model, const OnePair& pair = kPair) {
  const std::vector<OnePair> pairs{pair};
  return evaluate(model, kPga, Batch(pairs).view()).front();
}

object two_models(double first, double second) {
  return {{"b1", {{"AkkarBommer2010", {{"weight", first}}}}},
          {"b2", {{"BooreAtkinson2008", {{"weight", second}}}}}};
}

std::string refusal(const std::string& name, object arguments) {
  const auto model = make_ground_motion_model({.name = name, .arguments = std::move(arguments)});
  return model ? "" : model.error().message;
}

TEST(AvgGmpe, AveragesMediansAndVariancesWithNormalizedWeights) {
  const auto model = model_of("AvgGMPE", two_models(0.3, 0.9));
  const LogNormal a = evaluate("AkkarBommer2010", kPga, kPair);
  const LogNormal b = evaluate("BooreAtkinson2008", kPga, kPair);

  ASSERT_TRUE(model);
  const LogNormal mean = motion_of(*model);
  EXPECT_NEAR(mean.ln_mean, 0.25 * a.ln_mean + 0.75 * b.ln_mean, 1e-12);
  EXPECT_NEAR(mean.sigma, std::sqrt(0.25 * a.sigma * a.sigma + 0.75 * b.sigma * b.sigma), 1e-12);
  EXPECT_NEAR(mean.tau, std::sqrt(0.25 * a.tau * a.tau + 0.75 * b.tau * b.tau), 1e-12);
}

TEST(AvgGmpe, NeedsWhatAnyOfItsModelsNeeds) {
  const auto model = model_of("AvgGMPE", two_models(0.5, 0.5));

  ASSERT_TRUE(model);
  EXPECT_EQ(model->needs(),
            model_of("AkkarBommer2010")->needs() | model_of("BooreAtkinson2008")->needs());
}

TEST(AvgGmpe, RefusesAModelWithoutWeight) {
  EXPECT_NE(refusal("AvgGMPE", {{"b1", {{"AkkarBommer2010", object()}}}}).find("weight"),
            std::string::npos);
  EXPECT_NE(refusal("AvgGMPE", {}), "");
}

TEST(AvgPoeGmpe, IsAMixtureWithTheWeightsAsGiven) {
  const auto model = model_of("AvgPoeGMPE", two_models(0.3, 0.6));

  ASSERT_TRUE(model);
  ASSERT_EQ(mixture_of(*model).size(), 2u);
  EXPECT_EQ(mixture_of(*model)[0].weight, 0.3);
  EXPECT_EQ(mixture_of(*model)[1].weight, 0.6);
  EXPECT_EQ(mixture_of(*model)[1].model->name(), "BooreAtkinson2008");
}

TEST(AvgPoeGmpe, HasNoMotionOfItsOwn) {
  const auto model = model_of("AvgPoeGMPE", two_models(0.3, 0.7));

  ASSERT_TRUE(model);
  EXPECT_TRUE(std::isnan(motion_of(*model).ln_mean));
}

TEST(MixtureModel, ScalesTheDeviationOfItsParts) {
  const auto model =
    model_of("ChiouYoungs2014",
             {{"region", "JPN"},
              {"mixture_model", {{"factors", array{0.8, 1.2}}, {"weights", array{0.5, 0.5}}}}});

  ASSERT_TRUE(model);
  ASSERT_EQ(mixture_of(*model).size(), 2u);
  EXPECT_EQ(mixture_of(*model)[1].sigma_factor, 1.2);
  EXPECT_EQ(model->name(), "ChiouYoungs2014");
}

TEST(MixtureModel, RefusesListsThatDoNotMatch) {
  EXPECT_NE(refusal("SadighEtAl1997",
                    {{"mixture_model", {{"factors", array{1.0}}, {"weights", array{0.5, 0.5}}}}}),
            "");
  EXPECT_NE(refusal("SadighEtAl1997", {{"mixture_model", 2}}), "");
}

TEST(NRCan15SiteTerm, LeavesItsReferenceRockAlone) {
  OnePair rock = kPair;
  rock.vs30 = 760;
  const auto model = model_of("NRCan15SiteTerm", {{"gmpe_name", "BooreAtkinson2008"}});

  ASSERT_TRUE(model);
  EXPECT_DOUBLE_EQ(motion_of(*model, rock).ln_mean,
                   evaluate("BooreAtkinson2008", kPga, rock).ln_mean);
}

// Atkinson and Boore (2006): PGA at 760 m/s is 0.891 times that of hard rock.
TEST(NRCan15SiteTerm, TheLinearKindReachesHardRockAt2000MetresASecond) {
  OnePair rock = kPair, hard = kPair;
  rock.vs30 = 760;
  hard.vs30 = 2000;
  const auto model = model_of("NRCan15SiteTermLinear", {{"gmpe_name", "BooreAtkinson2008"}});

  ASSERT_TRUE(model);
  EXPECT_NEAR(motion_of(*model, rock).ln_mean - motion_of(*model, hard).ln_mean, std::log(0.891),
              1e-12);
}

TEST(NRCan15SiteTerm, RefusesModelsThatAreNotForItsRock) {
  EXPECT_NE(refusal("NRCan15SiteTerm", {{"gmpe_name", "AbrahamsonEtAl2015SInter"}}), "");
  EXPECT_NE(refusal("NRCan15SiteTerm", {{"gmpe_name", "AtkinsonMacias2009"}}), "");
  EXPECT_EQ(refusal("NRCan15SiteTerm", {{"gmpe_name", "ZhaoEtAl2006Asc"}}), "");
  EXPECT_NE(refusal("NRCan15SiteTerm", {}).find("gmpe_name"), std::string::npos);
}

TEST(CY14SiteTerm, RefusesAModelThatIsNotForItsRock) {
  EXPECT_NE(refusal("CY14SiteTerm", {{"gmpe_name", "BooreAtkinson2008"}}), "");
  EXPECT_EQ(refusal("CY14SiteTerm", {{"gmpe_name", "ChiouYoungs2014"}}), "");
}

} // namespace

} // namespace oq::engine::testing
