// What those are told who may not, in the words of the API.
#include "http/routes/refusals.hpp"

#include <gtest/gtest.h>

namespace oq::http {
namespace {

Request request_for(const char* target) {
  RequestHead head;
  head.target = head.raw_path = target;
  return {head, std::string(target)};
}

RouteMatch of(Action action) {
  RouteMatch route;
  route.kind = RouteMatch::Kind::found;
  route.action = action;
  route.id = 7;
  return route;
}

std::string body_of(const Response& response) {
  return response.body() ? *response.body() : std::string();
}

const actors::Viewer kEve{"eve", 0, false, {}};

TEST(Refusals, AStrangerBelowV1GetsAnEmpty403) {
  const auto response = stranger_answer(request_for("/v1/calc/list"));

  EXPECT_EQ(response.status(), 403);
  EXPECT_EQ(body_of(response), "");
}

TEST(Refusals, AStrangerElsewhereIsSentToTheLoginPageAndBack) {
  const auto response = stranger_answer(request_for("/engine/3 x"));

  EXPECT_EQ(response.status(), 302);
  EXPECT_EQ(response.header("Location"), "/accounts/login/?next=/engine/3%20x");
}

TEST(Refusals, WhatIsHiddenDoesNotExist) {
  EXPECT_EQ(hidden_answer(of(Action::status)).status(), 404);
  EXPECT_EQ(body_of(hidden_answer(of(Action::status))), "");
  EXPECT_EQ(body_of(hidden_answer(of(Action::log))), "[]");
  EXPECT_EQ(body_of(hidden_answer(of(Action::log_size))), "0");
  EXPECT_EQ(body_of(hidden_answer(of(Action::traceback))), "[]");
  EXPECT_EQ(hidden_answer(of(Action::abort)).status(), 200);
  EXPECT_EQ(body_of(hidden_answer(of(Action::abort))), R"({"error": "Unknown job 7"})");
  EXPECT_EQ(hidden_answer(of(Action::remove)).status(), 403);
  EXPECT_EQ(body_of(hidden_answer(of(Action::remove))),
            R"({"error": "Cannot delete calculation 7: ID does not exist"})");
}

TEST(Refusals, WhatIsSeenAndNotPermittedSaysWhy) {
  EXPECT_EQ(body_of(refused_answer(of(Action::abort), kEve, "ann")),
            R"({"error": "User eve has no permission to abort job 7"})");
  EXPECT_EQ(body_of(refused_answer(of(Action::remove), kEve, "ann")),
            R"({"error": "Cannot delete calculation 7: it belongs to ann and you are eve"})");
  for (const auto action : {Action::abort, Action::remove, Action::share})
    EXPECT_EQ(refused_answer(of(action), kEve, "ann").status(), 403);
  EXPECT_EQ(body_of(refused_answer(of(Action::share), kEve, "ann")), "");
}

} // namespace
} // namespace oq::http
