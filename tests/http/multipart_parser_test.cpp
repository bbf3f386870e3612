// Multipart bodies whole, split at every place, and malformed.
#include "http/multipart_parser.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace oq::http {
namespace {

struct Collected final : PartSink {
  struct Item {
    PartHead head;
    std::string bytes;
  };
  std::vector<Item> items;

  Refusal begin_part(PartHead head) override {
    items.push_back({std::move(head), {}});
    return {};
  }
  Refusal part_bytes(std::string_view bytes) override {
    items.back().bytes += bytes;
    return {};
  }
};

int parse(std::string_view body, Collected& parts, std::size_t piece = 1 << 20) {
  MultipartParser parser("XX", 1000, parts);
  for (std::size_t at = 0; at < body.size(); at += piece)
    if (const Refusal refusal = parser.feed(body.substr(at, piece)))
      return refusal.status;
  return parser.finish().status;
}

int status_of(std::string_view body) {
  Collected parts;
  return parse(body, parts);
}

const std::string kTwoParts =
  "preamble\r\n--XX\r\n"
  "Content-Disposition: form-data; name=\"job\"; filename=\"a b.ini\"\r\n"
  "Content-Type: text/plain\r\n\r\n"
  "line\r\n--X\r\n-- XX\r\n\r\n"
  "\r\n--XX \t\r\n"
  "content-disposition: form-data; name=empty\r\n\r\n"
  "\r\n--XX--\r\nepilogue --XX\r\n";

TEST(MultipartParser, FindsPartsWhereverTheBodyIsSplit) {
  for (std::size_t piece = 1; piece <= kTwoParts.size(); ++piece) {
    Collected parts;
    ASSERT_EQ(parse(kTwoParts, parts, piece), 0) << piece;
    ASSERT_EQ(parts.items.size(), 2u) << piece;
    ASSERT_EQ(parts.items[0].bytes, "line\r\n--X\r\n-- XX\r\n\r\n") << piece;
    ASSERT_EQ(parts.items[1].bytes, "") << piece;
  }
}

TEST(MultipartParser, ReadsNameFilenameAndType) {
  Collected parts;

  parse(kTwoParts, parts);

  EXPECT_EQ(parts.items[0].head.name, "job");
  EXPECT_EQ(parts.items[0].head.filename, "a b.ini");
  EXPECT_EQ(parts.items[0].head.content_type, "text/plain");
  EXPECT_EQ(parts.items[1].head.name, "empty");
  EXPECT_EQ(parts.items[1].head.filename, std::nullopt);
}

TEST(MultipartParser, ReadsQuotedAndExtendedFilenames) {
  Collected parts;

  parse("--XX\r\nContent-Disposition: form-data; name=\"a\\\"b\"; filename=\"x;y.zip\"; "
        "filename*=UTF-8''na%C3%AFve.zip\r\n\r\n1\r\n--XX--",
        parts);

  ASSERT_EQ(parts.items.size(), 1u);
  EXPECT_EQ(parts.items[0].head.name, "a\"b");
  EXPECT_EQ(parts.items[0].head.filename, "na\xc3\xafve.zip");
}

TEST(MultipartParser, RefusesMalformedBodies) {
  EXPECT_EQ(status_of(""), 400);
  EXPECT_EQ(status_of("no boundary at all"), 400);
  EXPECT_EQ(status_of("--XX\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nno end"), 400);
  EXPECT_EQ(status_of("--XX\r\n\r\nno head\r\n--XX--"), 400);
  EXPECT_EQ(status_of("--XX\r\nContent-Disposition: attachment; name=a\r\n\r\n1\r\n--XX--"), 400);
  EXPECT_EQ(status_of("--XX\r\nContent-Disposition: form-data\r\n\r\n1\r\n--XX--"), 400);
  EXPECT_EQ(status_of("--XX\r\nno colon\r\n\r\n1\r\n--XX--"), 400);
  EXPECT_EQ(status_of("--XXtra\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--XX--"), 400);
}

TEST(MultipartParser, RefusesAnEndlessPartHead) {
  EXPECT_EQ(status_of("--XX\r\nA: " + std::string(5000, 'a')), 431);
  EXPECT_EQ(status_of("--XX" + std::string(5000, ' ')), 400);
}

TEST(MultipartParser, MeasuresTheHeadOfAPartTheSameInWhateverPiecesItComes) {
  const std::string start = "--XX\r\nContent-Disposition: form-data; name=a\r\nX: ";
  for (std::size_t filling = 940; filling < 970; ++filling) {
    const auto body = start + std::string(filling, 'x') + "\r\n\r\n\r\n--XX--";
    const int whole = status_of(body);
    for (const std::size_t piece : {1, 2, 3, 7}) {
      Collected parts;
      EXPECT_EQ(parse(body, parts, piece), whole) << filling << " in pieces of " << piece;
    }
  }
  EXPECT_EQ(status_of(start + std::string(940, 'x') + "\r\n\r\n\r\n--XX--"), 0);
  EXPECT_EQ(status_of(start + std::string(969, 'x') + "\r\n\r\n\r\n--XX--"), 431);
}

TEST(MultipartParser, BlanksBehindABoundaryHaveABound) {
  for (const std::size_t blanks : {10, 999, 1000, 1001, 2000}) {
    const auto body = "--XX" + std::string(blanks, ' ')
                      + "\r\nContent-Disposition: form-data; name=a\r\n\r\n\r\n--XX--";
    for (const std::size_t piece : {std::size_t{1}, std::size_t{7}, body.size()}) {
      Collected parts;
      EXPECT_EQ(parse(body, parts, piece), blanks <= 1000 ? 0 : 400) << blanks << ' ' << piece;
    }
  }
}

TEST(MultipartParser, SurvivesEveryByteAtEveryPlace) {
  for (std::size_t place = 0; place < kTwoParts.size(); ++place)
    for (int byte = 0; byte < 256; ++byte) {
      std::string changed = kTwoParts;
      changed[place] = static_cast<char>(byte);
      Collected parts;
      parse(changed, parts, 11);
      ASSERT_LE(parts.items.size(), 2u);
    }
}

TEST(MultipartBoundary, IsTakenFromTheContentType) {
  EXPECT_EQ(multipart_boundary("multipart/form-data; boundary=abc"), "abc");
  EXPECT_EQ(multipart_boundary("Multipart/Form-Data; charset=x; Boundary=\"a b;c\""), "a b;c");
  EXPECT_EQ(multipart_boundary("multipart/form-data"), "");
  EXPECT_EQ(multipart_boundary("multipart/form-data; boundary=" + std::string(71, 'a')), "");
  EXPECT_EQ(multipart_boundary("text/plain; boundary=abc"), std::nullopt);
  EXPECT_EQ(multipart_boundary(""), std::nullopt);
}

} // namespace
} // namespace oq::http
