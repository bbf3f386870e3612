// The founding document's own calculation over HTTP: unmodified inputs, and answers equal to its
// samples.
#include "e2e/service.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <set>
#include <sstream>

namespace oq::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

// The two samples, ids aside.
constexpr const char* kHazardSample = R"json(
    {"area_source_discretization": 10.0,
     "calculation_mode": "classical",
     "description": "Hazard Calculation for end-to-end hazard+risk",
     "intensity_measure_types_and_levels": {"SA(0.1)": [0.01, 0.04, 0.07, 0.1, 0.13, 0.16, 0.19, 0.22, 0.25, 0.28, 0.31, 0.34, 0.37, 0.4, 0.43, 0.46, 0.49, 0.52, 0.55, 0.58, 0.61, 0.64, 0.67, 0.7, 0.73, 0.77, 0.8, 0.83, 0.86, 0.89, 0.92, 0.95, 0.98, 1.01, 1.04, 1.07, 1.1, 1.13, 1.16, 1.19, 1.22, 1.25, 1.28, 1.31, 1.34, 1.37, 1.4, 1.43, 1.46, 1.5]},
     "investigation_time": 50.0,
     "maximum_distance": 300.0,
     "mean_hazard_curves": true,
     "no_progress_timeout": 3600,
     "number_of_logic_tree_samples": 0,
     "poes": [0.1, 0.2],
     "quantile_hazard_curves": [0.15, 0.5, 0.85],
     "random_seed": 1024,
     "reference_depth_to_1pt0km_per_sec": 50.0,
     "reference_depth_to_2pt5km_per_sec": 2.5,
     "reference_vs30_type": "measured",
     "reference_vs30_value": 800.0,
     "rupture_mesh_spacing": 20.0,
     "sites": {"coordinates": [[-78.182, 15.615]], "type": "MultiPoint"},
     "status": "complete",
     "truncation_level": 4.0,
     "uniform_hazard_spectra": false,
     "width_of_mfd_bin": 0.2})json";
constexpr const char* kRiskSample = R"json(
    {"status": "complete",
     "quantile_loss_curves": [0.1, 0.9],
     "maximum_distance": 100.0,
     "description": "Risk Calculation for end-to-end hazard+risk",
     "insured_losses": false,
     "lrem_steps_per_interval": 2,
     "loss_curve_resolution": 50,
     "poes_disagg": [0.2],
     "calculation_mode": "classical",
     "no_progress_timeout": 3600,
     "conditional_loss_poes": [0.1],
     "region_constraint": {"type": "Polygon", "coordinates": [[[-78.181, 15.614], [-78.153, 15.614], [-78.153, 15.566], [-78.181, 15.566], [-78.181, 15.614]]]},
     "asset_correlation": 0.0})json";

// One service and one hazard and risk calculation for all tests; they only read.
class FoundingApi : public ::testing::Test {
protected:
  static void SetUpTestSuite() {
    const char* reference = std::getenv("OQ_REFERENCE_DIR");
    if (!reference)
      return;
    const JobArchive job(std::filesystem::path(reference) / "seed/end-to-end-hazard-risk");
    service_ = std::make_unique<Service>();
    auto client = service_->client();
    hazard_reply_ = client.post("/v1/calc/hazard/run", job.parts("job_haz_classical.ini"));
    hazard_ = id_of(hazard_reply_);
    service_->wait(hazard_);
    auto parts = job.parts("job_risk_classical.ini");
    parts.push_back({"hazard_calc", std::to_string(hazard_), ""});
    risk_reply_ = client.post("/v1/calc/risk/run", parts);
    risk_ = id_of(risk_reply_);
    service_->wait(risk_);
  }
  static void TearDownTestSuite() { service_.reset(); }
  void SetUp() override {
    if (!service_)
      GTEST_SKIP()
        << "SKIPPED: OQ_REFERENCE_DIR is not set, so the founding document's inputs are not here";
  }

