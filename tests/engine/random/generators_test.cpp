// The generators against values that their authors published.
#include "engine/random/crc32.hpp"
#include "engine/random/mersenne_twister.hpp"
#include "engine/random/pcg64.hpp"
#include "engine/random/philox.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

namespace oq::engine {
namespace {

using ::testing::ElementsAre;

template <class G>
std::vector<std::uint64_t> words(G& generator, int count) {
  std::vector<std::uint64_t> drawn;
  for (int i = 0; i < count; ++i)
    drawn.push_back(generator.next_uint64());
  return drawn;
}

// randutils' seed_seq_fe128 of O'Neill (2015), as quoted by NumPy's own test.
TEST(SeedSequence, GivesTheWordsOfItsReference) {
  const std::array<std::uint32_t, 4> entropy{3735928559U, 195939070U, 229505742U, 305419896U};
  std::array<std::uint32_t, 4> drawn{};

  SeedSequence(std::span<const std::uint32_t>(entropy)).generate(std::span<std::uint32_t>(drawn));

  EXPECT_THAT(drawn, ElementsAre(3914649087U, 576849849U, 3593928901U, 2229911004U));
}

TEST(SeedSequence, ReadsTheSameWordsInPairs) {
  std::array<std::uint32_t, 4> halves{};
  std::array<std::uint64_t, 2> whole{};

  SeedSequence(7).generate(std::span<std::uint32_t>(halves));
  SeedSequence(7).generate(std::span<std::uint64_t>(whole));

  EXPECT_EQ(whole[0], (std::uint64_t{halves[1]} << 32) | halves[0]);
  EXPECT_EQ(whole[1], (std::uint64_t{halves[3]} << 32) | halves[2]);
}

TEST(SeedSequence, DependsOnEveryWordOfALongSeed) {
  std::array<std::uint32_t, 5> seed{1, 2, 3, 4, 5};
  std::array<std::uint32_t, 1> first{}, second{};

  SeedSequence(std::span<const std::uint32_t>(seed)).generate(std::span<std::uint32_t>(first));
  seed[4] = 6;
  SeedSequence(std::span<const std::uint32_t>(seed)).generate(std::span<std::uint32_t>(second));

  EXPECT_NE(first[0], second[0]);
}

// Output of the pcg64 demonstration program, pcg-c test-high/expected, seeded with (42, 54).
TEST(Pcg64, GivesTheWordsOfTheReferenceProgram) {
  Pcg64 generator(42, 54);

  EXPECT_THAT(words(generator, 6),
              ElementsAre(0x86b1da1d72062b68U, 0x1304aa46c9853d39U, 0xa3670e9e0dd50358U,
                          0xf9090e529a7dae00U, 0xc85b9fd837996f2cU, 0x606121f8e3919196U));
}

TEST(Pcg64, KeepsTheSpareHalfAcrossWholeWords) {
  Pcg64 whole(1), halves(1);
  const auto expected = words(whole, 2);

  EXPECT_EQ(halves.next_uint32(), static_cast<std::uint32_t>(expected[0]));
  EXPECT_EQ(halves.next_uint64(), expected[1]);
  EXPECT_EQ(halves.next_uint32(), static_cast<std::uint32_t>(expected[0] >> 32));
}

// Random123's kat_vectors, philox4x64 with 10 rounds.
TEST(Philox, GivesTheKnownAnswers) {
  constexpr std::uint64_t ones = ~std::uint64_t{0};

  EXPECT_THAT(Philox::block({0, 0, 0, 0}, {0, 0}),
              ElementsAre(0x16554d9eca36314cU, 0xdb20fe9d672d0fdcU, 0xd7e772cee186176bU,
                          0x7e68b68aec7ba23bU));
  EXPECT_THAT(Philox::block({ones, ones, ones, ones}, {ones, ones}),
              ElementsAre(0x87b092c3013fe90bU, 0x438c3c67be8d0224U, 0x9cc7d7c69cd777b6U,
                          0xa09caebf594f0ba0U));
  EXPECT_THAT(Philox::block({0x243f6a8885a308d3U, 0x13198a2e03707344U, 0xa4093822299f31d0U,
                             0x082efa98ec4e6c89U},
                            {0x452821e638d01377U, 0xbe5466cf34e90c6cU}),
              ElementsAre(0xa528f45403e61d95U, 0x38c72dbd566e9788U, 0xa5a1610e72fd18b5U,
                          0x57bd43b5e52b7fe6U));
}

// The C++ standard fixes this generator and its seeding: the library's is another's program.
TEST(MersenneTwister, GivesTheWordsOfTheStandardLibrary) {
  for (const std::uint32_t seed : {0U, 1U, 5489U, 4294967295U}) {
    MersenneTwister ours(seed);
    std::mt19937 theirs(seed);
    for (int i = 0; i < 2000; ++i)
      ASSERT_EQ(ours.next_uint32(), theirs()) << "seed " << seed << ", draw " << i;
  }
}

// [rand.predef]: the 10000th word of a default-constructed mt19937.
TEST(MersenneTwister, GivesTheTenThousandthWordOfTheStandard) {
  MersenneTwister generator(5489);
  std::uint32_t last = 0;
  for (int i = 0; i < 10000; ++i)
    last = generator.next_uint32();

  EXPECT_EQ(last, 4123659995U);
}

TEST(Crc32, GivesTheCheckValueOfItsCatalogue) {
  EXPECT_EQ(crc32("123456789"), 0xcbf43926U);
  EXPECT_EQ(crc32(""), 0U);
}

TEST(Crc32, ContinuesFromAStartValue) {
  EXPECT_EQ(crc32("6789", crc32("12345")), crc32("123456789"));
}

} // namespace
} // namespace oq::engine
