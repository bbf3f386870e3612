// Tests of the classical calculator on a model made in code.
#include "engine/calculator/classical_calculator.hpp"

#include "engine/job/job_folder.hpp"
#include "run_calculator.hpp"
#include "small_model.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

namespace oq::engine {
namespace {

using testing::area_source;
using testing::fault_source;
using testing::kRegion;
using testing::list_of;
using testing::run_calculator;
using testing::small_model;
using testing::values_of;
using Model = testing::SmallModel;

class ClassicalCalculatorTest : public ::testing::Test {
protected:
  std::unique_ptr<Datastore> run(const Model& model) {
    auto calculator = model.calculator();
    EXPECT_TRUE(calculator) << (calculator ? "" : calculator.error().text());
    auto datastore = run_calculator(**calculator);
    EXPECT_TRUE(datastore) << (datastore ? "" : datastore.error().text());
    return *std::move(datastore);
  }
};

TEST_F(ClassicalCalculatorTest, CurvesAreProbabilitiesThatFallWithTheLevel) {
  const auto datastore = run(small_model());

  const std::vector<double> curves = values_of(*datastore, "hcurves-rlzs");

  ASSERT_EQ(curves.size(), 60u * 4 * 5);
  for (std::size_t i = 0; i < curves.size(); ++i) {
    EXPECT_GE(curves[i], 0.0);
    EXPECT_LE(curves[i], 1.0);
    if (i % 5 > 0) {
      EXPECT_LE(curves[i], curves[i - 1]);
    }
  }
}

TEST_F(ClassicalCalculatorTest, ASourceOfTwoPathsIsComputedOnceAndCountsInBoth) {
  Model both = small_model();
  Model separate = small_model();
  // Another name makes it another source: nothing is shared.
  SourceList& sources = separate.tree.source_paths[1].groups[0].sources;
  Source renamed = sources[0];
  renamed.name = "not the same";
  sources.replace(0, std::move(renamed));

  const std::vector<double> shared = values_of(*run(both), "hcurves-rlzs");
  const std::vector<double> apart = values_of(*run(separate), "hcurves-rlzs");

  ASSERT_EQ(shared.size(), apart.size());
  for (std::size_t i = 0; i < shared.size(); ++i)
    EXPECT_NEAR(shared[i], apart[i], 1e-12) << i;
}

// Each path alone, and both together, have the same bits.
TEST_F(ClassicalCalculatorTest, BranchesThatDifferInRatesAreWhatTheyAreAlone) {
  const auto sources_of = [](double a_value) {
    return list_of({area_source("area", a_value), fault_source(a_value - 0.3)});
  };
  Model both = small_model();
  both.tree.source_paths = {{"A", 0.6, {{"g", kRegion, sources_of(3.5)}}},
                            {"B", 0.4, {{"g", kRegion, sources_of(3.13)}}}};
  const std::vector<double> together = values_of(*run(both), "hcurves-rlzs");

  std::vector<std::vector<double>> alone; // a path: site x model x level
  for (const double a_value : {3.5, 3.13}) {
    Model one = both;
    one.tree.source_paths = {{"A", 1.0, {{"g", kRegion, sources_of(a_value)}}}};
    one.tree.realizations = {{0, "A~A", 0.5, 0, {0}}, {1, "A~B", 0.5, 0, {1}}};
    alone.push_back(values_of(*run(one), "hcurves-rlzs"));
  }

  constexpr std::size_t kHalf = 2 * 5; // of a site's values
  ASSERT_EQ(together.size(), 2 * alone[0].size());
  for (std::size_t i = 0; i < together.size(); ++i) {
    const std::size_t site = i / (2 * kHalf), within = i % (2 * kHalf);
    ASSERT_EQ(together[i], alone[within / kHalf][site * kHalf + within % kHalf]) << i;
  }
}

TEST_F(ClassicalCalculatorTest, BranchesThatDifferInRatesAreComputedOnce) {
  const auto tasks_with = [&](double second) {
    Model model = small_model();
    model.tree.source_paths[0].groups[0].sources = list_of({area_source("area", 3.5)});
    model.tree.source_paths[1].groups[0].sources = list_of({area_source("area", second)});
    const auto calculator = model.calculator();
    EXPECT_TRUE(calculator);
    return (*calculator)->task_count();
  };

  EXPECT_EQ(tasks_with(3.1), tasks_with(3.5));
}

// Functions that change nothing leave the curves of rock, at the levels of soil.
TEST_F(ClassicalCalculatorTest, MotionsAmplifiedOneByOneMakeCurvesAtTheLevelsOfSoil) {
  const testing::JobFolder folder;
  const auto table = folder.write(
    "soil.csv", "#,,,,,\"vs30_ref=600\"\nampcode,from_mag,from_rrup,level,PGA,sigma_PGA\n"
                "A,0,0,0.1,1,1e-5\n");
  Model soil = small_model();
  soil.job.inputs["amplification"] = {table};
  soil.job.amplification_method = "kernel";
  soil.job.soil_intensities = {0.03, 0.15};
  SiteColumn codes{"ampcode", SiteColumn::Kind::text, {}, {}};
  codes.texts.assign(soil.sites.size(), "A");
  soil.sites.columns = {codes};
  Model rock = small_model();
  rock.job.intensity_levels = {{Imt{}, {0.03, 0.15}}};
  soil.job.approximations = rock.job.approximations = false; // bins of motion among them

  const auto on_soil = values_of(*run(soil), "hcurves-rlzs");
  const auto on_rock = values_of(*run(rock), "hcurves-rlzs");

  ASSERT_EQ(on_soil.size(), on_rock.size());
  double soil_sum = 0, rock_sum = 0;
  for (std::size_t i = 0; i < on_soil.size(); ++i) {
    soil_sum += on_soil[i];
    rock_sum += on_rock[i];
  }
  EXPECT_NEAR(soil_sum / rock_sum, 1.0, 1e-2); // a step of the integral is worth up to 1 %
}

TEST_F(ClassicalCalculatorTest, WithEquivalentDistancesSourcesArePointsOfOnePlane) {
  Model equivalent = small_model();
  equivalent.job.reqv_regions = {kRegion};
  Model points = small_model();
  for (SourceModelPath& path : points.tree.source_paths)
    for (std::size_t i = 0; i < path.groups[0].sources.size(); ++i) {
      Source source = path.groups[0].sources[i];
      source.scaling = ScalingRelation::point;
      source.nodal_planes = {{1.0, 65, 60, 45}}; // the mean of the two
      path.groups[0].sources.replace(i, std::move(source));
    }

  const auto curves = values_of(*run(equivalent), "hcurves-rlzs");

  EXPECT_EQ(curves, values_of(*run(points), "hcurves-rlzs"));
  EXPECT_NE(curves, values_of(*run(small_model()), "hcurves-rlzs"));
}

TEST_F(ClassicalCalculatorTest, RatesBySourceMakeTheCurveOfMutuallyExclusiveSources) {
  Model model = small_model();
  model.job.disagg_by_src = true;
  for (auto* values : {&model.sites.lon, &model.sites.lat, &model.sites.depth, &model.sites.vs30})
    values->resize(1);
  SourceGroup& group = model.tree.source_paths[1].groups[0];
  group.dependence.mutex_sources = true;
  for (std::size_t i = 0; i < 2; ++i) {
    Source source = group.sources[i];
    source.mutex_weight = 0.5;
    group.sources.replace(i, std::move(source));
  }
  model.tree.realizations = {{0, "B~A", 1.0, 1, {0}}};

  const auto datastore = run(model);

  const auto by_source = values_of(*datastore, "mean_rates_by_src");
  const auto curve = values_of(*datastore, "hcurves-stats");
  ASSERT_EQ(curve.size(), 5u);
  const std::size_t sources = by_source.size() / 5;
  for (std::size_t level = 0; level < 5; ++level) {
    const auto begin = by_source.begin() + static_cast<std::ptrdiff_t>(level * sources);
    const double rate = std::accumulate(begin, begin + static_cast<std::ptrdiff_t>(sources), 0.0);
    EXPECT_NEAR(-std::expm1(-rate * 50), curve[level], 1e-6) << level;
  }
}

TEST_F(ClassicalCalculatorTest, TheMeanIsTheWeightedSumOfTheRealizations) {
  const auto datastore = run(small_model());

  const std::vector<double> curves = values_of(*datastore, "hcurves-rlzs");
  const std::vector<double> mean = values_of(*datastore, "hcurves-stats");

  ASSERT_EQ(mean.size(), 60u * 5);
  for (std::size_t level = 0; level < 5; ++level)
    EXPECT_NEAR(mean[level],
                0.3 * curves[level] + 0.3 * curves[5 + level] + 0.2 * curves[10 + level]
                  + 0.2 * curves[15 + level],
                1e-14);
}

TEST_F(ClassicalCalculatorTest, MeanRatesLieAboveTheMeanOfProbabilities) {
  Model rates = small_model();
  rates.job.use_rates = true;

  const double of_rates = values_of(*run(rates), "hcurves-stats")[2];
  const double of_poes = values_of(*run(small_model()), "hcurves-stats")[2];

  EXPECT_GT(of_rates, of_poes); // 1 - exp(-x) is concave
}

TEST_F(ClassicalCalculatorTest, TheOrderInWhichTasksRunDoesNotMatter) {
  const Model model = small_model();
  auto forward = model.calculator(), backward = model.calculator();
  ASSERT_TRUE(forward && backward);
  const std::size_t tasks = (*backward)->task_count();
  std::vector<TaskResult> results(tasks);
  for (std::size_t task = tasks; task-- > 0;) {
    auto result = (*backward)->run_task(task, StopToken());
    ASSERT_TRUE(result);
    results[task] = *std::move(result);
  }
  for (std::size_t task = 0; task < tasks; ++task)
    ASSERT_TRUE((*backward)->reduce(task, std::move(results[task])));
  const auto datastore = make_memory_datastore();
  ASSERT_TRUE((*backward)->finish(*datastore));

  const auto expected = run_calculator(**forward);

  ASSERT_TRUE(expected);
  EXPECT_EQ(values_of(*datastore, "hcurves-rlzs"), values_of(**expected, "hcurves-rlzs"));
}

TEST_F(ClassicalCalculatorTest, StoresSitesWeightsAndAttributes) {
  const auto datastore = run(small_model());

  EXPECT_EQ(values_of(*datastore, "sitecol/vs30"), std::vector<double>(60, 600.0));
  EXPECT_EQ(values_of(*datastore, "weights"), (std::vector<double>{0.3, 0.3, 0.2, 0.2}));
  const auto attributes = datastore->attributes("hmaps-stats");
  ASSERT_TRUE(attributes);
  EXPECT_EQ(attributes->at("kinds").as_array()[0].as_string(), "mean");
  EXPECT_TRUE(attributes->at("exported").as_bool());
}

TEST_F(ClassicalCalculatorTest, RealizationsAreExportedWhenAskedFor) {
  Model asked = small_model();
  asked.job.individual_rlzs = true;
  const auto exported = [&](const Model& model) {
    return run(model)->attributes("hcurves-rlzs")->at("exported").as_bool();
  };

  EXPECT_FALSE(exported(small_model()));
  EXPECT_TRUE(exported(asked));
}

TEST_F(ClassicalCalculatorTest, WithoutStatisticsThereAreRealizationsAlone) {
  Model model = small_model();
  model.job.mean = false;

  const auto datastore = run(model);

  EXPECT_FALSE(datastore->contains("hcurves-stats"));
  EXPECT_TRUE(datastore->attributes("hcurves-rlzs")->at("exported").as_bool());
}

TEST_F(ClassicalCalculatorTest, AMissingSiteParameterIsAnErrorThatNamesModelAndOption) {
  Model model = small_model();
  model.sites.vs30.clear();

  const auto calculator = model.calculator();

  ASSERT_FALSE(calculator);
  EXPECT_EQ(calculator.error().where, "gsim.xml:3");
  EXPECT_NE(calculator.error().message.find("reference_vs30_value"), std::string::npos);
}

TEST_F(ClassicalCalculatorTest, AnUnsupportedIntensityIsAnErrorThatNamesTheBranch) {
  Model model = small_model();
  model.job.intensity_levels[0].imt.kind = ImtKind::cav;

  const auto calculator = model.calculator();

  ASSERT_FALSE(calculator);
  EXPECT_EQ(calculator.error().where, "gsim.xml:3");
}

TEST_F(ClassicalCalculatorTest, UnequalNumbersOfLevelsAreAnError) {
  Model model = small_model();
  model.job.intensity_levels.push_back({*Imt::parse("SA(1.0)"), {0.1}});

  EXPECT_FALSE(model.calculator());
}

TEST_F(ClassicalCalculatorTest, TheMinimumMagnitudeLeavesOutWeakRuptures) {
  Model model = small_model();
  model.job.minimum_magnitude = {{"default", 6.0}};

  const double fewer = values_of(*run(model), "hcurves-stats")[0];

  EXPECT_LT(fewer, values_of(*run(small_model()), "hcurves-stats")[0]);
}

TEST_F(ClassicalCalculatorTest, AResultOfTheWrongSizeIsRefused) {
  auto calculator = small_model().calculator();
  ASSERT_TRUE(calculator);

  const auto reduced = (*calculator)->reduce(0, TaskResult{{1.0, 2.0}, {}});

  ASSERT_FALSE(reduced);
  EXPECT_EQ(reduced.error().code, Errc::internal);
}

} // namespace
} // namespace oq::engine
