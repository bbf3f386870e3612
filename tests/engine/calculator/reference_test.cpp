// Tests of whole calculations against what OpenQuake exported for the same jobs.
#include "reference_outputs.hpp"
#include "run_calculator.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

namespace oq::engine {
namespace {

namespace fs = std::filesystem;

struct ReferenceCase {
  const char* name;
  const char* ini;    // under the reference folder
  const char* output; // likewise
  std::size_t files;  // curves, maps and spectra to compare
};

void PrintTo(const ReferenceCase& reference, std::ostream* out) {
  *out << reference.ini;
}

class ReferenceCalculation : public ::testing::TestWithParam<ReferenceCase> {};

TEST_P(ReferenceCalculation, EqualsTheExportedFiles) {
  const char* root = std::getenv("OQ_REFERENCE_DIR");
  if (!root)
    GTEST_SKIP() << "OQ_REFERENCE_DIR IS NOT SET: NOTHING IS COMPARED WITH THE REFERENCE ENGINE";
  auto job = read_job(fs::path(root) / GetParam().ini);
  ASSERT_TRUE(job) << job.error().text();
  auto calculator = make_calculator({*std::move(job), nullptr, {}});
  ASSERT_TRUE(calculator) << calculator.error().text();

  const auto datastore = testing::run_calculator(**calculator);

  ASSERT_TRUE(datastore) << datastore.error().text();
  const testing::Comparison comparison =
    testing::compare_with_folder(**datastore, fs::path(root) / GetParam().output);
  EXPECT_EQ(comparison.files, GetParam().files);
  EXPECT_GT(comparison.values, 0u);
  for (const std::string& failure : comparison.failures)
    ADD_FAILURE() << failure;
}

INSTANTIATE_TEST_SUITE_P(
  Cases, ReferenceCalculation,
  ::testing::Values(ReferenceCase{"Seed", "seed/end-to-end-hazard-risk/job_haz_classical.ini",
                                  "seed/expected", 20},
                    ReferenceCase{"AreaSource", "demos/hazard/AreaSourceClassicalPSHA/job.ini",
                                  "demos/hazard/AreaSourceClassicalPSHA/reference_output/job", 10},
                    ReferenceCase{"PointSource", "demos/hazard/PointSourceClassicalPSHA/job.ini",
                                  "demos/hazard/PointSourceClassicalPSHA/reference_output/job", 11},
                    ReferenceCase{"SimpleFault", "qa/classical/case_04/job.ini",
                                  "qa/classical/case_04/reference_output/job", 11},
                    ReferenceCase{"YoungsCoppersmith", "qa/classical/case_26/job.ini",
                                  "qa/classical/case_26/reference_output/job", 1},
                    ReferenceCase{"SlipRate", "qa/logictree/case_58/job_case02.ini",
                                  "qa/logictree/case_58/reference_output/job_case02", 2},
                    ReferenceCase{"HypocentreList", "qa/classical/case_33/job.ini",
                                  "qa/classical/case_33/reference_output/job", 1},
                    ReferenceCase{"Case48", "qa/classical/case_48/job.ini",
                                  "qa/classical/case_48/reference_output/job", 1}),
  [](const auto& test) {
    return test.param.name;
  });

} // namespace
} // namespace oq::engine
