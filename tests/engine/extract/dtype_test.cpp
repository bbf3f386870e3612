// Types as numpy describes them (numpy.dtype.descr), and elements as it lays them out.
#include "engine/extract/dtype.hpp"

#include <gtest/gtest.h>

namespace oq::engine {
namespace {

TEST(Dtype, DescribesNumbersAndTextsAsNumpyDoes) {
  EXPECT_EQ(Dtype::f4().descr(), "'<f4'");
  EXPECT_EQ(Dtype::u1().descr(), "'|u1'");
  EXPECT_EQ(Dtype::boolean().descr(), "'|b1'");
  EXPECT_EQ(Dtype::bytes(12).descr(), "'|S12'");
  EXPECT_EQ(Dtype::text(5).descr(), "'<U5'");
}

TEST(Dtype, DescribesNestedRecordsAndAddsUpTheirSizes) {
  const auto inner = Dtype::record({{"0.1", Dtype::f4()}, {"0.2", Dtype::f4()}});
  const auto type = Dtype::record({{"lon", Dtype::f8()}, {"SA(0.1)", inner}});
  EXPECT_EQ(type.descr(), "[('lon', '<f8'), ('SA(0.1)', [('0.1', '<f4'), ('0.2', '<f4')])]");
  EXPECT_EQ(type.size, 16u);
}

TEST(Dtype, NoWidthIsZero) {
  EXPECT_EQ(Dtype::bytes(0).size, 1u);
  EXPECT_EQ(longest_bytes({}), 1u);
}

TEST(Dtype, NamesThatAreNotPlainAsciiAreEscapedAsPythonReadsThem) {
  EXPECT_EQ(python_literal("it's \\ caf\xc3\xa9 \xf0\x9f\x8c\x8d"),
            "'it\\'s \\\\ caf\\u00e9 \\U0001f30d'");
  EXPECT_EQ(python_literal("\xff"), "'\\ufffd'");
}

TEST(Dtype, TextsAreCodePointsOfFourBytesAndAreCutOrPadded) {
  std::string out;
  append_text(out, "\xc3\xa9!", 3);
  EXPECT_EQ(out, std::string("\xe9\0\0\0!\0\0\0\0\0\0\0", 12));
  EXPECT_EQ(longest_text({"\xc3\xa9!", "x"}), 2u);
}

TEST(Dtype, BytesArePaddedWithNul) {
  std::string out;
  append_bytes(out, "ab", 3);
  append_bytes(out, "abcd", 3);
  EXPECT_EQ(out, std::string("ab\0abc", 6));
}

TEST(Dtype, NumbersAreLittleEndian) {
  std::string out;
  append_u4(out, 258);
  append_f4(out, 1.0);
  EXPECT_EQ(out, std::string("\x02\x01\0\0\0\0\x80\x3f", 8));
}

} // namespace
} // namespace oq::engine
