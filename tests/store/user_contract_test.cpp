// What a UserStore promises, in memory, in SQLite and in PostgreSQL.
#include "store/user_store.hpp"
#include "store_contract.hpp"
#include "support/memory_user_store.hpp"

namespace oq::store {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class UserContract : public ::testing::TestWithParam<std::string> {
protected:
  void SetUp() override {
    if (GetParam() == "memory") {
      memory_ = std::make_shared<oq::testing::MemoryUsers>();
      store_ = std::make_unique<oq::testing::MemoryUserStore>(memory_);
      return;
    }
    database_ = std::make_unique<FreshDatabase>(GetParam());
    auto opened = open_user_store(database_->url());
    ASSERT_TRUE(opened) << opened.error().text();
    store_ = *std::move(opened);
  }

  void add(const std::string& name, const std::vector<std::string>& groups = {}) {
    UserRecord user;
    user.name = name;
    user.password = "$argon2id$of " + name;
    user.groups = groups;
    ASSERT_TRUE(store_->add(user));
  }
  void let_time_pass(std::chrono::seconds time) {
    if (memory_) {
      memory_->now += time.count();
      return;
    }
    const auto earlier = std::to_string(std::chrono::microseconds(time).count());
    for (const char* table : {"login_session", "api_key"})
      database_->execute(std::string("UPDATE ") + table + " SET expires_at = expires_at - "
                         + earlier + " WHERE expires_at <> 0");
  }

