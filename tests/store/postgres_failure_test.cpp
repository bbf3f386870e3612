// PostgreSQL that stops, freezes, restarts or loses an answer: an error in time, then on with it.
#include "store/postgres_connection.hpp"
#include "store/store_contract.hpp"
#include "support/cutting_proxy.hpp"

#include <chrono>

namespace oq::store {
namespace {

using std::chrono::steady_clock;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

// A call with its own timeouts takes less, whatever the machine is doing; without them, for ever.
constexpr std::chrono::seconds kInTime{15};

TEST(PostgresUrl, GetsTheTimeoutsItDoesNotName) {
  const auto plain = with_timeouts("postgresql://oq@db/oq");
  const auto own = with_timeouts("postgresql://oq@db/oq?connect_timeout=30&sslmode=require");

  EXPECT_THAT(plain, HasSubstr("postgresql://oq@db/oq?connect_timeout=2&tcp_user_timeout=2500"));
  EXPECT_THAT(own, HasSubstr("?connect_timeout=30&sslmode=require&tcp_user_timeout=2500"));
  EXPECT_THAT(own, Not(HasSubstr("connect_timeout=2")));
}

TEST(PostgresUrl, AServerThatNeverAnswersIsUnavailableInTime) {
  const int silent = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const auto port = oq::testing::free_port();
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  ASSERT_EQ(::bind(silent, reinterpret_cast<const sockaddr*>(&address), sizeof(address)), 0);
  ASSERT_EQ(::listen(silent, 8), 0);

  const auto began = steady_clock::now();
  const auto opened = open_store("postgresql://oq@127.0.0.1:" + std::to_string(port) + "/oq");

  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, Errc::unavailable);
  EXPECT_LT(steady_clock::now() - began, kInTime);
  ::close(silent);
}

class PostgresFailure : public ::testing::Test {
protected:
  void SetUp() override {
    if (!oq::testing::PostgresProcess::is_installed())
      GTEST_SKIP() << "PostgreSQL is not installed: its failures are not tested";
    server_ = oq::testing::shared_postgres();
    url_ = server_->fresh_database();
    auto opened = open_store(url_);
    ASSERT_TRUE(opened) << opened.error().text();
    store_ = std::move(*opened);
    id_ = *store_->create(hazard("gone"));
  }
  // The same database through a proxy.
  std::string url_through(const oq::testing::CuttingProxy& proxy) const {
    auto url = url_;
    const auto own = ":" + std::to_string(server_->port()) + "/";
    return url.replace(url.find(own), own.size(), ":" + std::to_string(proxy.port()) + "/");
  }
  bool works_again() const {
    return oq::testing::eventually([this] {
      return static_cast<bool>(store_->find(id_));
    });
  }

  oq::testing::PostgresProcess* server_ = nullptr;
  std::string url_;
  std::unique_ptr<CalculationStore> store_;
  CalculationId id_ = 0;
};

TEST_F(PostgresFailure, ARestartBetweenTwoCallsIsNotNoticed) {
  server_->restart();
  EXPECT_TRUE(store_->find(id_));

  server_->restart();
  EXPECT_TRUE(store_->apply({to("submitted", id_, 1)}));
}

TEST_F(PostgresFailure, ARestartInsideATransactionRunsItOnceMore) {
  auto session = SqlSession::open(url_);
  int runs = 0;
  const auto done = (*session)->run_transaction([&](soci::session& sql) -> Result<void> {
    Query(sql, "UPDATE calculation SET revision = revision + 1").execute();
    if (++runs == 1)
      server_->kill(), server_->start();
    Query(sql, "UPDATE calculation SET revision = revision + 1").execute();
    return {};
  });

  // Starting may have taken too long for a second run; then nothing has changed.
  if (done)
    EXPECT_EQ(runs, 2);
  else
    EXPECT_EQ(done.error().code, Errc::unavailable);
  ASSERT_TRUE(works_again());
  EXPECT_EQ(store_->find(id_)->revision, done ? 3 : 1);
}

TEST_F(PostgresFailure, AStoppedServerIsUnavailableUntilItIsBack) {
  server_->stop();
  for (int call = 0; call < 3; ++call) {
    const auto found = store_->find(id_);
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().code, Errc::unavailable);
  }
  EXPECT_EQ(store_->apply({to("submitted", id_, 1)}).error().code, Errc::unavailable);

  server_->start();

  EXPECT_TRUE(works_again());
  EXPECT_EQ(store_->find(id_)->revision, 1);
}

TEST_F(PostgresFailure, AFrozenServerIsUnavailableInTimeAndWorksAgain) {
  server_->freeze();
  const auto began = steady_clock::now();
  const auto found = store_->find(id_);
  const auto changed = store_->apply({to("submitted", id_, 1)});
  EXPECT_LT(steady_clock::now() - began, kInTime);
  server_->thaw();

  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code, Errc::unavailable);
  EXPECT_EQ(changed.error().code, Errc::unavailable);
  EXPECT_TRUE(works_again());
}

