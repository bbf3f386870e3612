// What today's clients do with the service, from submission to removal, on the demos of this tree.
#include "e2e/service.hpp"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace oq::testing {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::StartsWith;

std::set<std::string> keys_of(const boost::json::value& object) {
  std::set<std::string> keys;
  for (const auto& member : object.as_object())
    keys.insert(std::string(member.key()));
  return keys;
}

const std::set<std::string> kItemKeys{
  "id",  "owner",     "calculation_mode", "status",  "is_running", "description",
  "url", "parent_id", "abortable",        "size_mb", "start_time"};

// One service with one complete hazard calculation for all tests that only read.
class ModernApi : public ::testing::Test {
protected:
  static void SetUpTestSuite() {
    service_ = std::make_unique<Service>();
    id_ = service_->complete(demo("hazard_area"));
  }
  static void TearDownTestSuite() { service_.reset(); }

  static boost::json::value output(const std::string& type) {
    const auto results = service_->get_json(path_of(id_, "/results"));
    for (const auto& result : results.as_array())
      if (result.at("type").as_string() == type)
        return result;
    throw std::runtime_error("no output " + type);
  }
  static std::string target_of(const std::string& type) {
    return "/v1/calc/result/" + std::to_string(output(type).at("id").as_int64());
  }

  static std::unique_ptr<Service> service_;
  static std::int64_t id_;
};

std::unique_ptr<Service> ModernApi::service_;
std::int64_t ModernApi::id_ = 0;

TEST_F(ModernApi, RunAnswersTheIdAndThatItIsCreated) {
  const auto reply = service_->client().post("/v1/calc/run", {demo("hazard_area").part()});

  EXPECT_EQ(reply.status, 200);
  const auto members = json_members(reply.body);
  EXPECT_EQ(members.size(), 2u);
  EXPECT_EQ(members.at("status"), "\"created\"");
  EXPECT_THAT(members.at("job_id"), MatchesRegex("[1-9][0-9]*"));
}

TEST_F(ModernApi, FilesWithoutAZipAreTakenToo) {
  auto parts = demo("hazard_risk").parts("job_hazard.ini");
  parts.push_back({"job_ini", "job_hazard.ini", ""});

  const auto reply = service_->client().post("/v1/calc/run", parts);

  ASSERT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(service_->wait(std::stoll(json_members(reply.body).at("job_id"))), "complete");
}

TEST_F(ModernApi, StatusHasTheMembersThatClientsReadWithTheirTypes) {
  const auto status = service_->get_json(path_of(id_, "/status"));

  auto expected = kItemKeys;
  expected.insert({"phase", "progress", "seconds_left"}); // ours
  EXPECT_EQ(keys_of(status), expected);
  EXPECT_EQ(status.at("id").as_int64(), id_);
  EXPECT_EQ(status.at("calculation_mode").as_string(), "classical");
  EXPECT_EQ(status.at("status").as_string(), "complete");
  EXPECT_FALSE(status.at("is_running").as_bool());
  EXPECT_FALSE(status.at("abortable").as_bool());
  EXPECT_TRUE(status.at("parent_id").is_null());
  EXPECT_GT(status.at("size_mb").as_double(), 0.0);
  EXPECT_THAT(std::string(status.at("start_time").as_string()),
              MatchesRegex("[0-9]{4}-[0-9]{2}-[0-9]{2}, [0-9]{2}:[0-9]{2}:[0-9]{2} UTC"));
  EXPECT_EQ(status.at("url").as_string(), service_->base() + path_of(id_));
}

TEST_F(ModernApi, DetailTellsWhenItBeganAndEnded) {
  const auto detail = service_->get_json(path_of(id_));

  EXPECT_EQ(keys_of(detail), (std::set<std::string>{"user_name", "status", "start_time",
                                                    "stop_time", "is_running", "phase", "progress",
                                                    "seconds_left"}));
  EXPECT_THAT(std::string(detail.at("stop_time").as_string()), StartsWith("2"));
}

TEST_F(ModernApi, ListIsNewestFirstAndFiltered) {
  const auto other = service_->complete(demo("hazard_area"));

  const auto all = service_->get_array("/v1/calc/list");
  const auto one = service_->get_array("/v1/calc/list?limit=1");
  const auto none = service_->get_array("/v1/calc/list?calculation_mode=scenario");

  ASSERT_GE(all.size(), 2u);
  for (std::size_t i = 1; i < all.size(); ++i)
    EXPECT_GT(all[i - 1].at("id").as_int64(), all[i].at("id").as_int64());
  EXPECT_EQ(keys_of(all.front()), kItemKeys);
  ASSERT_EQ(one.size(), 1u);
  EXPECT_GE(one.front().at("id").as_int64(), other);
  EXPECT_TRUE(none.empty());
}

