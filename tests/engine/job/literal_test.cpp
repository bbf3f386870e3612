// Python literals are read as data; nothing else is understood.
#include "engine/job/literal.hpp"

#include "engine/base/json.hpp"

#include <gmock/gmock.h>

namespace oq::engine {
namespace {

using ::testing::HasSubstr;

std::string as_json(std::string_view text) {
  const auto value = parse_literal(text);
  if (const auto* error = std::get_if<LiteralError>(&value))
    return "error: " + error->message;
  return json_text(std::get<boost::json::value>(value));
}

TEST(Literal, NumbersKeepTheirKind) {
  EXPECT_EQ(as_json("[10, 10.0, -1e-5, +3]"), "[10, 10.0, -1e-05, 3]");
}

TEST(Literal, DictionariesTuplesAndTrailingCommas) {
  EXPECT_EQ(as_json("{'default': [(5, 0), (6, 150),], \"x\": (1,), 0: (2)}"),
            R"({"default": [[5, 0], [6, 150]], "x": [1], "0": 2})");
}

TEST(Literal, WordsOfPythonAndJson) {
  EXPECT_EQ(as_json("[True, false, None, null]"), "[true, false, null, null]");
}

TEST(Literal, StringsKnowThreeEscapes) {
  EXPECT_EQ(as_json(R"(['it\'s', "\\"])"), R"(["it's", "\\"])");
  EXPECT_THAT(as_json(R"('\x41')"), HasSubstr("error"));
}

TEST(Literal, AScaleEndsWhereItSays) {
  const auto values = logscale(0.005, 2.13, 45);

  ASSERT_EQ(values.size(), 45u);
  EXPECT_EQ(values.front(), 0.005);
  EXPECT_NEAR(values.back(), 2.13, 1e-15);
  EXPECT_NEAR(values[22] * values[22], 0.005 * 2.13, 1e-15); // the geometric middle
}

TEST(Literal, ALinearScaleHasEqualSteps) {
  EXPECT_EQ(as_json("linscale(0, 1, 5)"), "[0.0, 0.25, 0.5, 0.75, 1.0]");
}

TEST(Literal, ScalesCheckTheirArguments) {
  for (const char* text :
       {"logscale(0, 1, 5)", "logscale(2, 1, 5)", "logscale(1, 2, 1)", "logscale(1, 2)", "logscale",
        "linscale(1, 1, 3)", "logscale(1, 2, 2.5)", "logscale(1, 2, 999999999)"})
    EXPECT_THAT(as_json(text), HasSubstr("error")) << text;
}

TEST(Literal, WhatIsNoLiteralIsRefused) {
  for (const char* text : {"", "[", "[1", "{1", "{'a'}", "{'a' 1}", "[1 2]", "open('x')", "1 + 1",
                           "nan", "[inf]", "'open", "[1]]", "{[1]: 2}", "__import__"})
    EXPECT_THAT(as_json(text), HasSubstr("error")) << text;
}

TEST(Literal, AKeyTwiceIsRefused) {
  EXPECT_THAT(as_json("{'a': 1, 'a': 2}"), HasSubstr("'a' is given twice"));
}

TEST(Literal, DepthAndSizeAreBounded) {
  EXPECT_THAT(as_json(std::string(100'000, '[')), HasSubstr("nested too deeply"));
  std::string many = "[";
  for (int i = 0; i < 200; ++i)
    many += "logscale(1, 2, 9999),";
  EXPECT_THAT(as_json(many + "]"), HasSubstr("too many values"));
}

TEST(Literal, AnErrorKnowsItsLine) {
  const auto value = parse_literal("{\n'a': 1,\n'b': oops}");

  ASSERT_TRUE(std::holds_alternative<LiteralError>(value));
  EXPECT_EQ(std::get<LiteralError>(value).line, 2);
}

} // namespace
} // namespace oq::engine