  static std::int64_t id_of(const HttpReply& reply) {
    if (reply.status != 200)
      throw std::runtime_error("run: " + std::to_string(reply.status) + " " + reply.body);
    return std::stoll(json_members(reply.body).at("id"));
  }
  static std::string text(std::int64_t id) { return std::to_string(id); }
  // Members of a detail object, numbers as written, compared with a sample one by one.
  static void expect_sample(const std::string& body, const char* sample,
                            const std::map<std::string, std::string>& more) {
    auto expected = json_members(sample);
    expected.insert(more.begin(), more.end());
    const auto found = json_members(body);
    for (const auto& [key, value] : expected)
      EXPECT_EQ(found.contains(key) ? found.at(key) : "absent", value) << key;
    for (const auto& [key, value] : found)
      EXPECT_TRUE(expected.contains(key)) << key << " is not in the sample: " << value;
  }

  // The values below a CSV's header, row after row.
  static std::vector<double> numbers_of(const std::string& csv) {
    std::vector<double> numbers;
    auto rows = csv_rows(csv);
    rows.erase(rows.begin());
    for (const auto& row : rows) {
      std::istringstream cells(row);
      for (std::string cell; std::getline(cells, cell, ',');)
        numbers.push_back(std::stod(cell));
    }
    return numbers;
  }

  static std::unique_ptr<Service> service_;
  static HttpReply hazard_reply_, risk_reply_;
  static std::int64_t hazard_, risk_;
};

std::unique_ptr<Service> FoundingApi::service_;
HttpReply FoundingApi::hazard_reply_;
HttpReply FoundingApi::risk_reply_;
std::int64_t FoundingApi::hazard_ = 0;
std::int64_t FoundingApi::risk_ = 0;

TEST_F(FoundingApi, HazardDetailIsTheSampleNumberByNumber) {
  const auto reply = service_->get("/v1/calc/hazard/" + text(hazard_));

  EXPECT_EQ(reply.status, 200);
  EXPECT_THAT(reply.header("content-type"), StartsWith("application/json"));
  expect_sample(reply.body, kHazardSample, {{"id", text(hazard_)}});
}

TEST_F(FoundingApi, RiskDetailIsTheSampleNumberByNumber) {
  const auto reply = service_->get("/v1/calc/risk/" + text(risk_));

  EXPECT_EQ(reply.status, 200);
  expect_sample(reply.body, kRiskSample,
                {{"id", text(risk_)}, {"hazard_calculation", text(hazard_)}});
}

TEST_F(FoundingApi, RunAnswersTheDetailAndSaysWhereItIs) {
  EXPECT_EQ(hazard_reply_.status, 200);
  EXPECT_THAT(hazard_reply_.header("location"), HasSubstr("/v1/calc/hazard/" + text(hazard_)));
  EXPECT_EQ(json_members(hazard_reply_.body).at("description"),
            "\"Hazard Calculation for end-to-end hazard+risk\"");
  EXPECT_THAT(risk_reply_.header("location"), HasSubstr("/v1/calc/risk/" + text(risk_)));
}

TEST_F(FoundingApi, ListsHaveExactlyTheirFourMembers) {
  const auto item = [](std::int64_t id, const std::string& kind, const std::string& title) {
    return R"({"description":")" + title + R"( Calculation for end-to-end hazard+risk","id":)"
           + text(id) + R"(,"status":"complete","url":")" + service_->base() + "/v1/calc/" + kind
           + "/" + text(id) + "\"}";
  };

  EXPECT_EQ(canonical_json(service_->get("/v1/calc/hazard").body),
            "[" + item(hazard_, "hazard", "Hazard") + "]");
  EXPECT_EQ(canonical_json(service_->get("/v1/calc/risk").body),
            "[" + item(risk_, "risk", "Risk") + "]");
}

TEST_F(FoundingApi, AHazardCalculationIsNoRiskCalculation) {
  for (const auto& target : {"/v1/calc/risk/" + text(hazard_), "/v1/calc/hazard/" + text(risk_)}) {
    const auto reply = service_->get(target);
    EXPECT_EQ(reply.status, 404) << target;
    EXPECT_EQ(reply.body, "") << target;
  }
}