  std::unique_ptr<FreshDatabase> database_; // null in memory
  std::shared_ptr<oq::testing::MemoryUsers> memory_;
  std::unique_ptr<UserStore> store_;
};
INSTANTIATE_TEST_SUITE_P(Databases, UserContract, ::testing::ValuesIn(stores()),
                         [](const auto& kind) {
                           return kind.param;
                         });

TEST_P(UserContract, AUserIsFoundAsAdded) {
  UserRecord user;
  user.name = "ann";
  user.password = "$argon2id$…";
  user.level = 2;
  user.superuser = true;
  user.groups = {"blue", "red"};
  ASSERT_TRUE(store_->add(user));

  const auto found = store_->find("ann");

  ASSERT_TRUE(found);
  EXPECT_EQ(found->password, user.password);
  EXPECT_EQ(found->level, 2);
  EXPECT_TRUE(found->superuser);
  EXPECT_FALSE(found->disabled);
  EXPECT_THAT(found->groups, ElementsAre("blue", "red"));
}

TEST_P(UserContract, ANameIsTakenOnce) {
  add("ann");
  UserRecord again;
  again.name = "ann";

  EXPECT_EQ(store_->add(again).error().code, Errc::conflict);
  EXPECT_EQ(store_->find("ann")->password, "$argon2id$of ann");
}

TEST_P(UserContract, WhoIsNotThereIsNotFound) {
  EXPECT_EQ(store_->find("ann").error().code, Errc::not_found);
  EXPECT_EQ(store_->change("ann", {}).error().code, Errc::not_found);
  EXPECT_EQ(store_->remove("ann").error().code, Errc::not_found);
  EXPECT_EQ(store_->open_session("ann", "d", 1h).error().code, Errc::not_found);
  EXPECT_EQ(store_->add_key("ann", "", "d", {}).error().code, Errc::not_found);
  EXPECT_EQ(store_->remove_key(1).error().code, Errc::not_found);
}

TEST_P(UserContract, AChangeLeavesTheRestAlone) {
  add("ann", {"blue"});
  UserChange change;
  change.level = 1;
  ASSERT_TRUE(store_->change("ann", change));

  const auto found = store_->find("ann");

  EXPECT_EQ(found->level, 1);
  EXPECT_EQ(found->password, "$argon2id$of ann");
  EXPECT_THAT(found->groups, ElementsAre("blue"));
}

TEST_P(UserContract, UsersAreListedByName) {
  add("bob");
  add("ann");
  std::vector<std::string> names;
  const auto users = store_->users();
  ASSERT_TRUE(users);
  for (const auto& user : *users)
    names.push_back(user.name);

  EXPECT_THAT(names, ElementsAre("ann", "bob"));
}

TEST_P(UserContract, ASessionKnowsItsUserAndTheColleagues) {
  add("ann", {"blue", "red"});
  add("bob", {"blue"});
  add("cid", {"red", "green"});
  add("eve", {"green"});
  ASSERT_TRUE(store_->open_session("ann", "digest", 1h));

  const auto known = store_->by_session("digest");

  ASSERT_TRUE(known);
  EXPECT_EQ(known->user.name, "ann");
  EXPECT_THAT(known->colleagues, ElementsAre("ann", "bob", "cid"));
}

TEST_P(UserContract, AUserOfNoGroupHasNoColleagues) {
  add("ann");
  add("bob");
  ASSERT_TRUE(store_->open_session("ann", "digest", 1h));

  EXPECT_THAT(store_->by_session("digest")->colleagues, IsEmpty());
}

TEST_P(UserContract, ASessionEnds) {
  add("ann");
  ASSERT_TRUE(store_->open_session("ann", "one", 1h));
  ASSERT_TRUE(store_->open_session("ann", "two", 3h));
  let_time_pass(2h);
  EXPECT_EQ(store_->by_session("one").error().code, Errc::not_found);
  EXPECT_TRUE(store_->by_session("two"));

  ASSERT_TRUE(store_->close_session("two"));

  EXPECT_EQ(store_->by_session("two").error().code, Errc::not_found);
  EXPECT_TRUE(store_->close_session("two")) << "and once more";
}

TEST_P(UserContract, ANewPasswordEndsSessionsButNotKeys) {
  add("ann");
  ASSERT_TRUE(store_->open_session("ann", "session", 1h));
  ASSERT_TRUE(store_->add_key("ann", "script", "key", {}));
  UserChange change;
  change.password = "$argon2id$another";
  ASSERT_TRUE(store_->change("ann", change));

  EXPECT_EQ(store_->by_session("session").error().code, Errc::not_found);
  EXPECT_TRUE(store_->by_key("key"));
}

TEST_P(UserContract, WhoIsDisabledIsKnownByNothing) {
  add("ann");
  ASSERT_TRUE(store_->open_session("ann", "session", 1h));
  ASSERT_TRUE(store_->add_key("ann", "script", "key", {}));
  UserChange change;
  change.disabled = true;
  ASSERT_TRUE(store_->change("ann", change));

  EXPECT_EQ(store_->by_session("session").error().code, Errc::not_found);
  EXPECT_EQ(store_->by_key("key").error().code, Errc::not_found);
}

TEST_P(UserContract, RemovalTakesSessionsAndKeysAlong) {
  add("ann", {"blue"});
  ASSERT_TRUE(store_->open_session("ann", "session", 1h));
  ASSERT_TRUE(store_->add_key("ann", "script", "key", {}));
  ASSERT_TRUE(store_->remove("ann"));
  add("ann");

  EXPECT_EQ(store_->by_session("session").error().code, Errc::not_found);
  EXPECT_EQ(store_->by_key("key").error().code, Errc::not_found);
  EXPECT_THAT(store_->find("ann")->groups, IsEmpty());
}

TEST_P(UserContract, KeysAreListedWithoutTheirDigestsAndTakenAway) {
  add("ann");
  add("bob");
  const auto first = store_->add_key("ann", "script", "one", {});
  ASSERT_TRUE(first);
  ASSERT_TRUE(store_->add_key("bob", "", "two", 24h));

  ASSERT_EQ(store_->keys("ann")->size(), 1u);
  EXPECT_EQ(store_->keys("ann")->front().label, "script");
  EXPECT_EQ(store_->keys("ann")->front().expires_at, 0);
  EXPECT_EQ(store_->keys("")->size(), 2u);
  ASSERT_TRUE(store_->remove_key(*first));

  EXPECT_EQ(store_->by_key("one").error().code, Errc::not_found);
  EXPECT_EQ(store_->by_key("two")->user.name, "bob");
}

TEST_P(UserContract, AKeyMayEnd) {
  add("ann");
  ASSERT_TRUE(store_->add_key("ann", "", "days", 24h));
  ASSERT_TRUE(store_->add_key("ann", "", "ever", {}));
  let_time_pass(25h);

  EXPECT_EQ(store_->by_key("days").error().code, Errc::not_found);
  EXPECT_TRUE(store_->by_key("ever"));
}

TEST_P(UserContract, SessionsAreNoKeys) {
  add("ann");
  ASSERT_TRUE(store_->open_session("ann", "digest", 1h));

  EXPECT_EQ(store_->by_key("digest").error().code, Errc::not_found);
}

} // namespace
} // namespace oq::store
