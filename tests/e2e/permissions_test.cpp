// Every route with every role: what is private is not seen, not changed, and not even guessed.
#include "e2e/users.hpp"
#include "http/routes/route_table.hpp"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>

namespace oq::testing {
namespace {

using http::Action;
using http::Right;
using http::Route;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::int64_t kNowhere = 987'654'321;

// `route` with the numbers of a calculation and of one of its outputs put in.
std::string target_of(const Route& route, std::int64_t calculation, std::int64_t output) {
  std::string target;
  std::istringstream pattern{std::string(route.pattern.substr(1))};
  for (std::string part; std::getline(pattern, part, '/');) {
    if (part == ":id")
      part = std::to_string(right_of(route) == Right::see_output ? output : calculation);
    else if (part == ":calc")
      part = std::to_string(calculation);
    else if (part == ":range")
      part = "0:0";
    else if (part.starts_with(":"))
      part = "oqparam"; // some word
    target += "/" + part;
  }
  return target + (route.pattern.ends_with('/') ? "/" : "");
}

// All that a client gets, with the number that it gave itself taken out of the body.
std::string all_of(const HttpReply& reply, const std::string& number) {
  const auto body = std::regex_replace(reply.body, std::regex("\\b" + number + "\\b"), "ID");
  std::string text = std::to_string(reply.status) + "\n";
  for (const auto& [name, value] : reply.headers)
    if (name == "content-length") // counts the digits of the number
      text += name + ": as the body " + (value == std::to_string(reply.body.size()) ? "has" : value)
              + "\n";
    else if (name != "date")
      text += name + ": " + value + "\n";
  return text + "\n" + body;
}

class Permissions : public ::testing::Test {
protected:
  static void SetUpTestSuite() {
    folder_ = std::make_unique<TemporaryFolder>();
    Users users(*folder_ / "data");
    ann_ = users.add_with_key("ann", {"--groups", "blue", "--level", "2"});
    bob_ = users.add_with_key("bob", {"--groups", "blue"});
    eve_ = users.add_with_key("eve", {"--groups", "green", "--level", "2"});
    root_ = users.add_with_key("root", {"--superuser"});
    ServiceOptions options;
    options.redis = false;
    options.data_dir = *folder_ / "data";
    service_ = std::make_unique<Service>(options);
    private_ = complete(ann_);
    shared_ = complete(ann_);
    as(ann_).post(path_of(shared_, "/share"));
    private_output_ = output_of(private_);
    shared_output_ = output_of(shared_);
  }
  static void TearDownTestSuite() {
    service_.reset();
    folder_.reset();
  }

  // An empty key: nobody.
  static HttpClient as(const std::string& key) {
    auto client = service_->client();
    if (!key.empty())
      client.with("Authorization", "Bearer " + key);
    return client;
  }
  static HttpReply ask(const std::string& key, const Route& route, const std::string& target) {
    return route.method == "POST" ? as(key).post(target) : as(key).get(target);
  }
  static std::int64_t submit(const std::string& key, const JobArchive& job,
                             std::vector<FormPart> fields = {}) {
    fields.push_back(job.part());
    const auto reply = as(key).post("/v1/calc/run", fields);
    return boost::json::parse(reply.body).at("job_id").as_int64();
  }
  static std::string status(const std::string& key, std::int64_t id) {
    const auto reply = as(key).get(path_of(id, "/status"));
    if (reply.status != 200)
      return std::to_string(reply.status);
    return std::string(boost::json::parse(reply.body).at("status").as_string());
  }
  static std::int64_t complete(const std::string& key) {
    const auto id = submit(key, demo("hazard_area"));
    eventually([&] {
      return status(key, id) == "complete";
    });
    return id;
  }
  static std::int64_t output_of(std::int64_t id) {
    const auto outputs = boost::json::parse(as(ann_).get(path_of(id, "/results")).body);
    return outputs.as_array().front().at("id").as_int64();
  }
  static bool is_about_a_calculation(const Route& route) {
    return route.pattern.find(":id") != std::string_view::npos;
  }

