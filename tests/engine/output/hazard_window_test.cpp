// A window over an array gives every row, whatever it may hold.
#include "engine/output/hazard_window.hpp"

#include <gtest/gtest.h>

#include <numeric>

namespace oq::engine {
namespace {

// Values are their own positions: 5 sites, 3 kinds, rows of 2 x 2.
class HazardWindowTest : public ::testing::TestWithParam<std::size_t> {
protected:
  void SetUp() override {
    std::vector<double> values(5 * 3 * 4);
    std::iota(values.begin(), values.end(), 0.0);
    ASSERT_TRUE(datastore->put("x", {{5, 3, 2, 2}, values}));
  }
  std::unique_ptr<Datastore> datastore = make_memory_datastore();
};

TEST_P(HazardWindowTest, GivesEveryRow) {
  HazardWindow window(*datastore, "x", {5, 3, 2, 2}, GetParam() * sizeof(double));
  for (std::size_t kind = 0; kind < 3; ++kind)
    for (std::size_t site = 0; site < 5; ++site) {
      const auto row = window.row(site, kind);
      ASSERT_TRUE(row) << row.error().text();
      ASSERT_EQ(row->size(), 4u);
      EXPECT_EQ(row->front(), static_cast<double>((site * 3 + kind) * 4));
      EXPECT_EQ(row->back(), static_cast<double>((site * 3 + kind) * 4 + 3));
    }
}

// Nothing, a row, two rows and a half, a kind, and all of it.
INSTANTIATE_TEST_SUITE_P(Values, HazardWindowTest, ::testing::Values(0, 4, 10, 20, 60));

TEST_F(HazardWindowTest, AnArrayThatIsGoneIsNotFound) {
  HazardWindow window(*datastore, "y", {5, 3, 2, 2});
  EXPECT_EQ(window.row(0, 0).error().code, Errc::not_found);
}

} // namespace
} // namespace oq::engine
