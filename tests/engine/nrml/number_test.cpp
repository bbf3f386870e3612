// Numbers of input files are finite decimals; everything else is refused with the text shown.
#include "engine/nrml/number.hpp"

#include <gmock/gmock.h>

namespace oq::engine {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(Number, AcceptsBlanksPlusAndExponents) {
  EXPECT_EQ(*parse_number(" +1.5e-2\n"), 0.015);
  EXPECT_EQ(*parse_number(".5"), 0.5);
  EXPECT_EQ(*parse_number("5."), 5.0);
}

TEST(Number, RefusesWhatIsNotFinite) {
  for (const char* text : {"nan", "NaN", "inf", "-Infinity", "1e999"})
    EXPECT_FALSE(parse_number(text)) << text;
}

TEST(Number, RefusesRubbish) {
  for (const char* text : {"", " ", "abc", "1.0x", "1 2", "+-1", "0x10", "1,5"})
    EXPECT_FALSE(parse_number(text)) << text;
}

TEST(Number, AnIntegerHasNoFraction) {
  EXPECT_EQ(*parse_integer(" -42 "), -42);
  EXPECT_FALSE(parse_integer("42.0"));
  EXPECT_FALSE(parse_integer("99999999999999999999"));
}

TEST(Number, ListsSplitAtBlanksAndOnRequestAtCommas) {
  EXPECT_THAT(*parse_numbers("1 2\n\t3"), ElementsAre(1, 2, 3));
  EXPECT_THAT(*parse_numbers("1, 2,3", ListSeparators::blanks_and_commas), ElementsAre(1, 2, 3));
  EXPECT_FALSE(parse_numbers("1,2"));
}

TEST(Number, AMessageShowsTheTextCutAndClean) {
  const auto refused = parse_number(std::string(5000, 'x') + "\x01");

  ASSERT_FALSE(refused);
  EXPECT_LT(refused.error().message.size(), 100u);
  EXPECT_THAT(parse_number("a\x01").error().message, HasSubstr("'a?'"));
}

TEST(Number, ACutNeverSplitsACharacter) {
  EXPECT_EQ(in_quotes(std::string(59, 'x') + "é and more"), "'" + std::string(59, 'x') + "…'");
}

} // namespace
} // namespace oq::engine