  static std::unique_ptr<TemporaryFolder> folder_;
  static std::unique_ptr<Service> service_;
  static std::string ann_, bob_, eve_, root_;
  static std::int64_t private_, shared_, private_output_, shared_output_;
};

std::unique_ptr<TemporaryFolder> Permissions::folder_;
std::unique_ptr<Service> Permissions::service_;
std::string Permissions::ann_, Permissions::bob_, Permissions::eve_, Permissions::root_;
std::int64_t Permissions::private_ = 0, Permissions::shared_ = 0;
std::int64_t Permissions::private_output_ = 0, Permissions::shared_output_ = 0;

TEST_F(Permissions, AStrangerPassesNoRoute) {
  for (const auto& route : http::routes()) {
    if (right_of(route) == Right::everybody)
      continue;
    const auto target = target_of(route, private_, private_output_);
    for (const auto& key : {std::string(), std::string("guess")}) {
      const auto reply = ask(key, route, target);
      const bool api = target.starts_with("/v1/");
      EXPECT_EQ(reply.status, api ? 403 : 302) << route.method << " " << target;
      EXPECT_EQ(reply.body, "") << target;
      EXPECT_THAT(reply.header("location"), HasSubstr(api ? "" : "/accounts/login/")) << target;
    }
  }
}

TEST_F(Permissions, AStrangerLearnsNotEvenWhichPathsThereAre) {
  EXPECT_EQ(as("").get("/v1/no/such/path").status, 403);
  EXPECT_EQ(as("").post("/v1/calc/list").status, 403);
  EXPECT_EQ(as("").other("DELETE", path_of(private_)).status, 403);
  EXPECT_EQ(as("").get("/engine").status, 302);
  EXPECT_EQ(as(eve_).get("/v1/no/such/path").status, 404);
  EXPECT_EQ(as(eve_).post("/v1/calc/list").status, 405);
}

TEST_F(Permissions, AnothersCalculationAnswersAsOneThatDoesNotExist) {
  int routes = 0;
  for (const auto& route : http::routes()) {
    if (!is_about_a_calculation(route))
      continue;
    const auto there = ask(eve_, route, target_of(route, private_, private_output_));
    const auto nowhere = ask(eve_, route, target_of(route, kNowhere, kNowhere));
    const auto number =
      std::to_string(right_of(route) == Right::see_output ? private_output_ : private_);
    EXPECT_EQ(all_of(there, number), all_of(nowhere, std::to_string(kNowhere)))
      << route.method << " " << route.pattern;
    ++routes;
  }
  EXPECT_GE(routes, 20);
  EXPECT_EQ(status(ann_, private_), "complete") << "and nothing happened to it";
}

TEST_F(Permissions, AnUnknownCalculationAnswersAsWhereNobodyLogsIn) {
  ServiceOptions options;
  options.redis = false;
  Service open(options);
  for (const auto& route : http::routes()) {
    if (!is_about_a_calculation(route))
      continue;
    const auto target = target_of(route, kNowhere, kNowhere);
    const auto client = [&](HttpClient from) {
      return all_of(route.method == "POST" ? from.post(target) : from.get(target), "none");
    };
    EXPECT_EQ(client(as(eve_)), client(open.client())) << route.method << " " << target;
  }
}

TEST_F(Permissions, ListsShowAndCountOnlyWhatIsSeen) {
  const auto listed = [](const std::string& key, const std::string& target) {
    const auto reply = as(key).get(target);
    std::vector<std::int64_t> ids;
    const auto items = boost::json::parse(reply.body);
    for (const auto& item : items.as_array())
      ids.push_back(item.at("id").as_int64());
    EXPECT_EQ(reply.header("x-total-count"), std::to_string(ids.size())) << target;
    return ids;
  };
  for (const auto* target : {"/v1/calc/list?limit=-1", "/v1/calc/hazard"}) {
    for (const auto& key : {ann_, bob_, root_})
      EXPECT_THAT(listed(key, target), ::testing::Contains(private_)) << target;
    EXPECT_THAT(listed(eve_, target), ::testing::ElementsAre(shared_)) << target;
  }
  EXPECT_EQ(as(eve_).get("/v1/calc/list?limit=0").header("x-total-count"), "1");
}

TEST_F(Permissions, NoHeaderOfAListMovesWithWhatIsHidden) {
  const auto shown = [](const std::string& key) {
    return all_of(as(key).get("/v1/calc/list"), "none");
  };
  const auto eves = shown(eve_), bobs = shown(bob_);
  as(ann_).post(path_of(private_, "/add_tag/moving"));
  complete(ann_);
  EXPECT_EQ(shown(eve_), eves);
  EXPECT_NE(shown(bob_), bobs);
  as(ann_).post("/v1/calc/delete_tag/moving");
}

TEST_F(Permissions, OwnerColleagueAndSuperuserSeeTheSame) {
  for (const auto* rest : {"", "/status", "/results", "/result/list", "/log/0:", "/log/size",
                           "/traceback", "/datastore", "/oqparam"}) {
    const auto own = as(ann_).get(path_of(private_, rest));
    EXPECT_EQ(own.status, 200) << rest;
    EXPECT_EQ(as(bob_).get(path_of(private_, rest)).body, own.body) << rest;
    EXPECT_EQ(as(root_).get(path_of(private_, rest)).body, own.body) << rest;
  }
  const auto result = "/v1/calc/result/" + std::to_string(private_output_) + "?export_type=csv";
  for (const auto& key : {ann_, bob_, root_})
    EXPECT_NE(as(key).get(result).status, 404);
}

TEST_F(Permissions, WhatIsSharedIsSeenByEveryUserAndChangedByNone) {
  for (const auto* rest : {"/status", "/results", "/log/0:", "/datastore"})
    EXPECT_EQ(as(eve_).get(path_of(shared_, rest)).status, 200) << rest;
  EXPECT_EQ(as(eve_).post(path_of(shared_, "/unshare")).status, 403);
  const auto abort = as(eve_).post(path_of(shared_, "/abort"));
  EXPECT_EQ(abort.status, 403);
  EXPECT_THAT(abort.body, HasSubstr("User eve has no permission to abort job"));
  const auto remove = as(eve_).post(path_of(shared_, "/remove"));
  EXPECT_EQ(remove.status, 403);
  EXPECT_THAT(remove.body, HasSubstr("it belongs to ann and you are eve"));
  EXPECT_EQ(status(eve_, shared_), "shared");
}

TEST_F(Permissions, OnlyTheOwnerRemoves) {
  const auto id = complete(ann_);
  for (const auto& key : {bob_, root_})
    EXPECT_THAT(as(key).post(path_of(id, "/remove")).body, HasSubstr("it belongs to ann"));

  EXPECT_EQ(as(ann_).post(path_of(id, "/remove")).status, 200);
  EXPECT_EQ(status(ann_, id), "404");
}

TEST_F(Permissions, SharingNeedsALevelAndAnEndsWithUnsharing) {
  const auto id = complete(bob_);
  EXPECT_EQ(as(bob_).post(path_of(id, "/share")).status, 403);
  EXPECT_EQ(as(bob_).post(path_of(id, "/share")).body, "");
  EXPECT_EQ(status(eve_, id), "404");

  EXPECT_EQ(as(ann_).post(path_of(id, "/share")).status, 200) << "a colleague of level 2";
  EXPECT_EQ(status(eve_, id), "shared");
  EXPECT_EQ(as(ann_).post(path_of(id, "/unshare")).status, 200);
  EXPECT_EQ(status(eve_, id), "404");
}

TEST_F(Permissions, WhatOneSubmitsIsOnesOwn) {
  const auto id = submit(eve_, demo("hazard_area"));

  const auto item = boost::json::parse(as(eve_).get(path_of(id, "/status")).body);
  EXPECT_EQ(item.at("owner").as_string(), "eve");
  EXPECT_EQ(status(ann_, id), "404");
  EXPECT_EQ(as(eve_).post(path_of(id, "/abort")).status, 200);
}

TEST_F(Permissions, NoRiskCalculationStartsFromAHazardThatIsHidden) {
  const auto refused = [](const char* field, std::int64_t parent) {
    auto job = demo("hazard_risk");
    const auto reply = as(eve_).post(
      "/v1/calc/run",
      {{field, std::to_string(parent), ""}, {"job_ini", "job_risk.ini", ""}, job.part()});
    const auto answer = boost::json::parse(reply.body);
    const auto id = answer.at("job_id").as_int64();
    const auto shown = as(eve_).get(path_of(id, "/status")).body;
    EXPECT_THAT(shown, HasSubstr("\"parent_id\": null"));
    return std::to_string(reply.status)
           + std::regex_replace(reply.body, std::regex(std::to_string(parent)), "ID");
  };
  const auto cut = [](const std::string& text) {
    return text.substr(0, text.find("\"job_id\""));
  };

  EXPECT_EQ(cut(refused("hazard_job_id", private_)), cut(refused("hazard_job_id", kNowhere)));
  EXPECT_EQ(cut(refused("hazard_output_id", private_output_)),
            cut(refused("hazard_output_id", kNowhere)));
  EXPECT_EQ(as(ann_).get(path_of(private_, "/status")).status, 200);
}

TEST_F(Permissions, WordsAreOfThoseWhoSeeTheCalculation) {
  const auto said = [](const std::string& key, const std::string& target, bool post = true) {
    return post ? as(key).post(target) : as(key).get(target);
  };
  EXPECT_EQ(said(ann_, path_of(private_, "/add_tag/my%20plan")).status, 200);
  EXPECT_EQ(said(eve_, path_of(private_, "/add_tag/hers")).status, 404);
  EXPECT_EQ(said(eve_, path_of(shared_, "/add_tag/hers")).status, 403);

  EXPECT_THAT(said(bob_, "/v1/calc/list_tags", false).body, HasSubstr("\"my plan\""));
  EXPECT_THAT(said(eve_, "/v1/calc/list_tags", false).body, Not(HasSubstr("plan")));
  const auto tagged = "/v1/calc/list?filter_by_tag=my%20plan";
  EXPECT_EQ(as(bob_).get(tagged).header("x-total-count"), "1");
  EXPECT_THAT(as(bob_).get(tagged).body, HasSubstr("\"tags\": [\"my plan\"]"));
  EXPECT_EQ(as(eve_).get(tagged).header("x-total-count"), "0");

  EXPECT_EQ(said(bob_, path_of(private_, "/set_preferred_job_for_tag/my%20plan")).status, 200);
  const auto preferred = "/v1/calc/get_preferred_job_for_tag/my%20plan";
  EXPECT_EQ(as(ann_).get(preferred).body, "{\"job_id\": " + std::to_string(private_) + "}");
  EXPECT_EQ(as(eve_).get(preferred).body, "{\"job_id\": null}");
  EXPECT_EQ(said(eve_, "/v1/calc/delete_tag/my%20plan").status, 403);
  EXPECT_EQ(said(ann_, "/v1/calc/delete_tag/my%20plan").status, 200);
  EXPECT_EQ(as(bob_).get(tagged).header("x-total-count"), "0");
}

TEST_F(Permissions, WhatTellsOfAllCalculationsIsForSuperusers) {
  for (const auto* target : {"/v1/cluster", "/metrics"}) {
    EXPECT_EQ(as(eve_).get(target).status, 403) << target;
    EXPECT_EQ(as(root_).get(target).status, 200) << target;
  }
  EXPECT_EQ(as("").get("/healthz").status, 200);
  EXPECT_EQ(as("").get("/readyz").status, 200);
}

TEST_F(Permissions, PreflightsNeedNoCredential) {
  const auto reply = as("").other("OPTIONS", "/v1/calc/run");

  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.header("access-control-allow-origin"), "*");
}

} // namespace
} // namespace oq::testing
