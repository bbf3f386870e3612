// Tests of the rates of point sources with a model whose answer is known.
#include "engine/hazard/source_rates.hpp"

#include "constant_model.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace oq::engine {
namespace {

using testing::ConstantModel;

class SourceRates : public ::testing::Test {
protected:
  SourceRates() {
    settings_.investigation_time = 50;
    settings_.imts = {Imt{}};
    settings_.levels.emplace_back(std::vector{std::log(0.1)});
    set_.maximum_distance = MaximumDistance({{2.5, 200.0}, {10.2, 200.0}});
    use_model(std::log(0.1), 0.5);
    add_source({{1.0, 0, 90, 0}}, {{1.0, 10}});
  }

  void use_model(double mean, double sigma) {
    model_ = std::make_shared<ConstantModel>(mean, sigma);
    set_.models = {model_};
  }

  void add_source(std::vector<NodalPlane> planes, std::vector<HypocentralDepth> depths) {
    Source source;
    source.lower_seismogenic_depth = 20;
    source.scaling = ScalingRelation::point;
    PointSources points;
    points.locations = {{10, 45}};
    points.bins = {{5.0, 0.02}, {6.0, 0.01}};
    points.planes = std::move(planes);
    points.depths = std::move(depths);
    set_.ids = {"src"};
    set_.sources = {PointRuptures(source, points, false)};
  }

  // A site north of the source.
  void add_site(double distance_km) {
    const LonLat place = point_at({10, 45}, 0.0, distance_km);
    sites_.lon.push_back(place.lon);
    sites_.lat.push_back(place.lat);
    sites_.depth.push_back(0);
  }

  Result<std::vector<double>> rates(const StopToken& stop = {}) const {
    return source_rates(settings_, set_, {0, 1}, sites_, {0, sites_.size()}, stop);
  }

  HazardSettings settings_;
  SourceSet set_;
  SiteCollection sites_;
  std::shared_ptr<ConstantModel> model_;
};

TEST_F(SourceRates, HalfTheRupturesExceedTheMedian) {
  add_site(50);

  const auto result = rates();

  ASSERT_TRUE(result);
  EXPECT_NEAR((*result)[0], 0.5 * 50 * (0.02 + 0.01), 1e-13);
}

TEST_F(SourceRates, RupturesBeyondTheMaximumDistanceDoNotCount) {
  add_site(50);
  add_site(201);

  const auto result = rates();

  ASSERT_TRUE(result);
  EXPECT_GT((*result)[0], 0.0);
  EXPECT_EQ((*result)[1], 0.0);
}

TEST_F(SourceRates, AreEmptyWhereNothingReaches) {
  add_site(500);

  const auto result = rates();

  ASSERT_TRUE(result);
  EXPECT_TRUE(result->empty());
}

TEST_F(SourceRates, FarSitesSeeOneMeanRuptureAMagnitude) {
  add_source({{0.5, 0, 90, 0}, {0.5, 40, 90, 0}}, {{0.5, 5}, {0.5, 15}});
  for (int i = 0; i < 11; ++i)
    add_site(150 + i);

  const auto result = rates();

  ASSERT_TRUE(result);
  EXPECT_EQ(model_->pairs, 11u * 2u);
  EXPECT_NEAR((*result)[0], 0.5 * 50 * (0.02 + 0.01), 1e-13); // the whole rate
}

TEST_F(SourceRates, NearSitesSeeEveryPlaneAndDepth) {
  add_source({{0.5, 0, 90, 0}, {0.5, 40, 90, 0}}, {{0.5, 5}, {0.5, 15}});
  add_site(50);
  add_site(150);

  ASSERT_TRUE(rates());

  EXPECT_EQ(model_->pairs, 2u * 4u + 2u);
}

TEST_F(SourceRates, FewSitesSeeTheSameRupturesWhenOneOfThemIsNear) {
  settings_.few_sites = true;
  add_source({{0.5, 0, 90, 0}, {0.5, 40, 90, 0}}, {{0.5, 5}, {0.5, 15}});
  add_site(50);
  add_site(150);

  ASSERT_TRUE(rates());

  EXPECT_EQ(model_->pairs, 2u * 2u * 4u);
}

TEST_F(SourceRates, AModelThatGivesNoNumberIsAFailureThatNamesSourceAndSite) {
  use_model(std::nan(""), 0.5);
  add_site(50);

  const auto result = rates();

  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, Errc::numeric_failure);
  EXPECT_EQ(result.error().where, "src");
  EXPECT_NE(result.error().message.find("site 0"), std::string::npos);
}

TEST_F(SourceRates, AStopIsHeard) {
  add_site(50);
  const StopToken stop;
  stop.request_stop();

  const auto result = rates(stop);

  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, Errc::aborted);
}

TEST_F(SourceRates, DoNotDependOnHowTheSitesAreCut) {
  for (int i = 0; i < 150; ++i)
    add_site(1.3 * i);
  const auto whole = rates();
  ASSERT_TRUE(whole);

  const auto first = source_rates(settings_, set_, {0, 1}, sites_, {0, 37}, {});
  const auto second = source_rates(settings_, set_, {0, 1}, sites_, {37, 150}, {});

  ASSERT_TRUE(first && second);
  std::vector<double> joined = *first;
  joined.insert(joined.end(), second->begin(), second->end());
  EXPECT_EQ(joined, *whole);
}

TEST_F(SourceRates, VariantsAreWhatTheyAreAlone) {
  add_source({{0.4, 0, 90, 0}, {0.6, 30, 60, 90}}, {{0.7, 10}, {0.3, 15}});
  for (const double distance : {5.0, 50.0, 150.0})
    add_site(distance);
  const auto rates_with = [&](std::vector<double> rates) {
    SourceSet set = set_;
    PointSources points;
    points.locations = {{10, 45}};
    points.bins = {{5.0, rates[0]}, {6.0, rates[1]}};
    points.planes = {{0.4, 0, 90, 0}, {0.6, 30, 60, 90}};
    points.depths = {{0.7, 10}, {0.3, 15}};
    Source source;
    source.lower_seismogenic_depth = 20;
    source.scaling = ScalingRelation::point;
    set.sources = {PointRuptures(source, points, false)};
    return set;
  };
  const SourceSet second = rates_with({0.013, 0.0071}), third = rates_with({0.3, 0.0});
  SourceSet all = set_;
  all.variants = {{second.sources, {}}, {third.sources, {}}};
  const auto computed = [&](const SourceSet& set) {
    auto rates =
      source_rates(settings_, set, {0, set.locations()}, sites_, {0, sites_.size()}, StopToken());
    EXPECT_TRUE(rates);
    return *std::move(rates);
  };

  std::vector<double> alone = computed(set_);
  for (const SourceSet* other : {&second, &third}) {
    const std::vector<double> more = computed(*other);
    alone.insert(alone.end(), more.begin(), more.end());
  }

  EXPECT_EQ(computed(all), alone);
}

} // namespace
} // namespace oq::engine