TEST_F(ModernApi, LogRowsAreFourStringsAndKeepTheirPlaces) {
  const auto rows = service_->get_array(path_of(id_, "/log/0:"));
  const auto two = service_->get_array(path_of(id_, "/log/1:3"));

  ASSERT_GE(rows.size(), 3u);
  for (const auto& row : rows) {
    ASSERT_EQ(row.as_array().size(), 4u);
    EXPECT_EQ(row.at(0).as_string().size(), 22u);
    EXPECT_THAT(std::string(row.at(1).as_string()), MatchesRegex("[A-Z]+"));
    EXPECT_THAT(std::string(row.at(2).as_string()), MatchesRegex(".+/[0-9]+"));
  }
  EXPECT_EQ(two, (boost::json::array{rows[1], rows[2]}));
  EXPECT_EQ(service_->get(path_of(id_, "/log/size")).body, std::to_string(rows.size()));
  EXPECT_EQ(service_->get(path_of(id_, "/log/3:1")).body, "[]");
}

TEST_F(ModernApi, ASuccessHasNoTraceback) {
  EXPECT_EQ(service_->get(path_of(id_, "/traceback")).body, "[]");
}

TEST_F(ModernApi, ResultsHaveExactlyTheColumnsThatClientsShow) {
  const auto results = service_->get_array(path_of(id_, "/results"));
  const auto alias = service_->get_json(path_of(id_, "/result/list"));

  EXPECT_EQ(alias, boost::json::value(results));
  std::set<std::string> types;
  for (const auto& result : results) {
    EXPECT_EQ(keys_of(result),
              (std::set<std::string>{"id", "name", "type", "outtypes", "url", "size_mb"}));
    types.insert(std::string(result.at("type").as_string()));
  }
  for (const auto* type : {"hcurves", "hmaps", "uhs"})
    EXPECT_TRUE(types.contains(type)) << type;
  EXPECT_EQ(output("hcurves").at("outtypes").at(0).as_string(), "csv");
}

TEST_F(ModernApi, ACsvDownloadHasABareFileNameAndItsLength) {
  const auto target = target_of("hmaps") + "?export_type=csv";

  const auto reply = service_->get(target);
  const auto head = service_->client().head(target);

  EXPECT_EQ(reply.status, 200);
  EXPECT_THAT(reply.header("content-disposition"),
              MatchesRegex("attachment; filename=output-[0-9]+-[^\" ;]+"));
  EXPECT_EQ(reply.header("content-length"), std::to_string(reply.body.size()));
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.body, "");
  EXPECT_EQ(head.header("content-length"), reply.header("content-length"));
}

TEST_F(ModernApi, SeveralFilesComeAsOneZipNamedAfterTheOutput) {
  const auto reply = service_->get(target_of("hcurves") + "?export_type=csv");

  EXPECT_THAT(reply.header("content-disposition"), EndsWith("hcurves-csv.zip"));
  const auto files = files_of(reply.body);
  const auto mean = "hazard_curve-mean-PGA_" + std::to_string(id_) + ".csv";
  ASSERT_TRUE(files.contains(mean));
  EXPECT_THAT(files.at(mean), StartsWith("#,"));
  EXPECT_THAT(csv_rows(files.at(mean)).front(), StartsWith("lon,lat,depth,poe-0.0050000"));
  EXPECT_TRUE(files.contains("quantile_curve-0.84-SA(1.0)_" + std::to_string(id_) + ".csv"));
}

TEST_F(ModernApi, XmlIsTheDefaultExport) {
  const auto reply = service_->get(target_of("hmaps"));

  EXPECT_EQ(reply.status, 200);
  for (const auto& [name, content] : files_of(reply.body))
    EXPECT_THAT(content, HasSubstr("<nrml")) << name;
}

TEST_F(ModernApi, AnExportThatDoesNotExistSaysSo) {
  const auto reply = service_->get(target_of("hmaps") + "?export_type=zzz");

  EXPECT_EQ(reply.status, 500);
  EXPECT_THAT(reply.header("content-type"), StartsWith("text/plain"));
  EXPECT_THAT(reply.body, HasSubstr("zzz"));
}

TEST_F(ModernApi, TheDatastoreIsAnHdf5File) {
  const auto reply = service_->get(path_of(id_, "/datastore"));

  EXPECT_EQ(reply.status, 200);
  EXPECT_THAT(reply.header("content-type"), StartsWith("application/x-hdf"));
  EXPECT_EQ(reply.header("content-disposition"),
            "attachment; filename=calc_" + std::to_string(id_) + ".hdf5");
  EXPECT_EQ(reply.body.substr(0, 8), "\x89HDF\r\n\x1a\n");
}

TEST_F(ModernApi, TheVersionIsTextThatClientsCanSplit) {
  const auto reply = service_->get("/v1/engine_version");

  EXPECT_EQ(reply.status, 200);
  EXPECT_THAT(reply.body, MatchesRegex("[0-9]+\\.[0-9]+\\.[0-9]+.*"));
}