TEST_F(PostgresFailure, ATransactionThatNobodyGoesOnWithIsUndoneAndItsRowsAreFree) {
  auto frozen = SqlSession::open(url_);
  auto cluster = open_cluster_store(url_);
  const auto incarnation = *(*cluster)->enroll("me", "");
  const auto held = (*frozen)->run_transaction([&](soci::session& sql) -> Result<void> {
    Query(sql, "UPDATE calculation SET status = 'complete'").execute();
    // The owner of this transaction is as if frozen: it goes on after somebody else could claim.
    EXPECT_TRUE(oq::testing::eventually([&] {
      return (*cluster)->renew("me", incarnation, std::chrono::seconds(60), "{}")
             && !ids((*cluster)->claim("me", incarnation, 10)).empty();
    }));
    return {};
  });

  EXPECT_FALSE(held);
  const auto record = store_->find(id_);
  EXPECT_EQ(record->node, "me");
  EXPECT_EQ(record->status, "created");
}

TEST_F(PostgresFailure, ATransitionWhoseConfirmationWasLostIsNotAConflict) {
  oq::testing::CuttingProxy proxy(server_->port());
  auto store = open_store(url_through(proxy));
  auto complete = to("complete", id_, 2);
  complete.outputs.push_back({0, 0, "hcurves", "Hazard Curves", {"csv"}, 10});
  proxy.cut_after("COMMIT");
  const auto lost = (*store)->apply({to("executing", id_, 1), complete});
  ASSERT_TRUE(proxy.has_cut());
  ASSERT_FALSE(lost);
  EXPECT_EQ(lost.error().code, Errc::unavailable);

  const auto first = (*store)->apply({to("executing", id_, 1)});
  ASSERT_TRUE(first) << first.error().text();
  EXPECT_EQ(first->front().status, "executing");
}

TEST_F(PostgresFailure, ABatchWhoseConfirmationWasLostIsDoneOnce) {
  oq::testing::CuttingProxy proxy(server_->port());
  auto store = open_store(url_through(proxy));
  auto complete = to("complete", id_, 2);
  complete.outputs.push_back({0, 0, "hcurves", "Hazard Curves", {"csv"}, 10});
  const std::vector<Transition> batch{to("executing", id_, 1), complete};
  proxy.cut_after("COMMIT");
  ASSERT_FALSE((*store)->apply(batch));

  const auto again = (*store)->apply(batch);

  ASSERT_TRUE(again) << again.error().text();
  EXPECT_EQ(again->front().status, "executing");
  EXPECT_EQ(again->back().status, "complete");
  EXPECT_EQ(store_->find(id_)->revision, 3);
  EXPECT_EQ(store_->outputs(id_)->size(), 1u);
  EXPECT_EQ((*store)->apply({to("failed", id_, 1)}).error().code, Errc::conflict);
}

TEST_F(PostgresFailure, LogRowsWhoseConfirmationWasLostAreNotWrittenTwice) {
  oq::testing::CuttingProxy proxy(server_->port());
  auto store = open_store(url_through(proxy));
  std::vector<LogRow> rows{{1, "INFO", "p", "a"}, {2, "INFO", "p", "b"}};
  proxy.cut_after("COMMIT");
  ASSERT_FALSE((*store)->append_log(id_, rows));
  rows.push_back({3, "INFO", "p", "c"});

  ASSERT_TRUE((*store)->append_log(id_, rows));
  ASSERT_TRUE((*store)->append_log(id_, {{4, "INFO", "p", "d"}}));

  std::vector<std::string> messages;
  const auto written = store_->log(id_, 0, 0);
  for (const auto& row : *written)
    messages.push_back(row.message);
  EXPECT_THAT(messages, ElementsAre("a", "b", "c", "d"));
}

TEST_F(PostgresFailure, AClaimWhoseConfirmationWasLostComesWithTheNext) {
  oq::testing::CuttingProxy proxy(server_->port());
  auto cluster = open_cluster_store(url_through(proxy));
  const auto incarnation = *(*cluster)->enroll("me", "");
  ASSERT_TRUE((*cluster)->renew("me", incarnation, std::chrono::seconds(60), "{}"));
  proxy.cut_after("COMMIT");
  ASSERT_FALSE((*cluster)->claim("me", incarnation, 10));

  const auto again = (*cluster)->claim("me", incarnation, 10);

  EXPECT_THAT(ids(again), ElementsAre(id_));
  EXPECT_EQ(again->front().epoch, 2);
  EXPECT_THAT(ids((*cluster)->claim("me", incarnation, 10)), ElementsAre());
}

TEST_F(PostgresFailure, ACreationWhoseConfirmationWasLostLeavesNothing) {
  oq::testing::CuttingProxy proxy(server_->port());
  auto store = open_store(url_through(proxy));
  proxy.cut_after("COMMIT");
  ASSERT_FALSE((*store)->create(hazard()));

  const auto second = (*store)->create(hazard());

  EXPECT_THAT(ids(store_->list({})), ElementsAre(*second, id_));
}

} // namespace
} // namespace oq::store
