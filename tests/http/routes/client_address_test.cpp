// Only a proxy that is trusted speaks for its clients, and only of the last one.
#include "http/routes/client_address.hpp"

#include <gtest/gtest.h>

namespace oq::http {
namespace {

TrustedProxies proxies(const std::vector<std::string>& items) {
  auto parsed = TrustedProxies::parse(items);
  EXPECT_TRUE(parsed) << parsed.error().text();
  return parsed ? *std::move(parsed) : TrustedProxies();
}
const TrustedProxies kProxies = proxies({"127.0.0.1", "::1"});

TEST(TrustedProxies, SpeakForTheirClients) {
  EXPECT_EQ(kProxies.client("127.0.0.1", "192.0.2.7"), "192.0.2.7");
  EXPECT_TRUE(kProxies.is_secure("127.0.0.1", "https"));
}

TEST(TrustedProxies, AreBelievedOnlyWhatTheyAddedThemselves) {
  EXPECT_EQ(kProxies.client("::1", "10.9.9.9, 192.0.2.7"), "192.0.2.7");
}

TEST(TrustedProxies, AreNotWhoeverSaysSo) {
  EXPECT_EQ(kProxies.client("192.0.2.1", "10.9.9.9"), "192.0.2.1");
  EXPECT_FALSE(kProxies.is_secure("192.0.2.1", "https"));
}

TEST(TrustedProxies, MayBeAWholeNetwork) {
  const auto inside = proxies({"10.1.0.0/16", "fd00::/8"});

  EXPECT_EQ(inside.client("10.1.2.3", "192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(inside.client("fd12::1", "192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(inside.client("::ffff:10.1.2.3", "192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(inside.client("10.2.2.3", "192.0.2.7"), "10.2.2.3");
  EXPECT_EQ(proxies({"0.0.0.0/0"}).client("fd12::1", "192.0.2.7"), "fd12::1");
}

TEST(TrustedProxies, AreAddressesAndNothingElse) {
  for (const auto* word :
       {"localhost", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "10.0.0", "::/129"})
    EXPECT_FALSE(TrustedProxies::parse({word})) << word;
  EXPECT_EQ(proxies({}).client("127.0.0.1", "192.0.2.7"), "127.0.0.1");
}

TEST(TrustedProxies, MayNameNobody) {
  EXPECT_EQ(kProxies.client("127.0.0.1", ""), "127.0.0.1");
  EXPECT_EQ(kProxies.client("127.0.0.1", "a, "), "127.0.0.1");
  EXPECT_EQ(kProxies.client("127.0.0.1", std::string(500, 'x')), "127.0.0.1");
  EXPECT_FALSE(kProxies.is_secure("127.0.0.1", "http"));
}

} // namespace
} // namespace oq::http
