// Entity tags: equal for equal content only, and compared as RFC 9110 says.
#include "http/entity_tag.hpp"

#include <gtest/gtest.h>

#include <set>

namespace oq::http {
namespace {

TEST(ContentTag, IsAQuotedTokenThatContentDecides) {
  const auto tag = content_tag("{\"status\": \"executing\"}");

  EXPECT_EQ(tag.size(), 34u);
  EXPECT_EQ(tag.front(), '"');
  EXPECT_EQ(tag.back(), '"');
  EXPECT_EQ(tag, content_tag(std::string("{\"status\": ") + "\"executing\"}"));
}

TEST(ContentTag, DiffersWithEveryByteLengthAndHeader) {
  std::set<std::string> tags;
  std::string content(41, 'x');
  std::size_t contents = 0;
  for (std::size_t place = 0; place < content.size(); ++place)
    for (const char c : {'y', 'X', '\0', '\x01'}) {
      auto changed = content;
      changed[place] = c;
      tags.insert(content_tag(changed));
      ++contents;
    }
  for (std::size_t length = 0; length <= content.size(); ++length) {
    tags.insert(content_tag(std::string(length, 'x')));
    tags.insert(content_tag(std::string(length, '\0'), 1));
    contents += 2;
  }
  tags.insert(content_tag(content, 7));

  EXPECT_EQ(tags.size(), contents + 1);
}

TEST(IfNoneMatch, FindsTheTagInAListWeakOrStrong) {
  EXPECT_TRUE(names_tag("\"a\"", "\"a\""));
  EXPECT_TRUE(names_tag("W/\"a\"", "\"a\""));
  EXPECT_TRUE(names_tag("\"a\"", "W/\"a\""));
  EXPECT_TRUE(names_tag("\"b\", W/\"c\" ,,\"a\"", "\"a\""));
  EXPECT_TRUE(names_tag("\"with, comma\",\"a\"", "\"a\""));
  EXPECT_TRUE(names_tag("*", "\"a\""));
}

TEST(IfNoneMatch, OtherOrMalformedTagsNameNothing) {
  EXPECT_FALSE(names_tag("", "\"a\""));
  EXPECT_FALSE(names_tag("\"b\"", "\"a\""));
  EXPECT_FALSE(names_tag("\"aa\"", "\"a\""));
  EXPECT_FALSE(names_tag("a", "\"a\""));
  EXPECT_FALSE(names_tag("\"a", "\"a\""));
  EXPECT_FALSE(names_tag("w/\"a\"", "\"a\""));
  EXPECT_FALSE(names_tag("W/", "\"a\""));
  EXPECT_FALSE(names_tag("\"b\"\"a\"", "\"a\""));
  EXPECT_FALSE(names_tag("*, \"a\"", "\"a\""));
  EXPECT_FALSE(names_tag("\"x, \"a\"", "\"a\""));
}

} // namespace
} // namespace oq::http
