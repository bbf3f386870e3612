// Which pages a page of the list points at.
#include "http/routes/page_links.hpp"

#include <gtest/gtest.h>

namespace oq::http {
namespace {

std::string links(std::int64_t limit, std::int64_t offset, std::int64_t total,
                  const std::string& query = "") {
  PageQuery page{std::make_shared<const std::string>("http://h"), "/v1/calc/list", query, limit,
                 offset};
  return page_links(page, total);
}

TEST(PageLinks, TheFirstPagePointsOnward) {
  EXPECT_EQ(links(10, 0, 25), "<http://h/v1/calc/list?limit=10&offset=0>; rel=\"first\", "
                              "<http://h/v1/calc/list?limit=10&offset=10>; rel=\"next\", "
                              "<http://h/v1/calc/list?limit=10&offset=20>; rel=\"last\"");
}

TEST(PageLinks, TheLastPagePointsBack) {
  EXPECT_EQ(links(10, 20, 25), "<http://h/v1/calc/list?limit=10&offset=0>; rel=\"first\", "
                               "<http://h/v1/calc/list?limit=10&offset=10>; rel=\"prev\", "
                               "<http://h/v1/calc/list?limit=10&offset=20>; rel=\"last\"");
}

TEST(PageLinks, OnePageNeedsNone) {
  EXPECT_EQ(links(10, 0, 10), "");
  EXPECT_EQ(links(-1, 0, 1000), "");
  EXPECT_EQ(links(0, 0, 1000), "");
}

TEST(PageLinks, BeyondTheEndThePreviousPageIsTheLast) {
  EXPECT_NE(links(10, 500, 25).find("offset=20>; rel=\"prev\""), std::string::npos);
  EXPECT_EQ(links(10, 500, 25).find("next"), std::string::npos);
}

TEST(PageLinks, KeepTheFiltersAndEscapeThem) {
  const auto text =
    links(1, 0, 2, "calculation_mode=a%20b&limit=1&is_running=true&since=4&x=%3E%22%0D%0A");
  EXPECT_NE(text.find("?calculation_mode=a%20b&is_running=true&x=%3E%22%0D%0A&limit=1&offset=1>"),
            std::string::npos);
}

} // namespace
} // namespace oq::http
