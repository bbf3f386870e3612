// Counts, integers, betas and choices: their consumption, their bounds, their moments.
#include "engine/random/choice.hpp"
#include "engine/random/gamma.hpp"
#include "engine/random/poisson.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

namespace oq::engine {
namespace {

struct Moments {
  double mean = 0, variance = 0;
};

template <class Draw>
Moments moments(int count, Draw draw) {
  double sum = 0, squares = 0;
  for (int i = 0; i < count; ++i) {
    const double value = draw();
    sum += value;
    squares += value * value;
  }
  const double mean = sum / count;
  return {mean, squares / count - mean * mean};
}

// Five standard errors: with fixed seeds the outcome is always the same.
void expect_mean(const Moments& found, double mean, double variance, int count) {
  EXPECT_NEAR(found.mean, mean, 5 * std::sqrt(variance / count));
  EXPECT_NEAR(found.variance, variance, 0.05 * variance);
}

TEST(PoissonCount, OfMeanZeroConsumesNothing) {
  Pcg64 drawn(1), untouched(1);

  EXPECT_EQ(poisson_count(drawn, 0), 0);
  EXPECT_EQ(drawn.next_uint64(), untouched.next_uint64());
}

TEST(PoissonCount, HasItsMeanAndVarianceOnBothSidesOfTen) {
  constexpr int draws = 100000;
  for (const double mean : {0.1, 3.0, 9.99, 10.0, 250.0}) {
    Pcg64 generator(5);
    const auto found = moments(draws, [&] {
      return static_cast<double>(poisson_count(generator, mean));
    });
    expect_mean(found, mean, mean, draws);
  }
}

TEST(BoundedInteger, OfBoundOneConsumesNothing) {
  Pcg64 drawn(1), untouched(1);

  EXPECT_EQ(bounded_integer(drawn, 1), 0U);
  EXPECT_EQ(drawn.next_uint64(), untouched.next_uint64());
}

TEST(BoundedInteger, TakesHalvesLowFirstBelowTwoToThe32) {
  Pcg64 drawn(9), whole(9);
  const std::uint64_t word = whole.next_uint64();
  constexpr std::uint64_t bound = 1000;

  EXPECT_EQ(bounded_integer(drawn, bound), ((word & 0xffffffffU) * bound) >> 32);
  EXPECT_EQ(bounded_integer(drawn, bound), ((word >> 32) * bound) >> 32);
}

TEST(BoundedInteger, OfTwoToThe32IsOneHalf) {
  Pcg64 drawn(9), whole(9);

  EXPECT_EQ(bounded_integer(drawn, std::uint64_t{1} << 32), whole.next_uint64() & 0xffffffffU);
}

// 3 * 2^30 of 2^32: a quarter of the halves must be drawn again for the values to be equally
// likely.
TEST(BoundedInteger, RejectsWhatWouldBias) {
  constexpr std::uint64_t bound = 3ULL << 30;
  Pcg64 generator(2);
  std::array<int, 3> thirds{};
  for (int i = 0; i < 90000; ++i)
    ++thirds[bounded_integer(generator, bound) >> 30];

  for (const int count : thirds)
    EXPECT_NEAR(count, 30000, 5 * std::sqrt(30000 * 2. / 3));
}

TEST(BoundedInteger, ReachesBeyond32Bits) {
  constexpr std::uint64_t bound = 5ULL << 61; // not a power of two: some words are rejected
  Philox generator(2);
  constexpr int draws = 100000;
  const auto found = moments(draws, [&] {
    return static_cast<double>(bounded_integer(generator, bound)) / bound;
  });

  expect_mean(found, 0.5, 1. / 12, draws);
}

TEST(StandardExponential, HasMeanAndVarianceOne) {
  Philox generator(4);
  constexpr int draws = 200000;

  expect_mean(moments(draws,
                      [&] {
                        return standard_exponential(generator);
                      }),
              1, 1, draws);
}

TEST(StandardGamma, HasItsShapeAsMeanAndVariance) {
  constexpr int draws = 200000;
  for (const double shape : {0.3, 1.0, 2.5, 40.0}) {
    Philox generator(6);
    const auto found = moments(draws, [&] {
      return standard_gamma(generator, shape);
    });
    expect_mean(found, shape, shape, draws);
  }
}

TEST(BetaDeviate, HasItsMeanAndVariance) {
  constexpr int draws = 200000;
  for (const auto& [a, b] : {std::pair{0.4, 0.7}, {1.0, 1.0}, {0.5, 3.0}, {12.0, 5.0}}) {
    Philox generator(8);
    const auto found = moments(draws, [&, a = a, b = b] {
      return beta_deviate(generator, a, b);
    });
    expect_mean(found, a / (a + b), a * b / ((a + b) * (a + b) * (a + b + 1)), draws);
  }
}

TEST(WeightedChoice, TakesTheNextAlternativeAtItsEdge) {
  const std::array<double, 3> weights{1, 0, 3};
  const WeightedChoice choice(weights);

  EXPECT_EQ(choice.at(0.2499), 0U);
  EXPECT_EQ(choice.at(0.25), 2U);
  EXPECT_EQ(choice.at(1 - 0x1p-53), 2U);
}

TEST(EqualChoice, IsABoundedInteger) {
  MersenneTwister chosen(3), drawn(3);

  EXPECT_EQ(equal_choice(chosen, 17), bounded_integer(drawn, 17));
}

} // namespace
} // namespace oq::engine
