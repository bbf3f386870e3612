// Hazard and risk in one job, on a hazard calculator that only hands out its curves.
#include "engine/risk/hazard_and_risk.hpp"

#include "engine/risk/classical_damage.hpp"
#include "risk_fixture.hpp"
#include "support/temporary_folder.hpp"

namespace oq::engine {
namespace {

// One task; finish() writes curves that were prepared.
class PreparedHazard final : public Calculator {
public:
  explicit PreparedHazard(testing::HazardCurves hazard) : hazard_(std::move(hazard)) {}
  std::size_t task_count() const override { return 1; }
  double task_weight(std::size_t) const override { return 1; }
  Result<TaskResult> run_task(std::size_t, const StopToken&) const override { return TaskResult{}; }
  Result<void> reduce(std::size_t, TaskResult) override { return {}; }
  Result<void> finish(Datastore& datastore) override {
    const auto prepared = testing::hazard_datastore(hazard_);
    for (const char* key :
         {keys::kCurvesOfRealizations, keys::kRealizationPaths, keys::kRealizationWeights,
          "sitecol/lon", "sitecol/lat", "sitecol/depth"}) {
      OQ_CHECK(datastore.put(key, *prepared->get(key)));
    }
    return datastore.put_attributes(keys::kCurvesOfRealizations,
                                    *prepared->attributes(keys::kCurvesOfRealizations));
  }

private:
  testing::HazardCurves hazard_;
};

class HazardAndRisk : public ::testing::Test {
protected:
  HazardAndRisk() {
    hazard.lon = {9};
    hazard.lat = {45};
    hazard.levels = {0.5, 1.5, 2.5};
    hazard.weights = {1};
    hazard.curves = {{0.4, 0.2, 0.0}};
    job.inputs["exposure"] = {folder.write(
      "e.xml", "<nrml xmlns=\"http://openquake.org/xmlns/nrml/0.4\"><exposureModel><conversions>"
               "<costTypes><costType name=\"structural\" type=\"aggregated\"/></costTypes>"
               "</conversions><assets><asset id=\"a\" taxonomy=\"W\"><location lon=\"9\" "
               "lat=\"45\"/><costs><cost type=\"structural\" value=\"1\"/></costs></asset></assets>"
               "</exposureModel></nrml>")};
    job.inputs["structural_vulnerability"] = {folder.write(
      "v.xml", "<nrml xmlns=\"http://openquake.org/xmlns/nrml/0.5\"><vulnerabilityModel>"
               "<vulnerabilityFunction id=\"W\" dist=\"LN\"><imls imt=\"PGA\">1 2</imls>"
               "<meanLRs>0.5 1</meanLRs><covLRs>0 0</covLRs></vulnerabilityFunction>"
               "</vulnerabilityModel></nrml>")};
  }

  oq::testing::TemporaryFolder folder;
  testing::HazardCurves hazard;
  Job job;
};

TEST_F(HazardAndRisk, WritesLossesAfterTheHazardIntoTheSameDatastore) {
  const auto calculator = with_risk(std::make_unique<PreparedHazard>(hazard), {job, nullptr, {}},
                                    make_classical_risk_calculator);
  ASSERT_TRUE(calculator) << calculator.error().text();
  auto datastore = make_memory_datastore();

  const auto finished = (*calculator)->finish(*datastore);

  ASSERT_TRUE(finished) << finished.error().text();
  EXPECT_TRUE(datastore->contains(keys::kCurvesOfRealizations));
  EXPECT_NEAR(testing::numbers(*datastore, "loss_curves-stats/structural/poes", 3)[0], 0.4, 1e-15);
}

TEST_F(HazardAndRisk, ReportsABadExposureBeforeTheHazardIsComputed) {
  job.inputs["exposure"] = {folder.write("e.xml", "<nrml><exposureModel><assets/>"
                                                  "</exposureModel></nrml>")};

  EXPECT_FALSE(with_risk(std::make_unique<PreparedHazard>(hazard), {job, nullptr, {}},
                         make_classical_risk_calculator));
}

TEST_F(HazardAndRisk, NamesAnAssetWithoutFunctionBeforeTheHazardIsComputed) {
  job.inputs["structural_vulnerability"] = {
    folder.write("v.xml", "<nrml xmlns=\"http://openquake.org/xmlns/nrml/0.5\"><vulnerabilityModel>"
                          "<vulnerabilityFunction id=\"X\" dist=\"LN\"><imls imt=\"PGA\">1 2</imls>"
                          "<meanLRs>0.5 1</meanLRs><covLRs>0 0</covLRs></vulnerabilityFunction>"
                          "</vulnerabilityModel></nrml>")};

  const auto refused = with_risk(std::make_unique<PreparedHazard>(hazard), {job, nullptr, {}},
                                 make_classical_risk_calculator);

  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().where, "e.xml:1");
  EXPECT_NE(refused.error().message.find("'a'"), std::string::npos) << refused.error().message;
}

TEST_F(HazardAndRisk, NamesAnAssetWithoutValueBeforeTheHazardIsComputed) {
  job.inputs["contents_vulnerability"] = job.inputs["structural_vulnerability"];

  const auto refused = with_risk(std::make_unique<PreparedHazard>(hazard), {job, nullptr, {}},
                                 make_classical_risk_calculator);

  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("contents"), std::string::npos);
}

