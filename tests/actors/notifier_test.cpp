// Telling those who asked: order, attempts, and what is not forgotten.
#include "actors/notifier.hpp"

#include "actors/defaults.hpp"
#include "support/deterministic_actors.hpp"
#include "support/memory_store.hpp"

#include <map>

namespace oq::actors {
namespace {

using namespace std::chrono_literals;

// What several stores share.
struct NoticeTable {
  std::map<std::int64_t, store::NoticeRow> rows;
  std::int64_t last = 0;
  bool refuses = false;
};

class MemoryNoticeStore : public store::NoticeStore {
public:
  explicit MemoryNoticeStore(std::shared_ptr<NoticeTable> table) : table_(std::move(table)) {}
  Result<void> add(CalculationId id, const std::vector<store::NoticeTarget>& targets) override {
    if (table_->refuses)
      return Error{Errc::unavailable, "no", {}};
    for (const auto& target : targets) {
      const auto row = ++table_->last;
      table_->rows[row] = {row, id, target};
    }
    return {};
  }
  Result<std::vector<store::NoticeRow>> of(CalculationId id) const override {
    std::vector<store::NoticeRow> found;
    for (const auto& [number, row] : table_->rows)
      if (row.calculation_id == id)
        found.push_back(row);
    return found;
  }
  Result<std::vector<store::NoticeRow>> untold(const std::string&) const override {
    std::vector<store::NoticeRow> all;
    for (const auto& [number, row] : table_->rows)
      all.push_back(row);
    return all;
  }
  Result<void> remove(std::int64_t row) override {
    table_->rows.erase(row);
    return {};
  }

private:
  std::shared_ptr<NoticeTable> table_;
};

// Keeps what it is given until the test says what became of it.
class ScriptedSender : public NoticeSender {
public:
  void send(const Notice& notice, NoticeDone done) override { sent.emplace_back(notice, done); }
  std::vector<std::pair<Notice, NoticeDone>> sent;
};

class NotifierTest : public oq::testing::DeterministicActors {
protected:
  void begin() {
    NotifierSetup setup;
    setup.open = [this]() -> Result<std::unique_ptr<store::NoticeStore>> {
      return std::unique_ptr<store::NoticeStore>(std::make_unique<MemoryNoticeStore>(table));
    };
    setup.open_calculations = [this]() -> Result<std::unique_ptr<store::CalculationStore>> {
      return std::unique_ptr<store::CalculationStore>(
        std::make_unique<oq::testing::MemoryStore>(store.tables()));
    };
    setup.sender = sender;
    setup.node = "here";
    setup.log = [this](engine::LogLevel, const std::string& message) {
      logged += message + "\n";
    };
    notifier_ = owned(system().spawn(notifier, std::move(setup)));
  }
  void wish(CalculationId id, std::string_view form, const std::string& url = "http://a") {
    const auto done = ask<bool>(notifier_, notify_atom::value, id,
                                NoticeTargetsPtr(std::make_shared<const NoticeTargets>(
                                  NoticeTargets{{std::string(form), url, ""}})));
    EXPECT_TRUE(done && *done);
  }
  void change(const char* status, std::int64_t revision, const char* phase = "") {
    auto record = std::make_shared<store::CalculationRecord>();
    record->id = 1;
    record->status = status;
    record->phase = phase;
    record->revision = revision;
    tell(notifier_, changed_atom::value, RecordPtr(std::move(record)));
  }
  void outcome(NoticeOutcome outcome) {
    sender->sent.back().second(outcome, "why");
    run();
  }
  std::string events() const {
    std::string out;
    for (const auto& [notice, done] : sender->sent)
      out += (out.empty() ? "" : " ") + notice.event;
    return out;
  }

