// The classical risk calculator on a calculation small enough to check by hand.
#include "engine/risk/classical_risk.hpp"

#include "engine/output/export.hpp"
#include "engine/risk/loss_curve.hpp"
#include "risk_fixture.hpp"
#include "support/temporary_folder.hpp"

#include <gmock/gmock.h>

#include <cmath>

namespace oq::engine {
namespace {

using oq::testing::file_text;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

// One site, two realizations, a function without spread whose intensity intervals end at the hazard
// levels: a ratio is exceeded with the hazard's own rates.
class ClassicalRisk : public ::testing::Test {
protected:
  ClassicalRisk() {
    hazard.lon = {9.0};
    hazard.lat = {45.0};
    hazard.levels = {0.5, 1.5, 2.5};
    hazard.weights = {0.25, 0.75};
    hazard.curves = {{0.4, 0.2, 0.0}, {0.2, 0.1, 0.0}};
    job.ini = "/somewhere/job_risk.ini";
    job.mode = CalculationMode::classical_risk;
    job.inputs["exposure"] = {folder.write(
      "e.xml", "<nrml xmlns=\"http://openquake.org/xmlns/nrml/0.4\"><exposureModel><conversions>"
               "<costTypes><costType name=\"structural\" unit=\"EUR\" type=\"aggregated\"/>"
               "</costTypes></conversions><assets>\n"
               "<asset id=\"a2\" taxonomy=\"W\"><location lon=\"9.01\" lat=\"45\"/><costs>"
               "<cost type=\"structural\" value=\"1000\"/></costs></asset>\n"
               "<asset id=\"a1\" taxonomy=\"W\"><location lon=\"9.02\" lat=\"45\"/><costs>"
               "<cost type=\"structural\" value=\"2000\"/></costs></asset>\n"
               "</assets></exposureModel></nrml>")};
    use_function("W", "PGA");
  }

  void use_function(const std::string& taxonomy, const std::string& imt) {
    job.inputs["structural_vulnerability"] = {folder.write(
      "v.xml", "<nrml xmlns=\"http://openquake.org/xmlns/nrml/0.5\"><vulnerabilityModel>\n"
               "<vulnerabilityFunction id=\""
                 + taxonomy + "\" dist=\"LN\"><imls imt=\"" + imt
                 + "\">1 2</imls><meanLRs>0.5 1</meanLRs><covLRs>0 0</covLRs>"
                   "</vulnerabilityFunction></vulnerabilityModel></nrml>")};
  }

  std::unique_ptr<Datastore> results() {
    auto datastore = testing::run(job, testing::hazard_datastore(hazard));
    EXPECT_TRUE(datastore) << datastore.error().text();
    return *std::move(datastore);
  }

  Error refusal() {
    const auto datastore = testing::run(job, testing::hazard_datastore(hazard));
    EXPECT_FALSE(datastore);
    return datastore ? Error{} : datastore.error();
  }

  std::string exported(const Datastore& datastore, const std::string& type,
                       const std::string& format) {
    const auto paths = export_output(
      datastore, {type, format, folder.path(), 7, "oq-engine-server 0.1.0", "2026-11-23T00:52:37"});
    EXPECT_TRUE(paths) << paths.error().text();
    return paths ? file_text(paths->at(0)) : "";
  }

