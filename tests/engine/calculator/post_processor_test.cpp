// Tests of how jobs ask for what follows their curves.
#include "engine/calculator/post_processor.hpp"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

namespace oq::engine {
namespace {

class PostProcessors : public ::testing::Test {
protected:
  PostProcessors() {
    job_.intensity_levels = {{kPga, {0.1, 0.2}}, {sa(0.2), {0.1, 0.2}}};
    job_.poes = {0.1};
    job_.disagg_by_src = true;
    sites_.lon = {10};
    sites_.lat = {45};
    sites_.depth = {0};
  }

  void give(const char* name, const char* value) {
    job_.raw.push_back({name, value, static_cast<int>(job_.raw.size() + 1)});
  }
  Result<std::unique_ptr<PostProcessor>> made() const {
    return make_post_processor(job_, sites_, {});
  }
  Result<std::unique_ptr<PostProcessor>> disaggregation(const char* args) {
    give("postproc_func", "disagg_by_rel_sources.main");
    job_.parameters["postproc_args"] = boost::json::parse(args);
    return made();
  }

  Job job_;
  SiteCollection sites_;
};

TEST_F(PostProcessors, AreNoneByDefault) {
  EXPECT_EQ(made()->get(), nullptr);
  give("postproc_func", "dummy.main");
  EXPECT_EQ(made()->get(), nullptr);
}

TEST_F(PostProcessors, AreRefusedWhenUnknown) {
  give("postproc_func", "no_such_function.main");
  const auto refused = made();
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("no_such_function"), std::string::npos);
}

TEST_F(PostProcessors, DisaggregateAtAKnownSiteAndMotion) {
  const auto one = disaggregation(R"({"imts": ["PGA"], "imls_by_sid": {"0": [0.1]}})");
  ASSERT_TRUE(one) << one.error().text();
  EXPECT_NE(one->get(), nullptr);
}

TEST_F(PostProcessors, DoNotDisaggregateElsewhere) {
  for (const char* args :
       {"{}", R"({"imts": ["PGA"], "imls_by_sid": {"1": [0.1]}})",
        R"({"imts": ["PGV"], "imls_by_sid": {"0": [0.1]}})",
        R"({"imts": ["PGA"], "imls_by_sid": {"0": []}})",
        R"({"imts": ["PGA"], "imls_by_sid": {"0": [-1]}})",
        R"({"imts": [3], "imls_by_sid": {"0": [0.1]}})", R"({"imts": "PGA", "imls_by_sid": 0})"})
    EXPECT_FALSE(disaggregation(args)) << args;
}

TEST_F(PostProcessors, DisaggregateOnlyWithRatesBySource) {
  job_.disagg_by_src = false;
  EXPECT_FALSE(disaggregation(R"({"imts": ["PGA"], "imls_by_sid": {"0": [0.1]}})"));
}

TEST_F(PostProcessors, NeedAMeanSpectrumForItsMedian) {
  give("postproc_func", "median_spectrum.main");
  EXPECT_TRUE(made());
  job_.mean = false;
  EXPECT_FALSE(made());
  job_.mean = true;
  job_.intensity_levels.push_back({kPgv, {1, 2}});
  EXPECT_FALSE(made());
}

TEST_F(PostProcessors, NeedAConditioningMotionThatIsComputed) {
  give("postproc_func", "conditional_spectrum.main");
  EXPECT_FALSE(made());
  give("imt_ref", "SA(0.3)");
  EXPECT_FALSE(made());
  job_.raw.back().value = "SA(0.2)";
  EXPECT_TRUE(made());
}

TEST_F(PostProcessors, NeedACorrelationOfSpectralAccelerations) {
  give("postproc_func", "conditional_spectrum.main");
  give("imt_ref", "SA(0.2)");
  give("cross_correlation", "GodaAtkinson2009");
  EXPECT_FALSE(made());
  job_.raw.back().value = "BakerJayaram2008";
  EXPECT_TRUE(made());
  job_.intensity_levels.push_back({kPgv, {1, 2}});
  EXPECT_FALSE(made());
}

} // namespace
} // namespace oq::engine
