// The text that Prometheus scrapes: its form, and that every number reaches it.
#include "http/routes/telemetry.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <sstream>

namespace oq::http {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;

class TelemetryTest : public ::testing::Test {
protected:
  void answer(Action route, int status, std::chrono::nanoseconds time = 30us) {
    telemetry.requests().count(route, status, time);
  }
  actors::GaugesPtr gauges = std::make_shared<actors::Gauges>();
  Telemetry telemetry{gauges};
};

TEST_F(TelemetryTest, CountsRequestsByRouteAndStatus) {
  answer(Action::status, 200);
  answer(Action::status, 200);
  answer(Action::status, 404);

  const auto text = telemetry.text();
  EXPECT_THAT(text, HasSubstr("oq_http_requests_total{route=\"/v1/calc/:id/status\","
                              "status=\"200\"} 2\n"));
  EXPECT_THAT(text, HasSubstr("oq_http_requests_total{route=\"/v1/calc/:id/status\","
                              "status=\"404\"} 1\n"));
}

TEST_F(TelemetryTest, AccumulatesTheBucketsOfAHistogram) {
  answer(Action::status, 200, 30us);
  answer(Action::status, 200, 3ms);
  answer(Action::status, 200, 60s);

  const auto text = telemetry.text();
  const std::string name = "oq_http_request_seconds_bucket{route=\"/v1/calc/:id/status\",le=";
  EXPECT_THAT(text, HasSubstr(name + "\"0.001\"} 1\n"));
  EXPECT_THAT(text, HasSubstr(name + "\"0.005\"} 2\n"));
  EXPECT_THAT(text, HasSubstr(name + "\"+Inf\"} 3\n"));
  EXPECT_THAT(text, HasSubstr("oq_http_request_seconds_count{route=\"/v1/calc/:id/status\"} 3\n"));
}

TEST_F(TelemetryTest, LeavesOutRoutesThatNobodyAskedFor) {
  answer(Action::status, 200);

  EXPECT_THAT(telemetry.text(), Not(HasSubstr("/v1/calc/list")));
}

TEST_F(TelemetryTest, LeavesOutWhatTheNodeDoesNotHave) {
  EXPECT_THAT(telemetry.text(), Not(HasSubstr("oq_cache_up")));
  EXPECT_THAT(telemetry.text(), Not(HasSubstr("oq_cluster_lease_valid")));

  gauges->cache_up.set(0);
  gauges->lease_valid.set(1);
  EXPECT_THAT(telemetry.text(), HasSubstr("\noq_cache_up 0\n"));
  EXPECT_THAT(telemetry.text(), HasSubstr("\noq_cluster_lease_valid 1\n"));
}

TEST_F(TelemetryTest, TellsWhatTheActorsCounted) {
  gauges->executing.set(2);
  gauges->failed.add(3);
  gauges->queue_waiting.set(4);
  gauges->cache_hits.add(5);
  gauges->takeovers.add(6);

  const auto text = telemetry.text();
  EXPECT_THAT(text, HasSubstr("\noq_calculations{state=\"executing\"} 2\n"));
  EXPECT_THAT(text, HasSubstr("\noq_calculations_ended_total{state=\"failed\"} 3\n"));
  EXPECT_THAT(text, HasSubstr("\noq_queue_waiting 4\n"));
  EXPECT_THAT(text, HasSubstr("\noq_cache_requests_total{result=\"hit\"} 5\n"));
  EXPECT_THAT(text, HasSubstr("\noq_cluster_takeovers_total 6\n"));
}

TEST_F(TelemetryTest, RefreshesItsGaugesWhenAsked) {
  telemetry.refresh_by([this] {
    gauges->cache_up.set(1);
  });

  EXPECT_THAT(telemetry.text(), HasSubstr("\noq_cache_up 1\n"));
}

TEST_F(TelemetryTest, KnowsItsOwnProcess) {
  const std::regex resident(R"(\nprocess_resident_memory_bytes [1-9][0-9]*\n)");
  const std::regex descriptors(R"(\nprocess_open_fds [1-9][0-9]*\n)");

  const auto text = telemetry.text();
  EXPECT_TRUE(std::regex_search(text, resident)) << text;
  EXPECT_TRUE(std::regex_search(text, descriptors));
}

TEST_F(TelemetryTest, EveryLineIsACommentOrASample) {
  answer(Action::log, 200);
  const std::regex line(
    R"((# (HELP|TYPE) [a-z_]+ .+)|([a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? [-+0-9.eInf]+))");

  std::istringstream lines(telemetry.text());
  for (std::string each; std::getline(lines, each);)
    EXPECT_TRUE(std::regex_match(each, line)) << each;
}

} // namespace
} // namespace oq::http
