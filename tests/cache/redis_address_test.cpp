// URLs of Redis servers.
#include "cache/redis_address.hpp"

#include "cache/open_cache.hpp"

#include <gtest/gtest.h>

namespace oq::cache {
namespace {

TEST(RedisAddress, ReadsASocket) {
  const auto address = parse_redis_url("unix:///run/redis/redis.sock?db=3");

  ASSERT_TRUE(address) << address.error().text();
  EXPECT_EQ(address->socket, "/run/redis/redis.sock");
  EXPECT_EQ(address->database, 3);
}

TEST(RedisAddress, ReadsHostPortDatabaseAndPassword) {
  const auto address = parse_redis_url("redis://oq:se:c@ret@10.0.0.1:6380/2");

  ASSERT_TRUE(address) << address.error().text();
  EXPECT_EQ(address->socket, "");
  EXPECT_EQ(address->host, "10.0.0.1");
  EXPECT_EQ(address->port, 6380);
  EXPECT_EQ(address->database, 2);
  EXPECT_EQ(address->user, "oq");
  EXPECT_EQ(address->password, "se:c@ret");
}

TEST(RedisAddress, HasTheUsualPortAndDatabase) {
  for (const char* url :
       {"redis://localhost", "redis://localhost/", "redis://:@localhost:6379/0"}) {
    const auto address = parse_redis_url(url);
    ASSERT_TRUE(address) << url;
    EXPECT_EQ(address->host, "localhost") << url;
    EXPECT_EQ(address->port, 6379) << url;
    EXPECT_EQ(address->database, 0) << url;
  }
}

TEST(RedisAddress, ReadsIpv6InBrackets) {
  EXPECT_EQ(parse_redis_url("redis://[::1]:7000")->host, "::1");
  EXPECT_EQ(parse_redis_url("redis://[::1]:7000")->port, 7000);
  EXPECT_EQ(parse_redis_url("redis://[::1]")->port, 6379);
}

TEST(RedisAddress, RefusesWhatIsNoAddress) {
  for (const char* url : {"", "redis", "http://localhost", "redis://", "redis://:6379",
                          "redis://h:0", "redis://h:65536", "redis://h:x", "redis://h/x",
                          "redis://h/-1", "unix://", "unix://relative", "unix:///s?db=x"}) {
    const auto address = parse_redis_url(url);
    ASSERT_FALSE(address) << url;
    EXPECT_EQ(address.error().code, Errc::invalid_input) << url;
  }
}

TEST(RedisAddress, ErrorsDoNotRepeatPasswords) {
  EXPECT_EQ(parse_redis_url("redis://:secret@h:x").error().text().find("secret"),
            std::string::npos);
}

TEST(OpenCache, NoneIsACacheWithoutAnything) {
  const auto cache = open_cache("none");

  ASSERT_TRUE(cache);
  EXPECT_FALSE((*cache)->healthy());
}

TEST(OpenCache, RefusesAnotherWord) {
  EXPECT_EQ(open_cache("nonsense").error().code, Errc::invalid_input);
}

} // namespace
} // namespace oq::cache