  oq::testing::TemporaryFolder folder;
  testing::HazardCurves hazard;
  Job job;
};

// Without a deductible and with a limit of the whole value, claims are losses.
TEST_F(ClassicalRisk, InsuredLossesComeBesideTheOthers) {
  job.inputs["exposure"] = {folder.write(
    "e.xml", "<nrml xmlns=\"http://openquake.org/xmlns/nrml/0.4\"><exposureModel><conversions>"
             "<deductible isAbsolute=\"true\"/><insuranceLimit isAbsolute=\"true\"/>"
             "<costTypes><costType name=\"structural\" type=\"aggregated\"/>"
             "</costTypes></conversions><assets>"
             "<asset id=\"a\" taxonomy=\"W\"><location lon=\"9\" lat=\"45\"/><costs>"
             "<cost type=\"structural\" value=\"1000\" deductible=\"0\" "
             "insuranceLimit=\"1000\"/></costs></asset></assets></exposureModel></nrml>")};
  job.insured_losses = true;

  const auto averages = testing::numbers(*results(), "avg_losses-stats", 3);

  ASSERT_EQ(averages.size(), 2u);
  EXPECT_GT(averages[0], 0);
  EXPECT_NEAR(averages[1], averages[0], 1e-9);
}

TEST_F(ClassicalRisk, InsuredLossesWithoutAPolicyNameTheAsset) {
  job.insured_losses = true;

  EXPECT_EQ(refusal().where, "e.xml:2");
}

TEST_F(ClassicalRisk, AveragesTheCurvesOfTheRealizationsByWeight) {
  // Ratios 0, 0.5, 1. Up to 0.5 both levels exceed, above it the second alone.
  const auto datastore = results();

  const auto poes = testing::numbers(*datastore, "loss_curves-stats/structural/poes", 3);
  ASSERT_EQ(poes.size(), 6u);
  EXPECT_NEAR(poes[0], 0.25 * 0.4 + 0.75 * 0.2, 1e-15);
  EXPECT_NEAR(poes[1], 0.25 * 0.4 + 0.75 * 0.2, 1e-15);
  EXPECT_NEAR(poes[2], 0.25 * 0.2 + 0.75 * 0.1, 1e-15);
  EXPECT_THAT(testing::numbers(*datastore, "loss_curves-stats/structural/losses", 2),
              ElementsAre(0, 500, 1000, 0, 1000, 2000));
}

TEST_F(ClassicalRisk, AveragesLossesOverTheCurve) {
  const auto averages = testing::numbers(*results(), "avg_losses-stats", 3);

  EXPECT_NEAR(averages[0], 500 * 0.25 + 500 * (0.25 + 0.125) / 2, 1e-12);
  EXPECT_NEAR(averages[1], 2 * averages[0], 1e-12);
}

TEST_F(ClassicalRisk, ComputesQuantilesOfBothSpellings) {
  job.quantiles = {0.9};
  job.quantile_loss_curves = {0.1};

  const auto attributes = results()->attributes("loss_curves-stats");

  EXPECT_THAT(texts_attribute(*attributes, "kinds"),
              ElementsAre("mean", "quantile-0.1", "quantile-0.9"));
}

TEST_F(ClassicalRisk, InterpolatesLossMaps) {
  job.conditional_loss_poes = {0.1875, 0.5, 0.01};

  const auto maps = testing::numbers(*results(), "loss_maps-stats", 4);

  EXPECT_NEAR(maps[0], 750, 1e-9); // half-way from (500, 0.25) to (1000, 0.125)
  EXPECT_EQ(maps[1], 0);
  EXPECT_EQ(maps[2], 1000);
}

TEST_F(ClassicalRisk, CurvesHaveAsManyPointsAsTheFileAsksFor) {
  job.raw.push_back({"loss_curve_resolution", "5", 3});
  job.loss_curve_resolution = 5;

  const auto datastore = results();

  EXPECT_THAT(testing::numbers(*datastore, "loss_curves-stats/structural/losses", 2),
              ElementsAre(0, 250, 500, 750, 1000, 0, 500, 1000, 1500, 2000));
  const auto poes = testing::numbers(*datastore, "loss_curves-stats/structural/poes", 3);
  EXPECT_NEAR(poes[1], 0.25, 1e-15);
  EXPECT_NEAR(poes[2], 0.25, 1e-15);
  EXPECT_NEAR(poes[3], 0.1875, 1e-15);
  EXPECT_NEAR(poes[4], 0.125, 1e-15);
}

// As above, an asset without value has a curve with all points in one place.
TEST_F(ClassicalRisk, ACurveWithoutLossesCanBeResampled) {
  std::vector<double> losses{0, 0, 0}, poes{0.3, 0.2, 0.1};
  resample(4, losses, poes);

  EXPECT_THAT(losses, ElementsAre(0, 0, 0, 0));
  EXPECT_LE(poes.back(), 0.3);
}

TEST_F(ClassicalRisk, StepsCutTheIntervalsOfTheFunction) {
  job.lrem_steps_per_interval = 2;

  const auto datastore = results();

  const auto losses = testing::numbers(*datastore, "loss_curves-stats/structural/losses", 2);
  ASSERT_EQ(losses.size(), 10u);
  EXPECT_EQ(losses[3], 750);
  // Above 0.5 the second level alone exceeds.
  EXPECT_NEAR(testing::numbers(*datastore, "loss_curves-stats/structural/poes", 3)[3], 0.125,
              1e-15);
}

TEST_F(ClassicalRisk, DisaggregatesLossesByTaxonomy) {
  job.parameters["poes_disagg"] = {0.1875};
  auto exposure = file_text(job.inputs["exposure"].front());
  exposure.replace(exposure.find("taxonomy=\"W\""), 12, "taxonomy=\"X\"");
  folder.write("e.xml", exposure);
  auto functions = file_text(job.inputs["structural_vulnerability"].front());
  const auto first = functions.find("<vulnerabilityFunction ");
  auto other = functions.substr(first, functions.find("</vulnerabilityModel>") - first);
  other.replace(other.find("\"W\""), 3, "\"X\"");
  folder.write("v.xml", functions.insert(first, other));

  const auto datastore = results();

  // Loss maps of 750 (X) and 1500 (W) at this probability.
  const auto losses = testing::numbers(*datastore, "loss_fractions/loss_value", 1);
  const auto fractions = testing::numbers(*datastore, "loss_fractions/loss_fraction", 1);
  ASSERT_EQ(losses.size(), 2u);
  EXPECT_NEAR(losses[0], 1500, 1e-9);
  EXPECT_NEAR(fractions[0], 2.0 / 3, 1e-12);
  EXPECT_NEAR(losses[1], 750, 1e-9);
  EXPECT_NEAR(fractions[1], 1.0 / 3, 1e-12);
  EXPECT_THAT(exported(*datastore, "loss_fractions", "csv"),
              HasSubstr("taxonomy,loss_type,kind,poe,loss_value,loss_fraction\r\n"
                        "W,structural,mean,0.1875,1.50000E+03,6.66667E-01\r\n"));
}

// Rates of the two intensity intervals are those between the hazard's three levels.
TEST_F(ClassicalRisk, TakesDiscreteLossDistributions) {
  hazard.weights = {1.0};
  hazard.curves = {{0.4, 0.2, 0.0}};
  job.inputs["structural_vulnerability"] = {
    folder.write("v.xml", "<nrml xmlns=\"http://openquake.org/xmlns/nrml/0.5\"><vulnerabilityModel>"
                          "<vulnerabilityFunction id=\"W\" dist=\"PM\"><imls imt=\"PGA\">1 2</imls>"
                          "<probabilities lr=\"0\">0.2 0</probabilities>"
                          "<probabilities lr=\"0.5\">0.3 0.4</probabilities>"
                          "<probabilities lr=\"1\">0.5 0.6</probabilities>"
                          "</vulnerabilityFunction></vulnerabilityModel></nrml>")};

  const auto datastore = results();

  const double first = std::log(0.8) - std::log(0.6), second = -std::log(0.8);
  const auto poes = testing::numbers(*datastore, "loss_curves-stats/structural/poes", 3);
  ASSERT_EQ(poes.size(), 6u);
  EXPECT_NEAR(poes[0], 1 - std::exp(-(0.8 * first + second)), 1e-14);
  EXPECT_NEAR(poes[1], 1 - std::exp(-(0.5 * first + 0.6 * second)), 1e-14);
  EXPECT_EQ(poes[2], 0);
  EXPECT_THAT(testing::numbers(*datastore, "loss_curves-stats/structural/losses", 2),
              ElementsAre(0, 500, 1000, 0, 1000, 2000));
}

TEST_F(ClassicalRisk, KeepsNoRealizationsUnlessAsked) {
  EXPECT_FALSE(results()->contains("loss_curves-rlzs"));
}

TEST_F(ClassicalRisk, KeepsRealizationsWithIndividualRlzs) {
  job.individual_rlzs = true;

  const auto poes = testing::numbers(*results(), "loss_curves-rlzs/structural/poes", 3);

  EXPECT_NEAR(poes[0], 0.4, 1e-15);
  EXPECT_NEAR(poes[3], 0.2, 1e-15);
}

TEST_F(ClassicalRisk, KeepsRealizationsWhenThereIsNoStatistic) {
  job.mean = false;

  const auto datastore = results();

  EXPECT_TRUE(datastore->contains("avg_losses-rlzs"));
  EXPECT_FALSE(datastore->contains("avg_losses-stats"));
}

TEST_F(ClassicalRisk, UsesItsOwnInvestigationTime) {
  job.risk_investigation_time = 1;
  hazard.weights = {1.0};
  hazard.curves = {{0.4, 0.2, 0.0}};

  const auto poes = testing::numbers(*results(), "loss_curves-stats/structural/poes", 3);

  EXPECT_NEAR(poes[0], 1 - std::pow(1 - 0.4, 1.0 / 50), 1e-15);
}

TEST_F(ClassicalRisk, ExportsAverageLossesByPlace) {
  EXPECT_EQ(exported(*results(), "avg_losses-stats", "csv"),
            "#,,,,\"generated_by='oq-engine-server 0.1.0', start_date='2026-11-23T00:52:37', "
            "investigation_time=50.0, risk_investigation_time=50.0\"\r\n"
            "asset_id,taxonomy,lon,lat,structural\r\n"
            "a2,W,9.01000,45.00000,2.18750E+02\r\na1,W,9.02000,45.00000,4.37500E+02\r\n");
}

TEST_F(ClassicalRisk, ExportsLossCurvesByAsset) {
  const auto text = exported(*results(), "loss_curves-stats", "csv");

  EXPECT_TRUE(text.starts_with("#,,,,\"kind='mean', risk_investigation_time=50.0\"\r\n"
                               "asset_id,loss_type,loss_value,loss_ratio,poe\r\n"
                               "a1,structural,0.00000E+00,0.00000E+00,2.50000E-01\r\n"
                               "a1,structural,1.00000E+03,5.00000E-01,2.50000E-01\r\n"))
    << text;
}

TEST_F(ClassicalRisk, ExportsLossMapsInEveryFormat) {
  job.conditional_loss_poes = {0.1875};
  const auto datastore = results();

  EXPECT_THAT(exported(*datastore, "loss_maps-stats", "csv"),
              HasSubstr("asset_id,taxonomy,lon,lat,structural~poe-0.1875\r\n"
                        "a2,W,9.01000,45.00000,7.50000E+02\r\n"));
  EXPECT_THAT(exported(*datastore, "loss_maps-stats", "xml"),
              HasSubstr("<loss assetRef=\"a2\" value=\"7.5000000E+02\"/>"));
  EXPECT_THAT(exported(*datastore, "loss_maps-stats", "geojson"),
              HasSubstr("\"structural~poe-0.1875\":"));
}

TEST_F(ClassicalRisk, ExportsLossCurvesAsNrml) {
  EXPECT_THAT(exported(*results(), "loss_curves-stats", "xml"),
              HasSubstr("<averageLoss>2.1875000E+02</averageLoss>"));
}

TEST_F(ClassicalRisk, ListsItsOutputs) {
  job.conditional_loss_poes = {0.1};
  std::vector<std::string> types;
  for (const auto& output : outputs_of(*results()))
    types.push_back(output.type);

  EXPECT_THAT(types, ElementsAre("avg_losses-stats", "fullreport", "loss_curves-stats",
                                 "loss_maps-stats", "realizations"));
}

TEST_F(ClassicalRisk, NeedsAHazardCalculation) {
  const auto calculator = make_classical_risk_calculator({job, nullptr, {}});

  ASSERT_FALSE(calculator);
  EXPECT_EQ(calculator.error().code, Errc::invalid_input);
}

TEST_F(ClassicalRisk, NamesTheAssetWhoseTaxonomyHasNoFunction) {
  use_function("Stone", "PGA");

  const auto error = refusal();

  EXPECT_EQ(error.where, "e.xml:2");
  EXPECT_THAT(error.message, HasSubstr("W"));
}

TEST_F(ClassicalRisk, NamesTheFunctionWhoseIntensityTheHazardHasNot) {
  use_function("W", "SA(0.5)");

  const auto error = refusal();

  EXPECT_EQ(error.where, "v.xml:2");
  EXPECT_THAT(error.message, HasSubstr("SA(0.5)"));
}

TEST_F(ClassicalRisk, NamesTheAssetWithoutAValue) {
  job.inputs["contents_vulnerability"] = job.inputs["structural_vulnerability"];

  const auto error = refusal();

  EXPECT_EQ(error.where, "e.xml:2");
  EXPECT_THAT(error.message, HasSubstr("contents"));
}

TEST_F(ClassicalRisk, AHazardThatIsNoProbabilityIsANumericFailure) {
  hazard.curves[1][1] = std::nan("");

  EXPECT_EQ(refusal().code, Errc::numeric_failure);
}

TEST_F(ClassicalRisk, ResultsThatDoNotFitIntoMemoryAreRefused) {
  hazard.weights.assign(100'000, 1e-5);
  hazard.curves.assign(100'000, {0.4, 0.2, 0.0});
  job.individual_rlzs = true;
  job.lrem_steps_per_interval = 1000;

  EXPECT_THAT(refusal().message, HasSubstr("2 GiB"));
}

TEST_F(ClassicalRisk, StopsWhenAsked) {
  const auto calculator =
    make_classical_risk_calculator({job, testing::hazard_datastore(hazard), {}});
  ASSERT_TRUE(calculator);
  StopToken stop;
  stop.request_stop();

  const auto result = (*calculator)->run_task(0, stop);

  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, Errc::aborted);
}

} // namespace
} // namespace oq::engine
