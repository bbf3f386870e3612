// Small networks whose losses are worked out by hand.
#include "engine/risk/connectivity.hpp"

#include <gtest/gtest.h>

namespace oq::engine {
namespace {

// Adds assets as an exposure would have them.
class Connections : public ::testing::Test {
protected:
  Connections() {
    assets.files = {"e.csv"};
    for (const char* tag : {"type", "start_node", "end_node", "purpose", "weight", "graphtype"})
      assets.tags[tag];
  }
  void add(const std::string& id, const std::vector<std::pair<std::string, std::string>>& tags) {
    chosen.push_back(assets.id.size());
    assets.id.push_back(id);
    assets.file.push_back(0);
    assets.line.push_back(static_cast<std::uint32_t>(assets.id.size() + 1));
    for (const auto& [name, value] : tags) {
      auto& tag = assets.tags[name];
      tag.word_of.push_back(static_cast<std::uint32_t>(tag.words.size()));
      tag.words.push_back(value);
    }
  }
  void node(const std::string& id, const std::string& purpose) {
    add(id, {{"type", "node"},
             {"start_node", "NA"},
             {"end_node", "NA"},
             {"purpose", purpose},
             {"weight", "1"},
             {"graphtype", graph_type}});
  }
  void edge(const std::string& from, const std::string& to, const std::string& weight) {
    add(from + to, {{"type", "edge"},
                    {"start_node", from},
                    {"end_node", to},
                    {"purpose", "NA"},
                    {"weight", weight},
                    {"graphtype", graph_type}});
  }
  Connectivity::Losses without(const std::vector<std::string>& broken) {
    auto graph = NetworkGraph::make(assets, chosen);
    EXPECT_TRUE(graph) << graph.error().text();
    std::vector<char> flags;
    for (const auto& id : assets.id)
      flags.push_back(std::ranges::find(broken, id) != broken.end() ? 1 : 0);
    return Connectivity(*std::move(graph)).losses(flags);
  }

  std::string graph_type = "undirected";
  Assets assets;
  std::vector<std::size_t> chosen;
};

// s - m - d, and a detour s - d of length 4.
class Supply : public Connections {
protected:
  void build() {
    node("d", "demand");
    node("m", "connection");
    node("s", "source");
    edge("s", "m", "1");
    edge("m", "d", "1");
    edge("s", "d", "4");
  }
};

TEST_F(Supply, OfAnIntactNetworkLosesNothing) {
  build();
  const auto losses = without({});

  EXPECT_EQ(losses.efficiency, 0);
  EXPECT_EQ(losses.isolated, 0);
  EXPECT_EQ(losses.weighted, 0);
}

// d is 4 from s instead of 2, m 5 from s instead of 1; d and m stay neighbours.
TEST_F(Supply, ByALongerWayIsLessEfficientButNotCut) {
  build();
  const auto losses = without({"sm"});

  EXPECT_NEAR(losses.efficiency, 1 - (1.0 / 4 + 1.0 / 5 + 1) / (1.0 / 2 + 1 + 1), 1e-15);
  EXPECT_EQ(losses.partial, 0);
  EXPECT_NEAR(losses.weighted, 0.5, 1e-15);
  EXPECT_NEAR(losses.of_nodes[2], 1 - (1.0 / 4 + 1.0 / 5) / 1.5, 1e-15); // s
}

TEST_F(Supply, EndsWhenItsSourceBreaks) {
  build();
  const auto losses = without({"s"});

  EXPECT_EQ(losses.isolated, 1);
  EXPECT_EQ(losses.partial, 1);
  EXPECT_EQ(losses.weighted, 1);
  EXPECT_EQ(losses.of_nodes[2], 1);
}

TEST_F(Supply, AgainstTheDirectionOfEdgesIsNone) {
  graph_type = "directed";
  node("d", "demand");
  node("s", "source");
  node("t", "source");
  edge("s", "d", "1");
  edge("d", "t", "1");

  const auto losses = without({"sd"});

  EXPECT_EQ(losses.isolated, 1); // t never reached it
}

// Three zones on a line of edges of length 1; the first edge breaks.
TEST_F(Connections, OfZonesAreToEachOther) {
  for (const char* id : {"a", "b", "c"})
    node(id, "TAZ");
  edge("a", "b", "1");
  edge("b", "c", "1");

  const auto losses = without({"ab"});

  ASSERT_EQ(losses.partial_of.size(), 3u);
  EXPECT_EQ(losses.partial_of[0], 1);
  EXPECT_EQ(losses.partial_of[1], 0.5);
  EXPECT_EQ(losses.partial_of[2], 0.5);
  EXPECT_NEAR(losses.weighted_of[1], 1 - 0.5 * 0.5, 1e-15);
  EXPECT_NEAR(losses.weighted_of[2], 1 - 0.5 * 1 / 1.5, 1e-15);
}

TEST_F(Connections, BreakWithTheirParentOnly) {
  node("a", "TAZ");
  node("b", "TAZ");
  edge("a", "b", "1");
  for (const char* parent : {"a", "b", "pipe"}) {
    assets.tags["parent_id"].word_of.push_back(
      static_cast<std::uint32_t>(assets.tags["parent_id"].words.size()));
    assets.tags["parent_id"].words.emplace_back(parent);
  }

  EXPECT_EQ(without({"ab"}).efficiency, 0);
  EXPECT_EQ(without({"a"}).efficiency, 1);
}

TEST_F(Connections, NeedWeightsAboveZero) {
  node("a", "TAZ");
  node("b", "TAZ");
  edge("a", "b", "0");

  const auto graph = NetworkGraph::make(assets, chosen);

  ASSERT_FALSE(graph);
  EXPECT_EQ(graph.error().where, "e.csv:4");
}

} // namespace
} // namespace oq::engine
