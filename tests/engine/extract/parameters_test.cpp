// What a query chooses.
#include "engine/extract/parameters.hpp"

#include <gtest/gtest.h>

namespace oq::engine {
namespace {

const std::vector<std::string> kStatistics = {"mean", "quantile-0.15"};
const std::vector<std::string> kRealizations = {"rlz-000", "rlz-001"};

std::vector<std::string> names(const std::vector<std::string>& asked,
                               const std::vector<std::string>& statistics = kStatistics) {
  const auto kinds = chosen_kinds(statistics, kRealizations, asked);
  std::vector<std::string> out;
  if (kinds)
    for (const auto& kind : *kinds)
      out.push_back(kind.name);
  return out;
}

TEST(Kinds, AreTheStatisticsUnlessAsked) {
  EXPECT_EQ(names({}), kStatistics);
  EXPECT_EQ(names({}, {}), kRealizations);
}

TEST(Kinds, GroupsAndSingleOnesMayBeAsked) {
  EXPECT_EQ(names({"stats"}), kStatistics);
  EXPECT_EQ(names({"rlzs"}), kRealizations);
  EXPECT_EQ(names({"quantile-0.15"}), std::vector<std::string>{"quantile-0.15"});
  EXPECT_EQ(names({"rlz-1"}), std::vector<std::string>{"rlz-001"});
  EXPECT_EQ(names({"mean", "stats"}), kStatistics);
}

TEST(Kinds, AnUnknownOneIsInvalid) {
  for (const char* kind : {"median", "rlz-2", "rlz-", ""})
    EXPECT_EQ(chosen_kinds(kStatistics, kRealizations, {kind}).error().code, Errc::invalid_input)
      << kind;
  EXPECT_FALSE(chosen_kinds({}, kRealizations, {"stats"}));
}

TEST(Chosen, KeepsTheOrderOfWhatIsThere) {
  EXPECT_EQ(*chosen({"PGA", "PGV"}, {"PGV", "PGA", "PGV"}, "imt"),
            (std::vector<std::size_t>{0, 1}));
  EXPECT_EQ(*chosen_numbers(3, {"2", "0"}, "site_id"), (std::vector<std::size_t>{0, 2}));
  EXPECT_EQ(*chosen_numbers(2, {}, "site_id"), (std::vector<std::size_t>{0, 1}));
}

TEST(Chosen, RefusesWhatIsNotThere) {
  EXPECT_FALSE(chosen({"PGA"}, {"SA(0.1)"}, "imt"));
  for (const char* text : {"3", "-1", "1x", "", "99999999999999999999"})
    EXPECT_FALSE(chosen_numbers(3, {text}, "site_id")) << text;
}

} // namespace
} // namespace oq::engine
