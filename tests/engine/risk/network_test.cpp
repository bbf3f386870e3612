// Exposures that are no network.
#include "engine/risk/network.hpp"

#include <gtest/gtest.h>

namespace oq::engine {
namespace {

// Two nodes and an edge between them.
Assets small_network() {
  Assets assets;
  assets.id = {"a", "b", "ab"};
  assets.files = {"e.csv"};
  assets.file = {0, 0, 0};
  assets.line = {2, 3, 4};
  assets.tags["type"] = {{"node", "edge"}, {0, 0, 1}};
  assets.tags["start_node"] = {{"NA", "a"}, {0, 0, 1}};
  assets.tags["end_node"] = {{"NA", "b"}, {0, 0, 1}};
  assets.tags["purpose"] = {{"source", "demand", "NA"}, {0, 1, 2}};
  assets.tags["graphtype"] = {{"directed", "multi"}, {0, 0, 0}};
  return assets;
}

std::string refusal(const Assets& assets) {
  const auto checked = check_network(assets, {0, 1, 2});
  return checked ? "nothing refused" : checked.error().text();
}

TEST(Network, OfNodesAndEdgesIsAccepted) {
  EXPECT_EQ(refusal(small_network()), "nothing refused");
}

TEST(Network, WithoutPurposesIsRefused) {
  auto assets = small_network();
  assets.tags.erase("purpose");
  EXPECT_EQ(refusal(assets).substr(0, 26), "e.csv:2: asset 'a': no pur");
}

TEST(Network, NamesTheAssetWithoutEnd) {
  auto assets = small_network();
  assets.tags["end_node"].words[1] = "?";
  EXPECT_EQ(refusal(assets).substr(0, 26), "e.csv:4: asset 'ab': no en");
}

TEST(Network, RefusesWhatIsNeitherNodeNorEdge) {
  auto assets = small_network();
  assets.tags["type"].words[1] = "pipe";
  EXPECT_EQ(refusal(assets).substr(0, 7), "e.csv:4");
}

TEST(Network, RefusesSeveralTypesOfGraphs) {
  auto assets = small_network();
  assets.tags["graphtype"].word_of[1] = 1;
  EXPECT_EQ(refusal(assets).substr(0, 7), "e.csv:3");
}

TEST(Network, RefusesATypeOfGraphThatItDoesNotKnow) {
  auto assets = small_network();
  assets.tags["graphtype"].words[0] = "round";
  EXPECT_EQ(refusal(assets).substr(0, 7), "e.csv:2");
}

} // namespace
} // namespace oq::engine
