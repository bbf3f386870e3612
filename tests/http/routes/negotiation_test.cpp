// Which form of an answer a client gets.
#include "http/routes/negotiation.hpp"

#include <gtest/gtest.h>

namespace oq::http {
namespace {

using actors::ContentCoding;

TEST(Negotiation, JsonIsForThoseWhoNameIt) {
  EXPECT_TRUE(prefers_json("application/json"));
  EXPECT_TRUE(prefers_json("application/json, text/javascript, */*; q=0.01"));
  EXPECT_FALSE(prefers_json("*/*"));
  EXPECT_FALSE(prefers_json(""));
  EXPECT_FALSE(prefers_json("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"));
  EXPECT_FALSE(prefers_json("application/json;q=0"));
  EXPECT_FALSE(prefers_json("application/octet-stream, application/json;q=0.5"));
}

TEST(Negotiation, ZstdIsForThoseWhoNameItAndGzipForTheOthers) {
  EXPECT_EQ(coding_for({"", "gzip, deflate", ""}), ContentCoding::gzip);
  EXPECT_EQ(coding_for({"", "gzip, zstd", ""}), ContentCoding::zstd);
  EXPECT_EQ(coding_for({"", "gzip, zstd;q=0.5", ""}), ContentCoding::gzip);
  EXPECT_EQ(coding_for({"", "GZIP;q=0.1", ""}), ContentCoding::gzip);
  EXPECT_EQ(coding_for({"", "gzip;q=0, identity", ""}), ContentCoding::identity);
  EXPECT_EQ(coding_for({"", "*", ""}), ContentCoding::identity);
  EXPECT_EQ(coding_for({"", "", ""}), ContentCoding::identity);
}

TEST(Negotiation, APartOfAFileIsOfItsPlainBytes) {
  EXPECT_EQ(coding_for({"", "gzip", "bytes=10-"}), ContentCoding::identity);
}

TEST(Negotiation, AnExtractionTakesNameAndQuery) {
  RouteMatch route;
  route.id = 7;
  route.rest = "agg_losses/structural";
  const auto extract =
    read_extract(route, "taxonomy=W%2B&taxonomy=*&kind=", {"application/json", "", ""});
  EXPECT_EQ(extract.id, 7);
  EXPECT_EQ(extract.what, "agg_losses/structural");
  EXPECT_EQ(extract.form, actors::ExtractForm::json);
  using Pair = std::pair<std::string, std::string>;
  EXPECT_EQ(extract.parameters,
            (std::vector<Pair>{{"taxonomy", "W+"}, {"taxonomy", "*"}, {"kind", ""}}));
}

} // namespace
} // namespace oq::http
