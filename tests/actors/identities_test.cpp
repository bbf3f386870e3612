// Who is behind a credential, what they are to a calculation, and how a login ends.
#include "actors/identities.hpp"

#include "actors/login_desk.hpp"
#include "support/deterministic_actors.hpp"
#include "support/memory_store.hpp"
#include "support/memory_user_store.hpp"

namespace oq::actors {
namespace {

using namespace std::chrono_literals;
using Outcome = LogInAnswer::Outcome;

constexpr PasswordCost kCheap{1, 8 * 1024};

template <class T>
class KeepingSink : public Sink<T> {
public:
  void deliver(T answer) override { got = std::move(answer); }
  std::optional<T> got;
};

class IdentitiesTest : public oq::testing::DeterministicActors {
protected:
  IdentitiesTest() {
    add("ann", "secret", {"blue"});
    add("bob", "other", {"blue"});
    add("eve", "third", {});
    store::CalculationRecord record;
    record.owner = "ann";
    id_ = *store_.create(record);
    identities_ = owned(system().spawn(identities, users_factory(), [tables = store_.tables()] {
      return Result<std::unique_ptr<store::CalculationStore>>(
        std::make_unique<oq::testing::MemoryStore>(tables));
    }));
    LogInRules rules;
    rules.tries_by_name = 3;
    rules.tries_by_address = 5;
    rules.window = 60s;
    rules.lifetime = 1h;
    rules.cost = kCheap;
    desk_ = owned(system().spawn(login_desk, users_factory(), rules));
  }

  UserStoreFactory users_factory() {
    return [tables = users_] {
      return Result<std::unique_ptr<store::UserStore>>(
        std::make_unique<oq::testing::MemoryUserStore>(tables));
    };
  }
  void add(const std::string& name, const std::string& password,
           const std::vector<std::string>& groups) {
    store::UserRecord user;
    user.name = name;
    user.password = *hash_password(password, kCheap);
    user.groups = groups;
    users_->users[name] = user;
  }
  ViewerPtr session_of(const std::string& token) {
    return identify({Credential::Kind::session, token_digest(token)}).viewer;
  }
  IdentityAnswer identify(const Credential& credential) {
    const auto sink = std::make_shared<KeepingSink<IdentityAnswer>>();
    tell(identities_, identify_atom::value, credential, IdentitySink(sink));
    return sink->got.value();
  }
  LogInAnswer log_in(const std::string& name, const std::string& password,
                     const std::string& address = "10.0.0.1") {
    const auto sink = std::make_shared<KeepingSink<LogInAnswer>>();
    tell(desk_, login_atom::value, LogIn{name, password, address}, LogInSink(sink));
    return sink->got.value();
  }
  StandingAnswer standing(const std::string& name, Subject subject) {
    const auto viewer = session_of(log_in(name, name == "ann"   ? "secret"
                                                : name == "bob" ? "other"
                                                                : "third")
                                     .token);
    const auto sink = std::make_shared<KeepingSink<StandingAnswer>>();
    tell(identities_, standing_atom::value, subject, viewer, StandingSink(sink));
    return sink->got.value();
  }

