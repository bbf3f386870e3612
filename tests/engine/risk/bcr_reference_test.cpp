// Expected losses of the reference engine's benefit-cost demo: its one realization lets us start
// from the exported hazard curves. Five lognormal functions.
#include "engine/risk/exposure.hpp"
#include "engine/risk/loss_curve.hpp"
#include "risk_fixture.hpp"

#include <cmath>
#include <cstdlib>
#include <map>

namespace oq::engine {
namespace {

namespace fs = std::filesystem;

// logscale(0.05, 6.00, 40) of the demo; the CSV header has 7 decimals only.
std::vector<double> hazard_levels() {
  std::vector<double> levels;
  for (int i = 0; i < 40; ++i)
    levels.push_back(0.05 * std::exp(std::log(6.0 / 0.05) * i / 39));
  return levels;
}

TEST(BenefitCostDemo, AnnualLossesOfTheOriginalBuildingsAgree) {
  const char* root = std::getenv("OQ_REFERENCE_DIR");
  if (root == nullptr)
    GTEST_SKIP() << "OQ_REFERENCE_DIR is not set: annual losses were NOT compared";
  const auto demo = fs::path(root) / "demos/risk/ClassicalBCR";
  const auto curves =
    testing::read_reference_csv(demo / "reference_output/job_hazard/hazard_curve-mean-SA(0.3).csv");
  const auto expected =
    testing::read_reference_csv(demo / "reference_output/job_risk/bcr-rlz-000.csv");
  Job job;
  job.inputs["exposure"] = {demo / "exposure_model.xml"};
  const auto exposure = read_exposure(job);
  ASSERT_TRUE(exposure) << exposure.error().text();
  const auto functions = read_vulnerability_model(demo / "vulnerability_model_original.xml");
  ASSERT_TRUE(functions) << functions.error().text();

  std::map<std::string, LossCurveKernel> kernels;
  for (const auto& function : *functions)
    kernels.emplace(function.id,
                    LossCurveKernel(function, loss_ratios(function, 1), hazard_levels(), 1, 1));
  std::map<std::string, std::size_t> asset_of;
  for (std::size_t i = 0; i < exposure->assets.size(); ++i)
    asset_of[exposure->assets.id[i]] = i;
  std::map<std::pair<double, double>, std::size_t> row_at; // the file of curves was cut short
  for (std::size_t row = 0; row < curves.rows.size(); ++row)
    row_at[{curves.number(row, 0), curves.number(row, 1)}] = row;

  std::size_t compared = 0;
  for (std::size_t row = 0; row < expected.rows.size(); ++row) {
    const auto asset = asset_of.at(expected.rows[row][0]);
    const auto site = row_at.find({exposure->assets.lon[asset], exposure->assets.lat[asset]});
    if (site == row_at.end())
      continue;
    std::vector<double> hazard;
    for (std::size_t k = 0; k < 40; ++k)
      hazard.push_back(curves.number(site->second, 3 + k));
    const auto& kernel = kernels.at(exposure->assets.taxonomy[asset]);
    std::vector<double> poes(kernel.ratios().size());
    kernel.exceedance(hazard, poes);
    const double loss =
      average_loss(kernel.ratios(), poes) * exposure->assets.values.at("structural")[asset];
    const double reference = expected.number(row, expected.column("annual_loss_orig"));
    ASSERT_NEAR(loss / reference, 1, 2e-5) << expected.rows[row][0];
    ++compared;
  }
  EXPECT_GT(compared, 500u);
}

} // namespace
} // namespace oq::engine
