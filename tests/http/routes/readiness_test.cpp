// What a load balancer is told of a node.
#include "http/routes/readiness.hpp"

#include <gtest/gtest.h>

namespace oq::http {
namespace {

TEST(Readiness, OfANodeThatServesIsForItsActorsToSay) {
  EXPECT_FALSE(readiness_of(actors::NodePhase::serving));
}

TEST(Readiness, OfANodeThatDrainsIs503WithTheReason) {
  const auto response = readiness_of(actors::NodePhase::draining);

  ASSERT_TRUE(response);
  EXPECT_EQ(response->status(), 503);
  EXPECT_EQ(*response->body(), R"({"ready": false, "reasons": ["the node is draining"]})");
}

TEST(Readiness, OfANodeThatStartsIs503) {
  EXPECT_EQ(readiness_of(actors::NodePhase::starting)->status(), 503);
}

TEST(Readiness, WithAnAnsweringStoreIs200) {
  const auto response = readiness_of(actors::Answer{});

  EXPECT_EQ(response.status(), 200);
  EXPECT_EQ(*response.body(), R"({"ready": true, "reasons": []})");
}

TEST(Readiness, WithAFailingStoreIs503WithTheReason) {
  const auto response =
    readiness_of(actors::error_answer({Errc::unavailable, "store: the disk is \"full\"", {}}));

  EXPECT_EQ(response.status(), 503);
  EXPECT_EQ(*response.body(), R"({"ready": false, "reasons": ["store: the disk is \"full\""]})");
}

TEST(Readiness, IsNeverKeptByAProxy) {
  EXPECT_EQ(readiness_response(true).header("Cache-Control"), "no-store");
}

} // namespace
} // namespace oq::http
