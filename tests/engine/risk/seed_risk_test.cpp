// The founding document's risk calculation, on the reference engine's hazard curves of its 16
// realizations.
#include "engine/risk/loss_curve.hpp"
#include "risk_fixture.hpp"

#include <cmath>
#include <cstdlib>
#include <map>

namespace oq::engine {
namespace {

namespace fs = std::filesystem;

testing::HazardCurves seed_hazard(const fs::path& expected) {
  testing::HazardCurves hazard;
  hazard.imt = "SA(0.1)";
  const auto realizations = testing::read_reference_csv(expected / "realizations.csv");
  for (std::size_t i = 0; i < realizations.rows.size(); ++i) {
    const auto curve = testing::read_reference_csv(
      expected / ("hazard_curve-rlz-" + testing::three_digits(i) + "-SA(0.1).csv"));
    hazard.weights.push_back(realizations.number(i, 2));
    hazard.lon = {curve.number(0, 0)};
    hazard.lat = {curve.number(0, 1)};
    auto& poes = hazard.curves.emplace_back();
    hazard.levels.clear();
    for (std::size_t k = 3; k < curve.header.size(); ++k) {
      hazard.levels.push_back(std::stod(curve.header[k].substr(4)));
      poes.push_back(curve.number(0, k));
    }
  }
  return hazard;
}

// Equations of section 3.6 of the method, written as they stand.
double closed_form(const VulnerabilityFunction& f, const testing::HazardCurves& hazard,
                   const std::vector<double>& poes, double ratio) {
  const auto frequency = [&](double iml) {
    iml = std::min(std::max(iml, hazard.levels.front()), hazard.levels.back());
    std::size_t k = 0;
    while (k + 2 < hazard.levels.size() && hazard.levels[k + 1] < iml)
      ++k;
    const double share = (iml - hazard.levels[k]) / (hazard.levels[k + 1] - hazard.levels[k]);
    const double poe = poes[k] + share * (poes[k + 1] - poes[k]);
    return -std::log(1 - std::min(poe, 0.9999999999999999)) / 50;
  };
  double rate = 0;
  const auto n = f.levels.size();
  for (std::size_t i = 0; i < n; ++i) {
    const double m = f.mean_ratios[i], s = m * f.variations[i];
    double exceeded = ratio <= m && m != 0 ? 1 : 0;
    if (s > 0) {
      const double sigma = std::sqrt(std::log(1 + s * s / (m * m)));
      const double median = m * m / std::sqrt(s * s + m * m);
      exceeded =
        ratio == 0 ? 1 : 0.5 * std::erfc(std::log(ratio / median) / sigma / std::sqrt(2.0));
    }
    const double from =
      i == 0 ? f.levels[0] - (f.levels[1] - f.levels[0]) / 2 : (f.levels[i - 1] + f.levels[i]) / 2;
    const double to = i + 1 == n ? f.levels[i] + (f.levels[i] - f.levels[i - 1]) / 2
                                 : (f.levels[i] + f.levels[i + 1]) / 2;
    rate += exceeded * (frequency(std::max(0.0, from)) - frequency(to));
  }
  return 1 - std::exp(-50 * rate);
}

class SeedRisk : public ::testing::Test {
protected:
  void SetUp() override {
    const char* root = std::getenv("OQ_REFERENCE_DIR");
    if (root == nullptr)
      GTEST_SKIP() << "OQ_REFERENCE_DIR is not set: the founding risk calculation was NOT run";
    seed_ = fs::path(root) / "seed";
    hazard_ = seed_hazard(seed_ / "expected");
    auto job =
      read_job(seed_ / "end-to-end-hazard-risk/job_risk_classical.ini", {.has_hazard = true});
    ASSERT_TRUE(job) << job.error().text();
    job_ = *std::move(job);
    job_.individual_rlzs = true;
    auto results = testing::run(job_, testing::hazard_datastore(hazard_));
    ASSERT_TRUE(results) << results.error().text();
    results_ = *std::move(results);
  }

  fs::path seed_;
  testing::HazardCurves hazard_;
  Job job_;
  std::unique_ptr<Datastore> results_;
};

TEST_F(SeedRisk, HasAllTenAssetsInsideTheRegion) {
  EXPECT_EQ(read_texts(*results_, "assetcol/id")->size(), 10u);
}

TEST_F(SeedRisk, EveryCurveOfEveryRealizationFollowsTheClosedForm) {
  const auto functions =
    read_vulnerability_model(seed_ / "end-to-end-hazard-risk/vulnerability_model.xml");
  ASSERT_TRUE(functions);
  std::map<std::string, VulnerabilityFunction> by_taxonomy;
  for (const auto& function : *functions)
    by_taxonomy[function.id] = *with_distinct_means(function);
  const auto taxonomies = *read_texts(*results_, "assetcol/taxonomy");
  const auto values = testing::numbers(*results_, "assetcol/value-structural", 1);
  const auto losses = testing::numbers(*results_, "loss_curves-rlzs/structural/losses", 2);
  const auto poes = testing::numbers(*results_, "loss_curves-rlzs/structural/poes", 3);
  const auto points = losses.size() / 10;

  for (std::size_t asset = 0; asset < 10; ++asset)
    for (std::size_t rlz = 0; rlz < 16; ++rlz)
      for (std::size_t k = 0; k < points; ++k)
        ASSERT_NEAR(poes[(asset * 16 + rlz) * points + k],
                    closed_form(by_taxonomy.at(taxonomies[asset]), hazard_, hazard_.curves[rlz],
                                losses[asset * points + k] / values[asset]),
                    1e-9);
}

TEST_F(SeedRisk, CurvesDoNotIncreaseAndEndAtTheValueOfTheAsset) {
  const auto values = testing::numbers(*results_, "assetcol/value-structural", 1);
  const auto losses = testing::numbers(*results_, "loss_curves-stats/structural/losses", 2);
  const auto poes = testing::numbers(*results_, "loss_curves-stats/structural/poes", 3);
  const auto points = losses.size() / 10;

  for (std::size_t asset = 0; asset < 10; ++asset) {
    EXPECT_EQ(losses[asset * points + points - 1], values[asset]);
    for (std::size_t k = 1; k < points; ++k)
      EXPECT_LE(poes[asset * 3 * points + k], poes[asset * 3 * points + k - 1] + 1e-15);
  }
}

TEST_F(SeedRisk, HasMeanAndTheTwoQuantilesAndALossMap) {
  const auto attributes = results_->attributes("loss_maps-stats");

  ASSERT_TRUE(attributes);
  EXPECT_EQ(texts_attribute(*attributes, "kinds"),
            (std::vector<std::string>{"mean", "quantile-0.1", "quantile-0.9"}));
  EXPECT_EQ(numbers_attribute(*attributes, "poes"), (std::vector<double>{0.1}));
}

} // namespace
} // namespace oq::engine
