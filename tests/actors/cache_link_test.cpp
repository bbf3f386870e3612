// The cache as an actor: answers, silence, and what it could not take.
#include "actors/cache_link.hpp"

#include "actors/defaults.hpp"
#include "support/deterministic_actors.hpp"
#include "support/fake_summary_cache.hpp"

namespace oq::actors {
namespace {

class CacheLinkTest : public oq::testing::DeterministicActors {
protected:
  CacheLink spawn() { return owned(system().spawn(cache_link, cache)); }
  static SummaryPtr summary(std::int64_t id, std::int64_t revision) {
    return std::make_shared<const cache::Summary>(cache::Summary{id, revision, "{}"});
  }
  Result<SummaryPtr> get(const CacheLink& from, CalculationId id) {
    return ask<SummaryPtr>(from, get_atom::value, id);
  }

  std::shared_ptr<oq::testing::FakeSummaryCache> cache =
    std::make_shared<oq::testing::FakeSummaryCache>();
};

TEST_F(CacheLinkTest, GivesBackWhatWasPut) {
  const auto link = spawn();
  tell(link, put_atom::value, summary(3, 5));
  const auto got = get(link, 3);
  ASSERT_TRUE(got && *got);
  EXPECT_EQ((*got)->revision, 5);
  EXPECT_EQ(*get(link, 4), nullptr);
}

TEST_F(CacheLinkTest, WithoutACacheThereIsNothing) {
  cache = nullptr;
  const auto link = spawn();
  tell(link, put_atom::value, summary(3, 5));
  tell(link, drop_atom::value, CalculationId{3});
  EXPECT_EQ(*get(link, 3), nullptr);
}

TEST_F(CacheLinkTest, ASilentCacheIsARequestWithoutAnAnswer) {
  const auto link = spawn();
  cache->silent = true;
  auto pending = self()->request(link, kCacheTimeout, get_atom::value, CalculationId{3});
  run();
  Errc code = Errc::none;
  advance(kCacheTimeout);
  pending.receive(
    [](const SummaryPtr&) {
      FAIL() << "a silent cache answered";
    },
    [&](const caf::error& error) {
      code = from_caf(error).code;
    });
  EXPECT_EQ(code, Errc::timeout);
}

TEST_F(CacheLinkTest, WhatTheCacheRefusedHidesWhatItStillHolds) {
  const auto link = spawn();
  tell(link, put_atom::value, summary(3, 5));
  cache->refuses = true;
  tell(link, put_atom::value, summary(3, 6));
  EXPECT_EQ(*get(link, 3), nullptr);
}

TEST_F(CacheLinkTest, PutsAgainWhatWasRefusedOnceTheCacheIsBack) {
  const auto link = spawn();
  cache->refuses = true;
  tell(link, put_atom::value, summary(3, 6));
  cache->refuses = false;

  cache->notice(0, 0);
  run();

  EXPECT_EQ(cache->kept.at(3).revision, 6);
  EXPECT_EQ((*get(link, 3))->revision, 6);
}

TEST_F(CacheLinkTest, DroppedMeansGone) {
  const auto link = spawn();
  tell(link, put_atom::value, summary(3, 5));
  tell(link, drop_atom::value, CalculationId{3});
  EXPECT_EQ(*get(link, 3), nullptr);
  EXPECT_TRUE(cache->kept.empty());
}

TEST_F(CacheLinkTest, PassesNoticesToItsObservers) {
  const auto link = spawn();
  std::vector<std::pair<CalculationId, std::int64_t>> heard;
  const auto observer =
    owned(system().spawn([&heard](ChangeObserver::pointer) -> ChangeObserver::behavior_type {
      return {[&heard](notice_atom, CalculationId id, std::int64_t revision) {
        heard.emplace_back(id, revision);
      }};
    }));
  tell(link, observe_atom::value, observer);

  cache->notice(7, 2);
  run();

  EXPECT_EQ(heard, (std::vector<std::pair<CalculationId, std::int64_t>>{{7, 2}}));
}

} // namespace
} // namespace oq::actors
