// What documents may not hold as it is.
#include "engine/base/markup.hpp"

#include <gtest/gtest.h>

namespace oq {
namespace {

TEST(Markup, NeitherEndsAnAttributeNorStartsATag) {
  EXPECT_EQ(escaped_markup(R"(a"b<c>&d)"), "a&quot;b&lt;c&gt;&amp;d");
}

TEST(Markup, LosesControlCharactersButLineEnds) {
  EXPECT_EQ(escaped_markup(std::string("a\0b\x1b\n\t\r", 7)), "a b \n\t\r");
}

} // namespace
} // namespace oq
