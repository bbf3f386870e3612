// The ini dialect: merged sections, whole-line comments, continuation lines, and exact line
// numbers.
#include "engine/job/ini.hpp"

#include <gmock/gmock.h>

namespace oq::engine {
namespace {

using ::testing::HasSubstr;

std::vector<RawOption> options(std::string_view text) {
  auto parsed = parse_ini(text, "job.ini");
  EXPECT_TRUE(parsed) << parsed.error().text();
  return parsed ? *parsed : std::vector<RawOption>{};
}

Error refusal(std::string_view text) {
  const auto parsed = parse_ini(text, "job.ini");
  EXPECT_FALSE(parsed);
  return parsed ? Error{} : parsed.error();
}

TEST(Ini, MergesSectionsAndCountsLines) {
  const auto found = options("[a]\nx = 1\n\n[b]\ny=2\n");

  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].name, "x");
  EXPECT_EQ(found[1].value, "2");
  EXPECT_EQ(found[1].line, 5);
}

TEST(Ini, NamesHaveNoCase) {
  EXPECT_EQ(options("Calculation_Mode = Classical")[0].name, "calculation_mode");
  EXPECT_EQ(options("Calculation_Mode = Classical")[0].value, "Classical");
}

TEST(Ini, CommentsStandAtTheBeginningOfALineOnly) {
  const auto found = options("# x = 1\n; y = 2\nz = 3 # not a comment\n");

  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].value, "3 # not a comment");
}

TEST(Ini, IndentedLinesContinueAValueAndKeepItsLines) {
  const auto found = options("x = {\n  'a': 1,\n  # why\n\n  'b': 2}\ny = 3\n");

  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].value, "{\n'a': 1,\n\n\n'b': 2}");
  EXPECT_EQ(found[1].line, 6);
}

TEST(Ini, EquallyIndentedLinesAreOptions) {
  EXPECT_EQ(options("[a]\n  x = 1\n  y = 2\n").size(), 2u);
}

TEST(Ini, AcceptsByteOrderMarkCarriageReturnsAndColons) {
  const auto found = options("\xEF\xBB\xBF[a]\r\nx : 1\r\n");

  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].value, "1");
}

TEST(Ini, ANameTwiceIsAnErrorEvenAcrossSections) {
  const Error error = refusal("[a]\nx = 1\n[b]\nX = 2\n");

  EXPECT_EQ(error.where, "job.ini:4");
  EXPECT_THAT(error.message, HasSubstr("'x' is given twice, first on line 2"));
}

TEST(Ini, ALineWithoutEqualsIsAnError) {
  EXPECT_EQ(refusal("x = 1\nrubbish\n").where, "job.ini:2");
  EXPECT_EQ(refusal("= 1\n").where, "job.ini:1");
}

TEST(Ini, BinaryTextIsRefused) {
  EXPECT_THAT(refusal("x = 1\ny = \xFF\xFE").where, "job.ini:2");
  EXPECT_EQ(refusal(std::string_view("PK\x03\x04\0\0", 6)).code, Errc::invalid_input);
}

TEST(Ini, SizeIsBounded) {
  EXPECT_THAT(refusal(std::string((4u << 20) + 1, ' ')).message, HasSubstr("larger than"));
  std::string many;
  for (int i = 0; i < 2001; ++i)
    many += "x" + std::to_string(i) + " = 1\n";
  EXPECT_THAT(refusal(many).message, HasSubstr("more than 2000 options"));
}

} // namespace
} // namespace oq::engine
