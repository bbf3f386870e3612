// Any bytes become a JSON string.
#include "actors/json_string.hpp"

#include <gtest/gtest.h>

namespace oq::actors {
namespace {

TEST(JsonString, KeepsValidUtf8) {
  EXPECT_EQ(json_string("Classical PSHA \u2014 Area"), "\"Classical PSHA \u2014 Area\"");
  EXPECT_EQ(valid_utf8("\U0001F30D"), "\U0001F30D");
}

TEST(JsonString, EscapesQuotesAndControls) {
  EXPECT_EQ(json_string("a\"b\n"), R"("a\"b\n")");
}

TEST(JsonString, ReplacesWhatIsNotUtf8ByteByByte) {
  EXPECT_EQ(valid_utf8("caf\xe9"), "caf?");          // Latin-1
  EXPECT_EQ(valid_utf8("\xc0\xaf"), "??");           // overlong '/'
  EXPECT_EQ(valid_utf8("\xed\xa0\x80"), "???");      // a surrogate
  EXPECT_EQ(valid_utf8("\xf4\x90\x80\x80"), "????"); // beyond U+10FFFF
  EXPECT_EQ(valid_utf8("ab\xe2\x80"), "ab??");       // cut short
}

} // namespace
} // namespace oq::actors
