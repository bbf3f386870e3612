// What a node says of itself, and the gauges it says it from.
#include "actors/node_report.hpp"

#include <gtest/gtest.h>

namespace oq::actors {
namespace {

using namespace std::chrono_literals;

TEST(NodeReport, OfOneNodeComesFromItsGauges) {
  Gauges gauges;
  gauges.executing.set(2);
  gauges.queue_waiting.set(5);
  gauges.workers.set(8);
  gauges.living.set({3, 4});

  const auto report = report_of("north", gauges);

  EXPECT_EQ(report.name, "north");
  EXPECT_TRUE(report.self);
  EXPECT_EQ(report.running, 2);
  EXPECT_EQ(report.waiting, 5);
  EXPECT_EQ(report.workers, 8);
  EXPECT_EQ(report.calculations, (std::vector<std::int64_t>{3, 4}));
}

TEST(NodeReport, SaysThatANodeDrains) {
  Gauges gauges;
  gauges.phase = NodePhase::draining;

  EXPECT_EQ(report_of("north", gauges).state, NodeState::draining);
}

TEST(NodeReport, WritesNullForWhatIsAbsent) {
  EXPECT_EQ(cluster_text({NodeReport{.name = "a", .self = true, .calculations = {7, 9}}}),
            R"({"nodes": [{"name": "a", "self": true, "state": "up", "incarnation": 0, )"
            R"("address": "", "lease_seconds": null, "running": 0, "waiting": 0, )"
            R"("calculations": [7, 9], )"
            R"("workers": 0, "remote_workers": 0, "lag_ms": null}]})");
}

TEST(Durations, CountsWhatLiesOnABoundBelowIt) {
  Durations durations;
  durations.add(100us);
  durations.add(101us);

  EXPECT_EQ(durations.count(1), 1);
  EXPECT_EQ(durations.count(2), 1);
}

TEST(Durations, CountsWhatExceedsEveryBoundBeyondTheLast) {
  Durations durations;
  durations.add(11s);

  EXPECT_EQ(durations.count(Durations::kBounds.size()), 1);
  EXPECT_DOUBLE_EQ(durations.seconds(), 11.0);
}

} // namespace
} // namespace oq::actors
