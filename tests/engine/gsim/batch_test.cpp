// How pairs are put into batches changes no bit of any model's motions.
#include "engine/gsim/one_pair.hpp"

#include <boost/json/array.hpp>
#include <gtest/gtest.h>

namespace oq::engine::testing {

namespace {

// Two ruptures seen from three sites; every field has a value that every model accepts.
OnePair pair_of(bool large, int site) {
  OnePair pair{.mag = large ? 7.3 : 5.4,
               .rake = large ? 90.0 : 0.0,
               .dip = large ? 40.0 : 90.0,
               .strike = 10,
               .ztor = large ? 1.0 : 8.0,
               .zbot = 15,
               .width = large ? 20.0 : 6.0,
               .hypo_depth = large ? 20.0 : 40.0,
               .hypo_lon = 10,
               .hypo_lat = 45};
  const double r = large ? 30.0 * (site + 1) : 12.0 * (site + 1);
  pair.rrup = r;
  pair.rjb = 0.9 * r;
  pair.rx = site == 1 ? -0.8 * r : 0.8 * r;
  pair.ry0 = 3.0;
  pair.rhypo = 1.2 * r;
  pair.repi = 1.1 * r;
  pair.azimuth = 30.0 * site;
  pair.rvolc = 0.0;
  pair.vs30 = 400.0 + 200.0 * site;
  pair.vs30measured = site == 2;
  pair.z1pt0 = 40.0 + 100.0 * site;
  pair.z2pt5 = 0.7 + 1.5 * site;
  pair.backarc = site == 1;
  pair.xvf = 60.0 * (site - 1);
  pair.region = 1;
  pair.geology = 0;
  pair.slope = 0.1;
  pair.siteclass = 'B';
  pair.soiltype = 3;
  pair.site_lon = 10.1 + 0.1 * site;
  pair.site_lat = 45.2;
  return pair;
}

// What models made of others are made of here.
boost::json::object arguments_of(const std::string& name) {
  using boost::json::object;
  if (name == "ModifiableGMPE")
    return {{"gmpe", {{"BooreAtkinson2008", object()}}}, {"nrcan15_site_term", object()}};
  if (name == "AvgGMPE")
    return {{"b1", {{"BooreAtkinson2008", {{"weight", 0.4}}}}},
            {"b2", {{"ChiouYoungs2014", {{"weight", 0.6}}}}}};
  if (name == "GenericGmpeAvgSA")
    return {{"gmpe_name", "BooreAtkinson2008"},
            {"avg_periods", boost::json::array{0.3, 1.0}},
            {"corr_func", "baker_jayaram"}};
  if (name == "MultiGMPE")
    return {{"SA(0.3)", {{"BooreAtkinson2008", object()}}}};
  if (name == "CY14SiteTerm")
    return {{"gmpe_name", "ChiouYoungs2014"}};
  if (name.ends_with("SiteTerm") || name.ends_with("SiteTermLinear") || name.ends_with("BasinTerm"))
    return {{"gmpe_name", "BooreAtkinson2008"}};
  return {};
}

// Models that say themselves what they predict: without a file, or from probabilities alone, there
// is nothing to compare.
std::vector<std::string> names() {
  std::vector<std::string> all = available_ground_motion_models();
  std::erase(all, "GMPETable");
  std::erase(all, "AvgPoeGMPE");
  return all;
}

Imt imt_of(const GroundMotionModel& model) {
  for (const Imt& imt : {sa(0.3), kPga, Imt{ImtKind::avg_sa}})
    if (model.supports(imt))
      return imt;
  return kMmi;
}

class Batches : public ::testing::TestWithParam<std::string> {};

TEST_P(Batches, GiveTheBitsOfTheSinglePair) {
  const auto model = model_of(GetParam(), arguments_of(GetParam()));
  ASSERT_TRUE(model);
  const Imt imt = imt_of(*model);
  ASSERT_TRUE(model->supports(imt));

  for (const bool large : {false, true}) {
    const OnePair pairs[] = {pair_of(large, 0), pair_of(large, 1), pair_of(large, 2)};
    const auto together = evaluate(*model, imt, Batch(pairs, true).view());
    for (std::size_t i = 0; i < 3; ++i) {
      const LogNormal alone = evaluate(*model, imt, Batch({&pairs[i], 1}).view()).front();
      EXPECT_EQ(together[i].ln_mean, alone.ln_mean);
      EXPECT_EQ(together[i].sigma, alone.sigma);
      EXPECT_EQ(together[i].tau, alone.tau);
      EXPECT_EQ(together[i].phi, alone.phi);
    }
  }
}

// The needs of a model are a promise: nothing else has to be filled.
TEST_P(Batches, HoldOnlyWhatTheModelNeeds) {
  const auto model = model_of(GetParam(), arguments_of(GetParam()));
  ASSERT_TRUE(model);
  const Imt imt = imt_of(*model);
  const OnePair full = pair_of(true, 1);
  OnePair needed;
  for (const Field& field : fields())
    needed.*field.value = (model->needs() & field.need) ? full.*field.value : kUnset;

  const LogNormal expected = evaluate(*model, imt, Batch({&full, 1}).view()).front();
  const LogNormal actual = evaluate(*model, imt, Batch({&needed, 1}).view()).front();

  EXPECT_EQ(actual.ln_mean, expected.ln_mean);
  EXPECT_EQ(actual.sigma, expected.sigma);
  EXPECT_GT(expected.sigma, 0.0);
}

INSTANTIATE_TEST_SUITE_P(Registered, Batches, ::testing::ValuesIn(names()), [](const auto& test) {
  return test.param;
});

} // namespace

} // namespace oq::engine::testing
