// Passwords are hashed with Argon2id, tokens are random and leave only a digest.
#include "actors/secrets.hpp"

#include "actors/identity.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace oq::actors {
namespace {

using ::testing::StartsWith;

constexpr PasswordCost kCheap{1, 8 * 1024};

TEST(Secrets, AHashIsOfItsPasswordOnly) {
  const auto hash = hash_password("correct horse", kCheap);

  ASSERT_TRUE(hash);
  EXPECT_TRUE(password_matches(*hash, "correct horse"));
  EXPECT_FALSE(password_matches(*hash, "correct hors"));
  EXPECT_FALSE(password_matches(*hash, ""));
}

TEST(Secrets, TheSamePasswordHasAnotherHashEachTime) {
  EXPECT_NE(*hash_password("x", kCheap), *hash_password("x", kCheap));
}

TEST(Secrets, TheUsualCostIsThatOfRfc9106ForInteractiveUse) {
  EXPECT_THAT(*hash_password("x"), StartsWith("$argon2id$v=19$m=65536,t=2,p=1$"));
}

TEST(Secrets, APasswordIsNeitherEmptyNorEndless) {
  EXPECT_EQ(hash_password("", kCheap).error().code, Errc::invalid_input);
  EXPECT_EQ(hash_password(std::string(kLongestPassword + 1, 'x'), kCheap).error().code,
            Errc::invalid_input);
}

TEST(Secrets, WhatIsNoHashMatchesNothing) {
  EXPECT_FALSE(password_matches("", ""));
  EXPECT_FALSE(password_matches("plain", "plain"));
  EXPECT_FALSE(password_matches(std::string(1000, '$'), "x"));
}

TEST(Secrets, TokensAre256RandomBitsThatCookiesTake) {
  std::set<std::string> tokens;
  for (int i = 0; i < 100; ++i)
    tokens.insert(new_token());

  EXPECT_EQ(tokens.size(), 100u);
  EXPECT_EQ(tokens.begin()->size(), 43u); // base64 of 32 bytes
  EXPECT_EQ(tokens.begin()->find_first_of("+/=; ,\""), std::string::npos);
}

TEST(Secrets, TheDigestIsSha256) {
  // FIPS 180-4, example of "abc".
  EXPECT_EQ(token_digest("abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

} // namespace
} // namespace oq::actors