TEST_F(FoundingApi, ResultsHaveTheirFourMembersAndCanBeDownloadedAsXmlByDefault) {
  for (const std::string kind : {"hazard", "risk"}) {
    const auto id = kind == "hazard" ? hazard_ : risk_;
    const auto results = service_->get_json("/v1/calc/" + kind + "/" + text(id) + "/results");
    ASSERT_FALSE(results.as_array().empty()) << kind;
    std::set<std::string> types;
    for (const auto& result : results.as_array()) {
      std::set<std::string> keys;
      for (const auto& member : result.as_object())
        keys.insert(std::string(member.key()));
      EXPECT_EQ(keys, (std::set<std::string>{"id", "name", "type", "url"}));
      EXPECT_THAT(std::string(result.at("url").as_string()),
                  StartsWith(service_->base() + "/v1/calc/" + kind + "/result/"));
      types.insert(std::string(result.at("type").as_string()));
    }
    EXPECT_TRUE(types.contains(kind == "hazard" ? "hcurves" : "loss_curves-stats")
                || types.contains(kind == "hazard" ? "hazard_curve" : "loss_curve"))
      << kind;
  }
}

TEST_F(FoundingApi, HazardCurvesComeAsNrmlUnlessCsvIsAskedFor) {
  const auto results = service_->get_json("/v1/calc/hazard/" + text(hazard_) + "/results");
  std::string target;
  for (const auto& result : results.as_array())
    if (result.at("type").as_string() == "hcurves")
      target = std::string(result.at("url").as_string()).substr(service_->base().size());
  ASSERT_NE(target, "");

  const auto xml = service_->get(target);
  const auto csv = service_->get(target + "?export_type=csv");

  EXPECT_EQ(xml.status, 200);
  for (const auto& [name, content] : files_of(xml.body))
    EXPECT_THAT(content, HasSubstr("<hazardCurves")) << name;
  EXPECT_EQ(csv.status, 200);
  for (const auto& [name, content] : files_of(csv.body))
    EXPECT_THAT(content, HasSubstr("lon,lat,depth,poe-0.0100000")) << name;
}

// Every curve to 1e-5: those of the realizations, their mean and their quantiles.
TEST_F(FoundingApi, EveryHazardCurveEqualsTheReference) {
  const auto files = files_of(service_->download(hazard_, "hcurves", "csv"));
  const auto folder = std::filesystem::path(std::getenv("OQ_REFERENCE_DIR")) / "seed/expected";

  int compared = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const auto stem = entry.path().stem().string();
    if (stem == "realizations")
      continue;
    const auto name = stem + "_" + text(hazard_) + ".csv";
    ASSERT_TRUE(files.contains(name)) << name;
    const auto ours = numbers_of(files.at(name));
    const auto theirs = numbers_of(file_text(entry.path()));
    ASSERT_EQ(ours.size(), theirs.size()) << name;
    for (std::size_t i = 0; i < ours.size(); ++i)
      EXPECT_NEAR(ours[i], theirs[i], 1e-5 * std::max(1.0, std::abs(theirs[i]))) << name;
    ++compared;
  }
  EXPECT_EQ(compared, 16 + 1 + 3);
}

TEST_F(FoundingApi, ResultsOfAnUnknownCalculationAreNotFound) {
  EXPECT_EQ(service_->get("/v1/calc/hazard/999999/results").status, 404);
  EXPECT_EQ(service_->get("/v1/calc/risk/999999").status, 404);
  EXPECT_EQ(service_->get("/v1/calc/hazard/result/999999").status, 404);
}

TEST_F(FoundingApi, OtherMethodsAreRefusedWithTheOnesAllowed) {
  const auto reply = service_->client().post("/v1/calc/hazard/" + text(hazard_));

  EXPECT_EQ(reply.status, 405);
  EXPECT_THAT(reply.header("allow"), HasSubstr("GET"));
}

TEST_F(FoundingApi, ATrailingSlashIsAnotherPath) {
  EXPECT_EQ(service_->get("/v1/calc/hazard/").status, 404);
  EXPECT_EQ(service_->get("/v1/calc/hazard/" + text(hazard_) + "/").status, 404);
}

TEST_F(FoundingApi, LossCurvesExistForEveryAssetInsideTheRegion) {
  const auto files = files_of(service_->download(risk_, "loss_curves-stats", "csv"));

  std::set<std::string> assets;
  for (const auto& [name, content] : files) {
    const auto rows = csv_rows(content);
    ASSERT_GT(rows.size(), 1u) << name;
    for (std::size_t i = 1; i < rows.size(); ++i)
      assets.insert(rows[i].substr(0, rows[i].find(',')));
  }
  EXPECT_EQ(assets.size(), 10u);
}

} // namespace
} // namespace oq::testing
