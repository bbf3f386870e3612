// Paths find their action, and nothing else does.
#include "http/routes/route_table.hpp"

#include <gtest/gtest.h>

namespace oq::http {
namespace {

using Kind = RouteMatch::Kind;

TEST(RouteTable, StatusCarriesTheId) {
  const auto found = match("GET", "/v1/calc/42/status");

  EXPECT_EQ(found.kind, Kind::found);
  EXPECT_EQ(found.action, Action::status);
  EXPECT_EQ(found.id, 42);
}

TEST(RouteTable, HeadIsAGet) {
  EXPECT_EQ(match("HEAD", "/v1/calc/list").action, Action::list);
}

TEST(RouteTable, SeedPathsAreNotModernIds) {
  EXPECT_EQ(match("GET", "/v1/calc/hazard").action, Action::seed_hazard_list);
  EXPECT_EQ(match("GET", "/v1/calc/risk/7").action, Action::seed_risk_detail);
  EXPECT_EQ(match("GET", "/v1/calc/hazard/result/9").action, Action::seed_hazard_download);
}

TEST(RouteTable, LogRangeMayLeaveEitherEndOpen) {
  const auto whole = match("GET", "/v1/calc/1/log/:");
  const auto tail = match("GET", "/v1/calc/1/log/10:");
  const auto middle = match("GET", "/v1/calc/1/log/3:5");

  EXPECT_EQ(whole.action, Action::log);
  EXPECT_EQ(tail.first, 10);
  EXPECT_EQ(tail.last, 0);
  EXPECT_EQ(middle.first, 3);
  EXPECT_EQ(middle.last, 5);
}

TEST(RouteTable, LogSizeIsNotARange) {
  EXPECT_EQ(match("GET", "/v1/calc/1/log/size").action, Action::log_size);
  EXPECT_EQ(match("GET", "/v1/calc/1/log/a:b").kind, Kind::unknown_path);
}

TEST(RouteTable, WhatIsExtractedMayHaveSeveralParts) {
  const auto found = match("GET", "/v1/calc/3/extract/agg_losses/structural");

  EXPECT_EQ(found.action, Action::extract);
  EXPECT_EQ(found.id, 3);
  EXPECT_EQ(found.rest, "agg_losses/structural");
  EXPECT_EQ(match("HEAD", "/v1/calc/3/extract/composite_risk_model.attrs").rest,
            "composite_risk_model.attrs");
  for (const auto* path : {"/v1/calc/3/extract", "/v1/calc/3/extract/", "/v1/calc/3/extract/a b",
                           "/v1/calc/3/extract/SA(0.1)", "/v1/calc/x/extract/oqparam"})
    EXPECT_EQ(match("GET", path).kind, Kind::unknown_path) << path;
}

TEST(RouteTable, AWrongMethodNamesTheRightOne) {
  const auto found = match("GET", "/v1/calc/1/abort");

  EXPECT_EQ(found.kind, Kind::wrong_method);
  EXPECT_EQ(found.allow, "POST");
  EXPECT_EQ(match("DELETE", "/v1/calc/1/status").kind, Kind::wrong_method);
}

TEST(RouteTable, UnknownPathsMatchNothing) {
  for (const auto* path :
       {"", "/v1", "/v1/calc/", "/v1/calc/list/", "/v1/calc/abc/status", "v1/calc/list",
        "/v1/calc/-1", "/v1/calc/9999999999999999999999", "/v1/calc//status", "//v1/calc/list"})
    EXPECT_EQ(match("GET", path).kind, Kind::unknown_path) << path;
}

TEST(RouteTable, AResultIsFoundBelowItsCalculationToo) {
  const auto found = match("GET", "/v1/calc/7/result/9");

  EXPECT_EQ(found.action, Action::download);
  EXPECT_EQ(found.id, 9);
}

TEST(RouteTable, WhatFollowsAPathMayHaveSlashesAndParentheses) {
  const auto found = match("GET", "/v1/calc/7/download_png/hmap/SA(0.1)");

  EXPECT_EQ(found.action, Action::download_png);
  EXPECT_EQ(found.rest, "hmap/SA(0.1)");
  EXPECT_EQ(match("GET", "/v1/calc/7/download_png/").kind, Kind::unknown_path);
  EXPECT_EQ(match("GET", "/v1/calc/7/download_png/a b").kind, Kind::unknown_path);
}

TEST(RouteTable, ValidIsFoundWithAndWithoutItsSlashAndWithMoreAfterIt) {
  for (const auto* path : {"/v1/valid", "/v1/valid/", "/v1/valid/xyz"})
    EXPECT_EQ(match("POST", path).action, Action::valid) << path;
  EXPECT_EQ(match("GET", "/v1/valid/").kind, Kind::wrong_method);
}

TEST(RouteTable, APathWithTwoMethodsNamesBoth) {
  EXPECT_EQ(match("GET", "/v1/calc/hazard/run").action, Action::seed_hazard_form);
  EXPECT_EQ(match("POST", "/v1/calc/hazard/run").action, Action::seed_hazard_run);
  EXPECT_EQ(match("DELETE", "/v1/calc/hazard/run").allow, "GET, POST");
}

TEST(RouteTable, OnlyPagesAndValidHaveASlashAtTheirEnd) {
  EXPECT_EQ(match("GET", "/engine").action, Action::engine_page);
  EXPECT_EQ(match("GET", "/engine/").action, Action::engine_page);
  EXPECT_EQ(match("GET", "/v1/engine_version/").kind, Kind::unknown_path);
}

TEST(RouteTable, ATagIsOneSegmentOfAnyCharacters) {
  const auto found = match("POST", "/v1/calc/7/add_tag/essai d'été");

  EXPECT_EQ(found.action, Action::add_tag);
  EXPECT_EQ(found.right, Right::change);
  EXPECT_EQ(found.rest, "essai d'été");
  for (const auto* path :
       {"/v1/calc/7/add_tag/", "/v1/calc/7/add_tag/a/b", "/v1/calc/7/add_tag/a\nb"})
    EXPECT_EQ(match("POST", path).kind, Kind::unknown_path) << path;
  EXPECT_EQ(match("POST", "/v1/calc/create_tag/" + std::string(101, 'x')).kind, Kind::unknown_path);
}

TEST(RouteTable, EveryRouteIsReachedByItsOwnPattern) {
  for (const auto& route : routes()) {
    std::string path(route.pattern);
    if (const auto at = path.find(":id"); at != std::string::npos)
      path.replace(at, 3, "5");
    if (const auto at = path.find(":calc"); at != std::string::npos)
      path.replace(at, 5, "6");
    if (const auto at = path.find(":path"); at != std::string::npos)
      path.replace(at, 5, "a/b.c_d-e");
    if (const auto at = path.find(":range"); at != std::string::npos)
      path.replace(at, 6, "0:1");
    if (const auto at = path.find(":what"); at != std::string::npos)
      path.replace(at, 5, "sitecol");
    if (const auto at = path.find(":tag"); at != std::string::npos)
      path.replace(at, 4, "my plan");
    EXPECT_EQ(match(route.method, path).action, route.action) << route.pattern;
  }
}

TEST(RouteTable, ARouteThatSaysNothingIsAboutACalculationOrForUsers) {
  EXPECT_EQ(right_of({"GET", "/v1/calc/:id/anything", Action::status}), Right::see);
  EXPECT_EQ(right_of({"POST", "/v1/calc/:id/anything", Action::status}), Right::change);
  EXPECT_EQ(right_of({"GET", "/v1/anything", Action::list}), Right::member);
  EXPECT_EQ(right_of({"GET", "/v1/x/:id", Action::list, Right::everybody}), Right::everybody);
}

TEST(RouteTable, NothingAboutACalculationIsForEverybody) {
  for (const auto& route : routes()) {
    const bool is_about_one = route.pattern.starts_with("/v1/calc/");
    EXPECT_FALSE(is_about_one && right_of(route) == Right::everybody) << route.pattern;
  }
}

TEST(RouteTable, OutputsAreSeenByWhoSeesTheirCalculation) {
  for (const auto* path :
       {"/v1/calc/result/5", "/v1/calc/hazard/result/5", "/v1/calc/risk/result/5"})
    EXPECT_EQ(match("GET", path).right, Right::see_output) << path;
  EXPECT_EQ(match("GET", "/v1/calc/5/status").right, Right::see);
}

} // namespace
} // namespace oq::http
