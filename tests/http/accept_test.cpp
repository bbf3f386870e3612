// Quality values of a list.
#include "http/accept.hpp"

#include <gtest/gtest.h>

namespace oq::http {
namespace {

TEST(Quality, IsOneWithoutAValue) {
  EXPECT_EQ(quality_of("gzip", "gzip"), 1);
  EXPECT_EQ(quality_of(" br , GZip ; level=3", "gzip"), 1);
}

TEST(Quality, IsTheValueOfThatName) {
  EXPECT_DOUBLE_EQ(quality_of("br;q=0.2, gzip; q=0.7", "gzip"), 0.7);
  EXPECT_DOUBLE_EQ(quality_of("text/html;level=1;Q=0.4", "text/html"), 0.4);
}

TEST(Quality, IsZeroOfWhatIsAbsentRefusedOrMalformed) {
  for (const char* header :
       {"", "br", "gzip;q=0", "gzip;q=x", "gzip;q=", "gzip;q=-1", "gzipx", ",;,", ";q=1"})
    EXPECT_EQ(quality_of(header, "gzip"), 0) << header;
}

TEST(Quality, IsNeverAboveOne) {
  EXPECT_EQ(quality_of("gzip;q=7", "gzip"), 1);
}

} // namespace
} // namespace oq::http
