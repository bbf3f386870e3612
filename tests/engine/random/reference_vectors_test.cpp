// The streams against vectors drawn with NumPy and SciPy: the same bits, the same decisions.
#include "engine/random/choice.hpp"
#include "engine/random/crc32.hpp"
#include "engine/random/gamma.hpp"
#include "engine/random/normal.hpp"
#include "engine/random/poisson.hpp"

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace oq::engine {
namespace {

namespace json = boost::json;

// Boost.JSON does not round every decimal to its nearest double, strtod does: numbers become texts.
std::string with_quoted_numbers(const std::string& text) {
  std::string quoted;
  bool in_string = false, in_number = false;
  for (const char c : text) {
    const bool digit =
      !in_string && std::string_view("+-.0123456789eE").find(c) != std::string_view::npos;
    if (digit != in_number)
      quoted += '"';
    in_number = digit;
    if (c == '"')
      in_string = !in_string;
    quoted += c;
  }
  return quoted;
}

double number(const json::value& value) {
  return std::strtod(value.as_string().c_str(), nullptr);
}

class ReferenceVectors : public ::testing::Test {
protected:
  void SetUp() override {
    const char* root = std::getenv("OQ_REFERENCE_DIR");
    if (root == nullptr)
      GTEST_SKIP() << "OQ_REFERENCE_DIR is not set: random streams were NOT compared";
    std::ifstream file(std::string(root) + "/rng_vectors.json");
    std::stringstream text;
    text << file.rdbuf();
    vectors_ = json::parse(with_quoted_numbers(text.str())).as_object();
    ASSERT_GE(vectors_.size(), 6U);
  }

  // Calls check(seed, values) for every seed that has a vector of that name.
  template <class Check>
  void each(const char* name, Check check) const {
    int compared = 0;
    for (const auto& [key, of_seed] : vectors_) {
      const auto* values = of_seed.as_object().if_contains(name);
      if (values == nullptr)
        continue;
      SCOPED_TRACE(std::string("seed ") + std::string(key));
      check(std::stoull(std::string(key)), values->as_array());
      ++compared;
    }
    EXPECT_GE(compared, 4);
  }

  template <class Generator, class Draw>
  void expect_equal(const char* name, Draw draw) const {
    each(name, [&](std::uint64_t seed, const json::array& values) {
      Generator generator(seed);
      for (const auto& value : values)
        EXPECT_EQ(draw(generator), number(value));
    });
  }

  json::object vectors_;
};

TEST_F(ReferenceVectors, UniformsOfPcg64AreEqual) {
  expect_equal<Pcg64>("pcg64_random", [](Pcg64& generator) {
    return generator.next_double();
  });
}

TEST_F(ReferenceVectors, UniformsOfPhiloxAreEqual) {
  expect_equal<Philox>("philox_random", [](Philox& generator) {
    return generator.next_double();
  });
}

// Ours come from layers computed in extended precision, NumPy's from a table of its time whose last
// digits are off: the decisions are the same, the deviates differ by 8e-15 of themselves.
constexpr double kLayerDigits = 2e-14;

TEST_F(ReferenceVectors, NormalsOfPcg64AgreeToTheDigitsOfTheTable) {
  each("pcg64_normal", [](std::uint64_t seed, const json::array& values) {
    Pcg64 generator(seed);
    for (const auto& value : values)
      EXPECT_NEAR(standard_normal(generator) / number(value), 1, kLayerDigits);
  });
}

TEST_F(ReferenceVectors, NormalsOfPhiloxAgreeToTheDigitsOfTheTable) {
  each("philox_normal", [](std::uint64_t seed, const json::array& values) {
    Philox generator(seed);
    for (const auto& value : values)
      EXPECT_NEAR(standard_normal(generator) / number(value), 1, kLayerDigits);
  });
}

TEST_F(ReferenceVectors, IntegersAreEqual) {
  expect_equal<Pcg64>("pcg64_integers_10000", [](Pcg64& generator) {
    return static_cast<double>(bounded_integer(generator, 10000));
  });
}

TEST_F(ReferenceVectors, TruncatedNormalsAgreeToTheirLastDigits) {
  each("truncnorm3", [](std::uint64_t seed, const json::array& values) {
    Pcg64 generator(seed);
    const TruncatedNormalSampler normal(3);
    for (const auto& value : values)
      EXPECT_NEAR(normal(generator), number(value), 2e-15);
  });
}

TEST_F(ReferenceVectors, PoissonCountsAreEqual) {
  each("pcg64_poisson", [](std::uint64_t seed, const json::array& rows) {
    for (const auto& row : rows) {
      Pcg64 generator(seed);
      for (const auto& count : row.at(1).as_array())
        EXPECT_EQ(static_cast<double>(poisson_count(generator, number(row.at(0)))), number(count));
    }
  });
}

TEST_F(ReferenceVectors, BetasAreEqual) {
  each("philox_beta", [](std::uint64_t seed, const json::array& rows) {
    Philox generator(seed);
    for (const auto& row : rows)
      EXPECT_DOUBLE_EQ(beta_deviate(generator, number(row.at(0)), number(row.at(1))),
                       number(row.at(2)));
  });
}

// The file does not say which probabilities were used: these are consistent with all its draws.
TEST_F(ReferenceVectors, WeightedChoicesAreEqual) {
  const std::vector<double> probabilities{0.5, 0.25, 0.15, 0.1};
  const WeightedChoice choice(probabilities);
  expect_equal<Philox>("philox_choice_p", [&](Philox& generator) {
    return static_cast<double>(choice(generator));
  });
}

TEST_F(ReferenceVectors, UniformsOfTheMersenneTwisterAreEqual) {
  each("mt19937_uniform", [](std::uint64_t seed, const json::array& rows) {
    MersenneTwister generator(static_cast<std::uint32_t>(seed));
    for (const auto& row : rows)
      for (const auto& value : row.as_array())
        EXPECT_EQ(generator.next_double(), number(value));
  });
}

TEST_F(ReferenceVectors, SeedsOfSourcesAreEqual) {
  for (const auto& [key, value] : vectors_.at("crc32").as_object()) {
    const std::string text(key);
    const auto at = text.rfind('@');
    const auto start = static_cast<std::uint32_t>(std::stoul(text.substr(at + 1)));
    EXPECT_EQ(crc32(text.substr(0, at), start), static_cast<std::uint32_t>(number(value))) << text;
  }
}

} // namespace
} // namespace oq::engine
