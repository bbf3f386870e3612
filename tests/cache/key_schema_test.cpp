// Reading what lies in Redis, whoever wrote it.
#include "cache/key_schema.hpp"

#include <gtest/gtest.h>

namespace oq::cache {
namespace {

using Texts = std::vector<std::optional<std::string>>;

TEST(KeySchema, NamesTheKeyOfASummary) {
  EXPECT_EQ(summary_key(42), "oq:calc:42:summary");
}

TEST(KeySchema, ReadsASummary) {
  const auto summary = read_summary(42, Texts{"7", "{}"});

  ASSERT_TRUE(summary);
  EXPECT_EQ(summary->calculation_id, 42);
  EXPECT_EQ(summary->revision, 7);
  EXPECT_EQ(summary->bytes, "{}");
}

TEST(KeySchema, WhatNoNodeWroteIsNoSummary) {
  const Texts strange[] = {{},
                           {"7"},
                           {std::nullopt, std::nullopt},
                           {"7", std::nullopt},
                           {std::nullopt, "{}"},
                           {"seven", "{}"},
                           {"-7", "{}"},
                           {"7 ", "{}"},
                           {"99999999999999999999", "{}"},
                           {"", "{}"},
                           {"7", std::string(kLargestSummaryBytes + 1, 'x')},
                           {"7", "{}", "more"}};
  for (const auto& texts : strange)
    EXPECT_FALSE(read_summary(42, texts));
}

TEST(KeySchema, ReadsANotice) {
  const auto notice = read_notice("42 7");

  ASSERT_TRUE(notice);
  EXPECT_EQ(notice->calculation_id, 42);
  EXPECT_EQ(notice->revision, 7);
}

TEST(KeySchema, WhatNoNodeSaidIsNoNotice) {
  for (const char* message :
       {"", " ", "42", "42 ", " 7", "42  7", "x 7", "42 x", "0 0", "-1 7", "42 7 9"})
    EXPECT_FALSE(read_notice(message)) << message;
}

} // namespace
} // namespace oq::cache