TEST_F(HazardAndRisk, NamesAFunctionWhoseIntensityIsNotComputedBeforeTheHazardIs) {
  job.intensity_levels = {{*Imt::parse("SA(0.3)"), {0.1, 0.2}}};

  const auto refused = with_risk(std::make_unique<PreparedHazard>(hazard), {job, nullptr, {}},
                                 make_classical_risk_calculator);

  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().where, "v.xml:1");
  EXPECT_NE(refused.error().message.find("PGA"), std::string::npos) << refused.error().message;
}

TEST_F(HazardAndRisk, NamesADuplicateAssetBeforeTheHazardIsComputed) {
  const std::string asset =
    "<asset id=\"a\" taxonomy=\"W\"><location lon=\"9\" lat=\"45\"/></asset>";
  job.inputs["exposure"] = {
    folder.write("e.xml", "<nrml xmlns=\"http://openquake.org/xmlns/nrml/0.4\"><exposureModel>"
                          "<assets>\n"
                            + asset + "\n" + asset + "</assets></exposureModel></nrml>")};

  const auto refused = with_risk(std::make_unique<PreparedHazard>(hazard), {job, nullptr, {}},
                                 make_classical_risk_calculator);

  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().where, "e.xml:3");
  EXPECT_NE(refused.error().message.find("'a'"), std::string::npos) << refused.error().message;
}

TEST_F(HazardAndRisk, NamesAnAssetWithoutPolicyBeforeTheHazardIsComputed) {
  job.insured_losses = true;

  const auto refused = with_risk(std::make_unique<PreparedHazard>(hazard), {job, nullptr, {}},
                                 make_classical_risk_calculator);

  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().where, "e.xml:1");
}

class HazardAndDamage : public HazardAndRisk {
protected:
  HazardAndDamage() {
    job.mode = CalculationMode::classical_damage;
    job.inputs.erase("structural_vulnerability");
    job.inputs["fragility"] = {folder.write(
      "f.xml", "<nrml xmlns=\"http://openquake.org/xmlns/nrml/0.5\"><fragilityModel>"
               "<limitStates>slight complete</limitStates>\n"
               "<fragilityFunction id=\"W\" format=\"discrete\"><imls imt=\"PGA\">1 2</imls>"
               "<poes ls=\"slight\">0.5 1</poes><poes ls=\"complete\">0 0.5</poes>"
               "</fragilityFunction></fragilityModel></nrml>")};
  }
  Error refusal() {
    const auto refused = with_risk(std::make_unique<PreparedHazard>(hazard), {job, nullptr, {}},
                                   make_classical_damage_calculator);
    EXPECT_FALSE(refused);
    return refused ? Error{} : refused.error();
  }
};

TEST_F(HazardAndDamage, NamesTheLimitStateThatConsequencesLackBeforeTheHazardIsComputed) {
  job.parameters["consequence_file"] = {{"taxonomy", "c.csv"}};
  job.inputs["consequence"] = {
    folder.write("c.csv", "taxonomy,consequence,slight\nW,losses,0.1\n")};

  const auto error = refusal();

  EXPECT_EQ(error.where.substr(0, 5), "c.csv");
  EXPECT_NE(error.message.find("complete"), std::string::npos) << error.message;
}

TEST_F(HazardAndDamage, NamesAnIntensityThatIsNotComputed) {
  job.intensity_levels = {{*Imt::parse("SA(0.3)"), {0.1, 0.2}}};

  EXPECT_EQ(refusal().where, "f.xml:2");
}

TEST_F(HazardAndRisk, NamesAnAssetWhoseTaxonomyIsNotMapped) {
  job.inputs["taxonomy_mapping"] = {folder.write("t.csv", "taxonomy,risk_id,weight\nV,W,1\n")};

  const auto refused = with_risk(std::make_unique<PreparedHazard>(hazard), {job, nullptr, {}},
                                 make_classical_risk_calculator);

  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().where, "e.xml:1");
}

} // namespace
} // namespace oq::engine
