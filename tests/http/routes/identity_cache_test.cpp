// What is remembered is short-lived, and forgotten at once where a session ends.
#include "http/routes/identity_cache.hpp"

#include <gtest/gtest.h>

namespace oq::http {
namespace {

using namespace std::chrono_literals;
using actors::Credential;

const Credential kSession{Credential::Kind::session, "digest"};
constexpr IdentityCache::Instant kNow{1000s};

actors::ViewerPtr ann() {
  static const auto viewer =
    std::make_shared<const actors::Viewer>(actors::Viewer{"ann", 0, false, {}});
  return viewer;
}

TEST(IdentityCache, RemembersForAMoment) {
  IdentityCache cache;
  cache.put(kSession, ann(), kNow);

  EXPECT_EQ(cache.find(kSession, kNow + 4s), ann());
  EXPECT_EQ(cache.find(kSession, kNow + IdentityCache::kRemembered), nullptr);
}

TEST(IdentityCache, KnowsNobodyByAnothersCredential) {
  IdentityCache cache;
  cache.put(kSession, ann(), kNow);

  EXPECT_EQ(cache.find({Credential::Kind::key, "digest"}, kNow), nullptr);
  EXPECT_EQ(cache.find({Credential::Kind::session, "other"}, kNow), nullptr);
}

TEST(IdentityCache, ForgetsAtOnce) {
  IdentityCache cache;
  cache.put(kSession, ann(), kNow);
  cache.forget(kSession, kNow + 1s);

  EXPECT_EQ(cache.find(kSession, kNow + 1s), nullptr);
}

TEST(IdentityCache, AnAnswerThatWasOnItsWayDoesNotBringASessionBack) {
  IdentityCache cache;
  cache.forget(kSession, kNow + 1s);
  cache.put(kSession, ann(), kNow);

  EXPECT_EQ(cache.find(kSession, kNow + 1s), nullptr);
}

TEST(IdentityCache, IsBounded) {
  IdentityCache cache;
  for (std::size_t i = 0; i <= IdentityCache::kMost; ++i)
    cache.put({Credential::Kind::session, std::to_string(i)}, ann(), kNow);

  EXPECT_EQ(cache.find({Credential::Kind::session, "0"}, kNow), nullptr);
  EXPECT_EQ(cache.find({Credential::Kind::session, std::to_string(IdentityCache::kMost)}, kNow),
            ann());
}

} // namespace
} // namespace oq::http