  std::shared_ptr<NoticeTable> table = std::make_shared<NoticeTable>();
  oq::testing::MemoryStore store;
  std::shared_ptr<ScriptedSender> sender = std::make_shared<ScriptedSender>();
  std::string logged;
  Notifier notifier_;
};

TEST_F(NotifierTest, TellsAnEndOnceAndForgetsWhomItTold) {
  begin();
  wish(1, kWebhook);
  change("executing", 3, "executing");
  EXPECT_EQ(events(), "");
  change("complete", 6);
  change("complete", 6);
  EXPECT_EQ(events(), "complete");
  EXPECT_EQ(table->rows.size(), 1u) << "not before it was heard";
  outcome(NoticeOutcome::delivered);
  EXPECT_TRUE(table->rows.empty());
}

TEST_F(NotifierTest, TellsOneStateAfterTheOther) {
  begin();
  wish(1, kCallback);
  change("executing", 3, "pre_executing");
  change("executing", 4, "executing");
  EXPECT_EQ(events(), "pre_executing") << "the next waits until this one was heard";
  outcome(NoticeOutcome::delivered);
  EXPECT_EQ(events(), "pre_executing executing");
  outcome(NoticeOutcome::delivered);
  change("complete", 6);
  EXPECT_EQ(events(), "pre_executing executing complete");
}

TEST_F(NotifierTest, AnEndMakesWhatWaitsOldNews) {
  begin();
  wish(1, kCallback);
  change("executing", 3, "pre_executing");
  change("executing", 4, "executing");
  change("executing", 5, "post_processing");
  change("complete", 6);
  outcome(NoticeOutcome::delivered);
  EXPECT_EQ(events(), "pre_executing complete");
}

TEST_F(NotifierTest, TriesAgainLaterAndLater) {
  begin();
  wish(1, kWebhook);
  change("failed", 4);
  outcome(NoticeOutcome::failed);
  EXPECT_EQ(sender->sent.size(), 1u);
  advance(kFirstNoticeRetry);
  EXPECT_EQ(sender->sent.size(), 2u);
  outcome(NoticeOutcome::failed);
  advance(kFirstNoticeRetry);
  EXPECT_EQ(sender->sent.size(), 2u);
  advance(kFirstNoticeRetry);
  EXPECT_EQ(sender->sent.size(), 3u);
  outcome(NoticeOutcome::delivered);
  EXPECT_TRUE(table->rows.empty());
}

TEST_F(NotifierTest, GivesUpInTheEndAndSaysSo) {
  begin();
  wish(1, kWebhook);
  change("failed", 4);
  for (int attempt = 0; attempt < 2 * kNoticeAttempts; ++attempt) {
    outcome(NoticeOutcome::failed);
    advance(kLastNoticeRetry);
  }
  EXPECT_EQ(sender->sent.size(), static_cast<std::size_t>(kNoticeAttempts));
  EXPECT_TRUE(table->rows.empty());
  EXPECT_NE(logged.find("given up after 12 attempts: why"), std::string::npos);
}

TEST_F(NotifierTest, WhoRefusesIsNotAskedAgain) {
  begin();
  wish(1, kWebhook);
  change("failed", 4);
  outcome(NoticeOutcome::refused);
  advance(kLastNoticeRetry);
  EXPECT_EQ(sender->sent.size(), 1u);
  EXPECT_TRUE(table->rows.empty());
  EXPECT_NE(logged.find("not told (calculation 1, http://a): why"), std::string::npos);
}

TEST_F(NotifierTest, ASlowTargetDelaysNoOther) {
  begin();
  wish(1, kWebhook, "http://slow");
  wish(1, kWebhook, "http://quick");
  change("complete", 6);
  EXPECT_EQ(sender->sent.size(), 2u);
}

TEST_F(NotifierTest, AfterARestartTellsWhatWasNotTold) {
  store::CalculationRecord record;
  const auto id = *store.create(record);
  store::Transition end;
  end.id = id;
  end.expected_revision = 1;
  end.status = "complete";
  ASSERT_TRUE(store.apply({end}));
  ASSERT_TRUE(MemoryNoticeStore(table).add(id, {{std::string(kWebhook), "http://a", ""}}));
  begin();
  tell(notifier_, look_atom::value);
  EXPECT_EQ(events(), "complete");
}

TEST_F(NotifierTest, SaysWhenAWishCannotBeKept) {
  begin();
  table->refuses = true;
  const auto done = ask<bool>(notifier_, notify_atom::value, CalculationId{1},
                              NoticeTargetsPtr(std::make_shared<const NoticeTargets>()));
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().code, Errc::unavailable);
}

} // namespace
} // namespace oq::actors
