// What whoever runs the service sees of it: health, readiness, metrics, the cluster's table, a
// stop.
#include "e2e/service.hpp"

#include <boost/json/object.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>

namespace oq::testing {
namespace {

using ::testing::HasSubstr;

struct Outcome {
  int exit_code = -1;
  std::string text; // both streams
};

Outcome cluster_command(const std::string& url) {
  const TemporaryFolder folder;
  ChildProcess process({program(), "cluster", "--url", url}, folder / "output.txt");
  const int exit_code = process.wait();
  return {exit_code, file_text(folder / "output.txt")};
}

// The value of a sample, -1 when there is none.
double metric(const std::string& text, const std::string& sample) {
  const auto at = text.find("\n" + sample + " ");
  return at == std::string::npos ? -1 : std::stod(text.substr(at + sample.size() + 2));
}

TEST(Operations, AHealthyServiceIsAliveAndReady) {
  Service service;

  EXPECT_EQ(service.get("/healthz").status, 200);
  eventually([&] { // it answers a moment before it says that it is ready
    return service.get("/readyz").status == 200;
  });
  const auto ready = service.get("/readyz");
  EXPECT_EQ(ready.body, R"({"ready": true, "reasons": []})");
}

TEST(Operations, TheMetricsCountWhatHappened) {
  Service service;
  service.complete(demo("hazard_area"));
  service.get("/v1/calc/999/status");

  const auto reply = service.get("/metrics");

  EXPECT_THAT(reply.header("content-type"), HasSubstr("text/plain; version=0.0.4"));
  EXPECT_EQ(metric(reply.body, R"(oq_calculations_ended_total{state="complete"})"), 1);
  EXPECT_EQ(metric(reply.body, R"(oq_http_requests_total{route="/v1/calc/run",status="200"})"), 1);
  EXPECT_GE(
    metric(reply.body, R"(oq_http_requests_total{route="/v1/calc/:id/status",status="404"})"), 1);
  EXPECT_GE(metric(reply.body, "oq_store_write_seconds_count"), 1);
  EXPECT_GE(metric(reply.body, "oq_tasks_done_total"), 1);
  EXPECT_GE(metric(reply.body, "oq_workers"), 1);
  EXPECT_EQ(metric(reply.body, "oq_store_up"), 1);
  EXPECT_GT(metric(reply.body, "oq_data_free_bytes"), 0);
}

TEST(Operations, TheMetricsKnowWhetherRedisAnswers) {
  Service service;
  const auto up = [&] {
    return metric(service.get("/metrics").body, "oq_cache_up");
  };
  ASSERT_TRUE(eventually([&] {
    return up() == 1;
  }));

  service.redis().kill();

  EXPECT_TRUE(eventually([&] {
    return up() == 0;
  }));
  EXPECT_EQ(service.get("/readyz").status, 200) << "a node does its work without Redis";
}

TEST(Operations, WithoutRedisNoMetricSpeaksOfIt) {
  Service service({.redis = false});

  EXPECT_EQ(metric(service.get("/metrics").body, "oq_cache_up"), -1);
}

TEST(Operations, TheClusterCommandPrintsEveryNode) {
  Service service({.more = {"--node", "north"}});

  const auto outcome = cluster_command(service.base());

  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_THAT(outcome.text, HasSubstr("north *"));
  EXPECT_THAT(outcome.text, HasSubstr("up"));
}

TEST(Operations, TheClusterCommandFailsWhenNobodyAnswers) {
  std::string base;
  {
    Service service;
    base = service.base();
  }

  const auto outcome = cluster_command(base);

  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_THAT(outcome.text, HasSubstr(base));
}

TEST(Operations, TheClusterCommandRefusesWhatIsNoUrlOfANode) {
  EXPECT_EQ(cluster_command("https://example.org").exit_code, 2);
  EXPECT_EQ(cluster_command("127.0.0.1:8800").exit_code, 2);
}

Outcome serve_with_config(const TemporaryFolder& folder, const std::string& file) {
  const auto log = folder / "output.txt";
  ChildProcess process({"/usr/bin/env", "OQ_CONFIG=" + file, program(), "serve"}, log);
  const int exit_code = process.wait();
  return {exit_code, file_text(log)};
}

TEST(Operations, TheFileThatTheEnvironmentNamesIsRead) {
  const TemporaryFolder folder;
  const auto file = folder.write("server.toml", "[serve]\nlisten = \"nowhere\"\n");

  const auto outcome = serve_with_config(folder, file);

  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.text, HasSubstr("\"nowhere\" is not HOST:PORT"));
}

TEST(Operations, AFileThatTheEnvironmentNamesMustBeThere) {
  const TemporaryFolder folder;

  EXPECT_NE(serve_with_config(folder, folder / "nosuch.toml").exit_code, 0);
}

TEST(Operations, ANodeThatDrainsSaysSoAndClosesItsConnections) {
  Service service({.more = {"--drain", "30"}});
  auto client = service.client();
  ASSERT_EQ(client.get("/v1/calc/list").status, 200);

  service.server().process().signal(SIGTERM);
  ASSERT_TRUE(eventually([&] {
    return service.get("/readyz").status == 503;
  }));

  const auto reply = client.get("/v1/calc/list");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.header("connection"), "close");
  service.server().process().signal(SIGTERM); // ends the patience
  EXPECT_EQ(service.server().process().wait(), 0);
}

} // namespace
} // namespace oq::testing
