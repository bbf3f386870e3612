// Tests of amplified motions against sums of normal variables.
#include "engine/hazard/soil_kernel.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <unistd.h>

namespace oq::engine {
namespace {

constexpr double kNotTruncated = 99;

class SoilKernelTest : public ::testing::Test {
protected:
  ~SoilKernelTest() override {
    std::error_code ignored;
    std::filesystem::remove(file_, ignored);
  }

  SoilKernel kernel(const std::string& rows, double truncation_level = kNotTruncated,
                    SoilKernel::Parts parts = SoilKernel::Parts::exact) {
    std::string name = (std::filesystem::temp_directory_path() / "oq_soil_XXXXXX").string();
    ::close(::mkstemp(name.data()));
    file_ = name;
    std::ofstream(file_)
      << "#,,,,,\"vs30_ref=760\"\nampcode,from_mag,from_rrup,level,PGA,sigma_PGA\n"
      << rows;
    const Imt pga{};
    auto table = AmplificationTable::read(file_, {&pga, 1});
    EXPECT_TRUE(table) << (table ? "" : table.error().text());
    return SoilKernel(*std::move(table), {"A"}, levels_, truncation_level, parts);
  }

  std::vector<double> probabilities(const SoilKernel& kernel, double magnitude, double rrup) {
    std::vector<double> out(levels_.size());
    kernel.add_probabilities({0, magnitude, rrup, kMean, kSigma}, 0, 1.0, out);
    return out;
  }

  // Of a normal logarithm.
  static double exceedance(double level, double mean, double sigma) {
    return 0.5 * std::erfc((std::log(level) - mean) / sigma / std::sqrt(2.0));
  }

  static constexpr double kMean = -2, kSigma = 0.6;
  std::vector<double> levels_{0.01, 0.1, 0.2, 0.5, 1.0, 2.0};
  std::filesystem::path file_;
};

TEST_F(SoilKernelTest, DeviationsOfRockAndSoilAddInQuadrature) {
  const SoilKernel soil = kernel("A,0,0,0.01,1.5,0.3\nA,0,0,1,1.5,0.3\n");

  const std::vector<double> result = probabilities(soil, 6, 10);

  for (std::size_t i = 0; i < levels_.size(); ++i) {
    const double expected = exceedance(levels_[i], kMean + std::log(1.5), std::hypot(kSigma, 0.3));
    EXPECT_NEAR(result[i] / expected, 1.0, 1e-6) << levels_[i];
  }
}

// Bins of width h, each at its arithmetic middle: to second order a shift by h^2 / 8 and a variance
// of h^2 / 12 more.
TEST_F(SoilKernelTest, OpenQuakesBinsRaiseMotionsByTheirWidth) {
  const SoilKernel soil =
    kernel("A,0,0,0.01,1.5,0.3\nA,0,0,1,1.5,0.3\n", kNotTruncated, SoilKernel::Parts::of_openquake);
  const double width = std::log(300.0) / 29;

  const std::vector<double> result = probabilities(soil, 6, 10);

  for (std::size_t i = 0; i < levels_.size(); ++i) {
    const double mean = kMean + std::log(1.5) + width * width / 8;
    const double sigma = std::sqrt(kSigma * kSigma + 0.3 * 0.3 + width * width / 12);
    EXPECT_NEAR(result[i] / exceedance(levels_[i], mean, sigma), 1.0, 1e-3) << levels_[i];
  }
}

TEST_F(SoilKernelTest, TheLastFunctionWhoseMagnitudeAndDistanceAreReachedCounts) {
  const SoilKernel soil = kernel("A,4,0,0.1,1,0.3\nA,5.5,0,0.1,2,0.3\nA,5.5,20,0.1,3,0.3\n");
  const auto median = [&](double magnitude, double rrup) {
    const double poe = probabilities(soil, magnitude, rrup)[2];
    for (const double factor : {1.0, 2.0, 3.0})
      if (std::fabs(poe - exceedance(0.2, kMean + std::log(factor), std::hypot(kSigma, 0.3)))
          < 1e-7)
        return factor;
    return 0.0;
  };

  EXPECT_EQ(median(5.4, 50), 1);
  EXPECT_EQ(median(5.5, 19), 2);
  EXPECT_EQ(median(7, 20), 3);
}

TEST_F(SoilKernelTest, WithoutAmplificationTruncatedMotionsStayTruncated) {
  const SoilKernel soil = kernel("A,0,0,0.1,1,0.001\n", 2.0);

  const std::vector<double> result = probabilities(soil, 6, 10);

  EXPECT_NEAR(result[0], 1.0, 1e-12);
  EXPECT_EQ(result[5], 0.0); // 4.5 standard deviations above the mean
}

} // namespace
} // namespace oq::engine