TEST_F(ModernApi, TheNineGroundMotionModelsAreListed) {
  const auto names = service_->get_array("/v1/available_gsims");

  for (const auto* name : {"AkkarBommer2010", "CauzziFaccioli2008", "ZhaoEtAl2006Asc",
                           "ZhaoEtAl2006SInter", "ChiouYoungs2008", "AtkinsonBoore2003SInter",
                           "YoungsEtAl1997SInter", "LinLee2008SInter", "BooreAtkinson2008"})
    EXPECT_NE(std::find(names.begin(), names.end(), boost::json::value(name)), names.end()) << name;
}

TEST_F(ModernApi, UnknownCalculationsAnswerAsClientsExpect) {
  for (const auto* rest : {"", "/status", "/results", "/datastore"}) {
    const auto reply = service_->get(path_of(999999, rest));
    EXPECT_EQ(reply.status, 404) << rest;
    EXPECT_EQ(reply.body, "") << rest;
  }
  EXPECT_EQ(service_->get(path_of(999999, "/log/0:10")).body, "[]");
  EXPECT_EQ(service_->get(path_of(999999, "/traceback")).body, "[]");
  EXPECT_EQ(service_->get("/v1/calc/result/999999").status, 404);
  EXPECT_EQ(service_->get("/v1/calc/abc/status").status, 404);
  EXPECT_EQ(service_->get("/v1/nosuch").status, 404);
  const auto abort = service_->post(path_of(999999, "/abort"));
  EXPECT_EQ(abort.status, 200);
  EXPECT_THAT(json_members(abort.body).at("error"), HasSubstr("999999"));
  const auto remove = service_->post(path_of(999999, "/remove"));
  EXPECT_EQ(remove.status, 403);
  EXPECT_EQ(json_members(remove.body).at("error"),
            "\"Cannot delete calculation 999999: ID does not exist\"");
}

TEST_F(ModernApi, WrongMethodsAreRefusedWithTheOnesAllowed) {
  const std::vector<std::tuple<std::string, std::string, std::string>> cases{
    {"GET", "/v1/calc/run", "POST"},
    {"GET", path_of(id_, "/abort"), "POST"},
    {"GET", path_of(id_, "/remove"), "POST"},
    {"POST", "/v1/calc/list", "GET"},
    {"DELETE", path_of(id_, "/status"), "GET"}};
  for (const auto& [method, target, allowed] : cases) {
    const auto reply = service_->client().other(method, target);
    EXPECT_EQ(reply.status, 405) << method << " " << target;
    EXPECT_THAT(reply.header("allow"), HasSubstr(allowed)) << method << " " << target;
  }
}

TEST_F(ModernApi, OptionsAnswersForBrowsers) {
  const auto reply = service_->client().other("OPTIONS", "/v1/calc/run");

  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.header("access-control-allow-origin"), "*");
}

TEST_F(ModernApi, AbortOfAFinishedCalculationIsAnErrorIn200) {
  const auto reply = service_->post(path_of(id_, "/abort"));

  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(json_members(reply.body).at("error"),
            "\"Job " + std::to_string(id_) + " is not running\"");
}

TEST_F(ModernApi, RemovalHidesACalculationAndItsResults) {
  const auto id = service_->complete(demo("hazard_area"));
  const auto results = service_->get_array(path_of(id, "/results"));
  const auto rid = std::to_string(results.front().at("id").as_int64());

  const auto reply = service_->post(path_of(id, "/remove"));

  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(json_members(reply.body).at("success"), "\"" + std::to_string(id) + "\"");
  EXPECT_EQ(service_->get(path_of(id, "/status")).status, 404);
  EXPECT_EQ(service_->get("/v1/calc/hazard/" + std::to_string(id)).status, 404);
  EXPECT_EQ(service_->get("/v1/calc/result/" + rid).status, 404);
  for (const auto& item : service_->get_array("/v1/calc/list"))
    EXPECT_NE(item.at("id").as_int64(), id);
}

TEST_F(ModernApi, RiskStartsFromAHazardCalculationAndProtectsIt) {
  const auto hazard = service_->complete(demo("hazard_risk"), {{"job_ini", "job_hazard.ini", ""}});
  const auto risk =
    service_->complete(demo("hazard_risk"), {{"job_ini", "job_risk.ini", ""},
                                             {"hazard_job_id", std::to_string(hazard), ""}});

  const auto status = service_->get_json(path_of(risk, "/status"));
  EXPECT_EQ(status.at("calculation_mode").as_string(), "classical_risk");
  EXPECT_EQ(status.at("parent_id").as_int64(), hazard);
  const auto losses = files_of(service_->download(risk, "avg_losses-stats", "csv"));
  EXPECT_EQ(csv_rows(losses.begin()->second).size(), 1u + 8u); // a header and eight blocks
  EXPECT_EQ(service_->post(path_of(hazard, "/remove")).status, 403);
}

} // namespace
} // namespace oq::testing
