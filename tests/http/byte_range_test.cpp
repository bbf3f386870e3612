// Range headers against a size (RFC 9110, 14.1.2 gives the examples).
#include "http/byte_range.hpp"

#include "http/http_date.hpp"

#include <gtest/gtest.h>

namespace oq::http {
namespace {

using Kind = RangeOutcome::Kind;

TEST(ByteRange, SelectsFirstMiddleAndLastBytes) {
  EXPECT_EQ(select_range("bytes=0-499", 10000).range, (ByteRange{0, 500}));
  EXPECT_EQ(select_range("bytes=500-999", 10000).range, (ByteRange{500, 500}));
  EXPECT_EQ(select_range("bytes=-500", 10000).range, (ByteRange{9500, 500}));
  EXPECT_EQ(select_range("bytes=9500-", 10000).range, (ByteRange{9500, 500}));
  EXPECT_EQ(select_range("bytes=9500-99999", 10000).range, (ByteRange{9500, 500}));
  EXPECT_EQ(select_range("bytes=-99999", 10000).range, (ByteRange{0, 10000}));
}

TEST(ByteRange, IsUnsatisfiableBeyondTheEnd) {
  EXPECT_EQ(select_range("bytes=10000-", 10000).kind, Kind::unsatisfiable);
  EXPECT_EQ(select_range("bytes=0-", 0).kind, Kind::unsatisfiable);
  EXPECT_EQ(select_range("bytes=-0", 10000).kind, Kind::unsatisfiable);
  EXPECT_EQ(select_range("bytes=99999999999999999999-", 10000).kind, Kind::unsatisfiable);
}

TEST(ByteRange, IsIgnoredWhenMalformedOrManifold) {
  for (const char* header : {"", "bytes", "bytes=", "bytes=-", "bytes=a-b", "bytes=5-4", "bytes=1",
                             "items=0-5", "bytes=0-1,3-4", "bytes=0-5x", "bytes=--5"})
    EXPECT_EQ(select_range(header, 100).kind, Kind::whole) << header;
}

TEST(HttpDate, IsWrittenAsTheStandardShows) {
  EXPECT_EQ(http_date(784111777), "Sun, 06 Nov 1994 08:49:37 GMT");
}

} // namespace
} // namespace oq::http
