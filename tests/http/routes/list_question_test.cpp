// Filters and paging of the lists, and their refusals.
#include "http/routes/list_question.hpp"

#include <gtest/gtest.h>

namespace oq::http {
namespace {

using actors::ListKind;

TEST(ListQuestion, ReadsEveryFilter) {
  const auto question = read_list_question(
    ListKind::modern, "calculation_mode=classical&is_running=true&limit=5&"
                      "offset=10&order_by=owner&order_dir=ASC&start_time=2026-11-22");

  ASSERT_TRUE(question);
  EXPECT_EQ(question->calculation_mode, "classical");
  EXPECT_EQ(question->is_running, true);
  EXPECT_EQ(question->limit, 5);
  EXPECT_EQ(question->offset, 10);
  EXPECT_EQ(question->order, actors::ListOrder::owner);
  EXPECT_EQ(question->ascending, true);
  EXPECT_EQ(question->started_since, 1795305600000000); // date -u -d 2026-11-22 +%s
}

TEST(ListQuestion, ReadsTheFiltersOfTheNewestClients) {
  const auto question = read_list_question(
    ListKind::modern,
    "filter_by_tag=my+plan&preferred_only=1&user_name_like=ann%25&include_shared=0");

  ASSERT_TRUE(question);
  EXPECT_EQ(question->tag, "my plan");
  EXPECT_TRUE(question->preferred_only);
  EXPECT_EQ(question->owner_like, "ann%");
  EXPECT_FALSE(question->include_shared);
}

TEST(ListQuestion, IgnoresWhatItDoesNotKnow) {
  const auto question =
    read_list_question(ListKind::modern, "relevant=true&job_type=hazard&bogus=1&limit=");

  ASSERT_TRUE(question);
  EXPECT_FALSE(question->limit);
}

TEST(ListQuestion, RefusesMalformedValuesByName) {
  for (const auto* query :
       {"limit=abc", "limit=-2", "offset=-1", "is_running=maybe", "start_time=yesterday",
        "start_time=2026-13-01", "order_by=password", "limit=99999999999999999999"}) {
    const auto question = read_list_question(ListKind::modern, query);
    ASSERT_FALSE(question) << query;
    EXPECT_EQ(question.error().code, Errc::invalid_input);
    EXPECT_EQ(question.error().where, std::string(query).substr(0, std::string(query).find('=')));
  }
}

TEST(ListQuestion, FoundingListsHaveNoFilters) {
  const auto question = read_list_question(ListKind::seed_hazard, "limit=abc");

  ASSERT_TRUE(question);
  EXPECT_FALSE(question->limit);
}

TEST(ListQuestion, ATimeIsNothingButATime) {
  for (const auto* text : {"2026%27%20OR%20%271%27=%271", "2026;", "2026-11-22x"})
    EXPECT_FALSE(read_list_question(actors::ListKind::modern, std::string("start_time=") + text))
      << text;
}

} // namespace
} // namespace oq::http