  std::shared_ptr<oq::testing::MemoryUsers> users_ = std::make_shared<oq::testing::MemoryUsers>();
  oq::testing::MemoryStore store_;
  CalculationId id_ = 0;
  Identities identities_;
  LogInDesk desk_;
};

TEST_F(IdentitiesTest, ALoginOpensASessionThatKnowsTheUser) {
  const auto answer = log_in("ann", "secret");

  ASSERT_EQ(answer.outcome, Outcome::welcome);
  EXPECT_EQ(answer.lifetime, 1h);
  const auto viewer = session_of(answer.token);
  ASSERT_TRUE(viewer);
  EXPECT_EQ(viewer->name, "ann");
  EXPECT_EQ(viewer->colleagues, (std::vector<std::string>{"ann", "bob"}));
}

TEST_F(IdentitiesTest, TheStoreHasNoTokenOnlyItsDigest) {
  const auto token = log_in("ann", "secret").token;

  ASSERT_EQ(users_->sessions.size(), 1u);
  EXPECT_EQ(users_->sessions.begin()->first, token_digest(token));
}

TEST_F(IdentitiesTest, AWrongPasswordAndAnUnknownNameAreTheSame) {
  EXPECT_EQ(log_in("ann", "guess").outcome, Outcome::invalid);
  EXPECT_EQ(log_in("nobody", "guess").outcome, Outcome::invalid);
  EXPECT_TRUE(users_->sessions.empty());
}

TEST_F(IdentitiesTest, OnlyWhoKnowsThePasswordLearnsThatTheAccountIsDisabled) {
  users_->users["ann"].disabled = true;

  EXPECT_EQ(log_in("ann", "guess").outcome, Outcome::invalid);
  EXPECT_EQ(log_in("ann", "secret").outcome, Outcome::disabled);
}

TEST_F(IdentitiesTest, AnAccountWithoutAPasswordHasNone) {
  users_->users["ann"].password.clear();

  EXPECT_EQ(log_in("ann", "").outcome, Outcome::invalid);
}

TEST_F(IdentitiesTest, AfterTooManyTriesTheRightPasswordHasToWaitToo) {
  for (int i = 0; i < 3; ++i)
    log_in("ann", "guess", "10.0.0." + std::to_string(i));

  const auto answer = log_in("ann", "secret");

  EXPECT_EQ(answer.outcome, Outcome::too_many);
  EXPECT_EQ(answer.lifetime, 60s);
  advance(61s);
  EXPECT_EQ(log_in("ann", "secret").outcome, Outcome::welcome);
}

TEST_F(IdentitiesTest, AnAddressMayNotTryEverybody) {
  for (int i = 0; i < 5; ++i)
    log_in("name" + std::to_string(i), "guess");

  EXPECT_EQ(log_in("ann", "secret").outcome, Outcome::too_many);
  EXPECT_EQ(log_in("ann", "secret", "10.0.0.2").outcome, Outcome::welcome);
}

TEST_F(IdentitiesTest, WhatProvesNothingIsNobody) {
  EXPECT_EQ(identify({Credential::Kind::session, token_digest("guess")}).viewer, nullptr);
  EXPECT_EQ(identify({Credential::Kind::session, token_digest("guess")}).code, Errc::none);
}

TEST_F(IdentitiesTest, ASilentStoreIsNoRefusal) {
  users_->refuses = true;

  EXPECT_EQ(identify({Credential::Kind::key, "x"}).code, Errc::unavailable);
  EXPECT_EQ(log_in("ann", "secret").outcome, Outcome::unavailable);
}

TEST_F(IdentitiesTest, ALogoutEndsTheSession) {
  const auto token = log_in("ann", "secret").token;
  const auto sink = std::make_shared<KeepingSink<Errc>>();
  tell(identities_, logout_atom::value, Credential{Credential::Kind::session, token_digest(token)},
       LogOutSink(sink));

  EXPECT_EQ(sink->got, Errc::none);
  EXPECT_EQ(session_of(token), nullptr);
}

TEST_F(IdentitiesTest, TheOwnerOfACalculationDecidesWhatOneIsToIt) {
  const Subject subject{Subject::Kind::calculation, id_};

  EXPECT_EQ(standing("ann", subject).standing, Standing::owner);
  EXPECT_EQ(standing("bob", subject).standing, Standing::colleague);
  EXPECT_EQ(standing("eve", subject).standing, Standing::hidden);
  EXPECT_EQ(standing("eve", subject).owner, "") << "not even the name";
  EXPECT_EQ(standing("ann", {Subject::Kind::calculation, 99}).standing, Standing::unknown);
}

TEST_F(IdentitiesTest, AnOutputBelongsToWhomItsCalculationBelongs) {
  store::Transition done;
  done.id = id_;
  done.expected_revision = 1;
  done.status = "complete";
  done.outputs.emplace_back().type = "hcurves";
  ASSERT_TRUE(store_.apply({done}));
  const auto output = store_.outputs(id_)->front().id;

  EXPECT_EQ(standing("ann", {Subject::Kind::output, output}).standing, Standing::owner);
  EXPECT_EQ(standing("eve", {Subject::Kind::output, output}).standing, Standing::hidden);
  EXPECT_EQ(standing("ann", {Subject::Kind::output, output + 1}).standing, Standing::unknown);
}

TEST_F(IdentitiesTest, WhatIsSharedIsSeenByEverybody) {
  for (const auto* status : {"complete", "shared"}) {
    store::Transition next;
    next.id = id_;
    next.expected_revision = store_.find(id_)->revision;
    next.status = status;
    ASSERT_TRUE(store_.apply({next}));
  }

  EXPECT_EQ(standing("eve", {Subject::Kind::calculation, id_}).standing, Standing::onlooker);
}

} // namespace
} // namespace oq::actors
