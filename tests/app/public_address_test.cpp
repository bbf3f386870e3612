// Which addresses are of the open internet, kind by kind.
#include "app/public_address.hpp"

#include <gtest/gtest.h>

#include <arpa/inet.h>
#include <cstring>
#include <string>

namespace oq::app {
namespace {

bool is_public_text(const std::string& text) {
  sockaddr_storage storage{};
  if (text.find(':') == std::string::npos) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    EXPECT_EQ(::inet_pton(AF_INET, text.c_str(), &address.sin_addr), 1) << text;
    std::memcpy(&storage, &address, sizeof address);
  } else {
    sockaddr_in6 address{};
    address.sin6_family = AF_INET6;
    EXPECT_EQ(::inet_pton(AF_INET6, text.c_str(), &address.sin6_addr), 1) << text;
    std::memcpy(&storage, &address, sizeof address);
  }
  return is_public(reinterpret_cast<const sockaddr&>(storage));
}

TEST(PublicAddress, TheOpenInternetIs) {
  for (const auto* text :
       {"1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0",
        "172.15.255.255", "172.32.0.0", "192.167.255.255", "198.17.255.255", "198.20.0.0",
        "223.255.255.255", "2606:4700:4700::1111", "2a00:1450:4001:800::200e", "2001:4860::8888"})
    EXPECT_TRUE(is_public_text(text)) << text;
}

TEST(PublicAddress, WhatIsSetApartIsNot) {
  for (const auto* text :
       {"0.0.0.0",         "0.1.2.3",        "10.0.0.1",        "10.255.255.255",  "100.64.0.1",
        "100.127.255.255", "127.0.0.1",      "127.255.255.254", "169.254.169.254", "172.16.0.1",
        "172.31.255.255",  "192.0.0.8",      "192.0.2.1",       "192.88.99.1",     "192.168.0.1",
        "198.18.0.1",      "198.19.255.255", "198.51.100.1",    "203.0.113.1",     "224.0.0.1",
        "239.255.255.255", "240.0.0.1",      "255.255.255.255"})
    EXPECT_FALSE(is_public_text(text)) << text;
}

TEST(PublicAddress, WhatIsSetApartInIpv6IsNot) {
  for (const auto* text : {"::", "::1", "fe80::1", "fc00::1", "fd12:3456::1", "ff02::1",
                           "2001:db8::1", "2001::1", "2001:10::1", "100::1", "3fff::1", "5f00::1"})
    EXPECT_FALSE(is_public_text(text)) << text;
}

TEST(PublicAddress, AnIpv4AddressInIpv6IsJudgedAsWhatItIs) {
  EXPECT_FALSE(is_public_text("::ffff:127.0.0.1"));
  EXPECT_FALSE(is_public_text("::ffff:10.0.0.1"));
  EXPECT_FALSE(is_public_text("64:ff9b::169.254.169.254"));
  EXPECT_FALSE(is_public_text("2002:7f00:1::"));
  EXPECT_FALSE(is_public_text("::127.0.0.1"));
  EXPECT_TRUE(is_public_text("::ffff:8.8.8.8"));
}

TEST(PublicAddress, OtherFamiliesAreNot) {
  sockaddr address{};
  address.sa_family = AF_UNIX;
  EXPECT_FALSE(is_public(address));
}

} // namespace
} // namespace oq::app
