// Tests of the bins of a disaggregation and of what one rupture adds to them.
#include "engine/hazard/disaggregation.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

namespace oq::engine {
namespace {

Job job() {
  Job job;
  job.truncation_level = 3;
  job.maximum_distance = {{"default", {{0.0, 90.0}, {11.0, 90.0}}}};
  return job;
}

// Phi(b) - Phi(a), of a normal cut at three standard deviations.
double band(double a, double b) {
  const auto phi = [](double z) {
    return 0.5 * std::erfc(-z / std::sqrt(2.0));
  };
  return (phi(b) - phi(a)) / (phi(3) - phi(-3));
}

std::vector<double> shares(const DisaggregationBins& bins, double z, bool star) {
  const DisaggregationKernel kernel(bins, {z}, 1, TruncatedNormal(3), star);
  std::vector<double> cells(bins.cells());
  kernel.add_probabilities({.magnitude = 5.5, .rrup = 45, .ln_mean = 0, .sigma = 1}, 0, 2.0, cells);
  return cells;
}

TEST(DisaggregationBins, CoverWholeWidthsAndOneMoreAboveAnEdge) {
  Job wide = job();
  wide.parameters["mag_bin_width"] = 0.5;
  wide.parameters["distance_bin_width"] = 20.0;
  wide.parameters["num_epsilon_bins"] = 2;
  const auto bins = disaggregation_bins(wide, 5.1, 6.0);
  ASSERT_TRUE(bins);
  EXPECT_EQ(bins->magnitude, (std::vector{5.0, 5.5, 6.0, 6.5}));
  EXPECT_EQ(bins->distance, (std::vector{0.0, 20.0, 40.0, 60.0, 80.0, 100.0}));
  EXPECT_EQ(bins->epsilon, (std::vector{-3.0, 0.0, 3.0}));
}

TEST(DisaggregationBins, HaveOneDistanceToTheFarthestWithoutAWidth) {
  const auto bins = disaggregation_bins(job(), 4.0, 4.0);
  ASSERT_TRUE(bins);
  EXPECT_EQ(bins->magnitude, (std::vector{4.0, 5.0}));
  EXPECT_EQ(bins->distance, (std::vector{0.0, 90.0}));
}

TEST(DisaggregationBins, AreGivenByDisaggBinEdges) {
  Job given = job();
  given.parameters["disagg_bin_edges"] = {{"mag", {5.0, 6.5, 7.0}}};
  const auto bins = disaggregation_bins(given, 4.0, 8.0);
  ASSERT_TRUE(bins);
  EXPECT_EQ(bins->magnitude, (std::vector{5.0, 6.5, 7.0}));
  given.parameters["disagg_bin_edges"] = {{"mag", {7.0, 6.5}}};
  EXPECT_FALSE(disaggregation_bins(given, 4.0, 8.0));
}

TEST(DisaggregationBins, AreRefusedWhenTheyAreTooMany) {
  Job fine = job();
  fine.parameters["mag_bin_width"] = 1e-9;
  EXPECT_FALSE(disaggregation_bins(fine, 5.0, 8.0));
}

TEST(DisaggregationKernel, SpreadsAnExceedanceOverTheEpsilonsThatReachTheLevel) {
  const DisaggregationBins bins{{5, 6}, {0, 90}, {-3, -1, 1, 3}};
  const std::vector<double> cells = shares(bins, 0.5, false);
  EXPECT_EQ(cells[0], 0.0);
  EXPECT_NEAR(cells[1], 2 * band(0.5, 1), 1e-11);
  EXPECT_NEAR(cells[2], 2 * band(1, 3), 1e-11);
}

TEST(DisaggregationKernel, GivesEpsilonStarTheWholeExceedance) {
  const DisaggregationBins bins{{5, 6}, {0, 90}, {-3, -1, 1, 3}};
  const std::vector<double> cells = shares(bins, 0.5, true);
  EXPECT_EQ(cells[2], 0.0);
  EXPECT_NEAR(cells[1], 2 * band(0.5, 3), 1e-11);
}

TEST(DisaggregationKernel, PutsAMagnitudeOnAnEdgeBelowItAndADistanceAboveIt) {
  const DisaggregationBins bins{{5, 5.5, 6}, {0, 45, 90}, {-3, 3}};
  const std::vector<double> cells = shares(bins, 0.0, false);
  EXPECT_NEAR(cells[1], 1.0, 1e-11); // lower magnitude, farther distance
  EXPECT_NEAR(std::accumulate(cells.begin(), cells.end(), 0.0), 1.0, 1e-11);
}

TEST(DisaggregationKernel, AddsNothingAboveTheTruncation) {
  const DisaggregationBins bins{{5, 6}, {0, 90}, {-3, 3}};
  EXPECT_EQ(shares(bins, 3.1, false), (std::vector{0.0}));
}

} // namespace
} // namespace oq::engine
