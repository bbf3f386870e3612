// SqlStore: URLs, migrations, other writers, and text that a database would refuse.
#include "store/sql_store.hpp"

#include "store/migrations.hpp"
#include "store/sql_query.hpp"
#include "support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

namespace oq::store {
namespace {

using ::testing::HasSubstr;

CalculationRecord described(std::string description) {
  CalculationRecord record;
  record.description = std::move(description);
  return record;
}

class SqlStoreTest : public ::testing::Test {
protected:
  std::string url() const { return "sqlite://" + (folder_ / "oq.db").string(); }
  std::unique_ptr<CalculationStore> open() {
    auto opened = open_store(url());
    EXPECT_TRUE(opened) << opened.error().text();
    return opened ? std::move(*opened) : nullptr;
  }
  void execute(const std::string& statement) {
    auto session = SqlSession::open(url());
    ASSERT_TRUE(session);
    const auto done = (*session)->run([&](soci::session& sql) -> Result<void> {
      Query(sql, statement).execute();
      return {};
    });
    ASSERT_TRUE(done) << done.error().text();
  }

  oq::testing::TemporaryFolder folder_;
};

TEST_F(SqlStoreTest, WhatWasWrittenIsThereAfterReopening) {
  auto first = open();
  const auto id = first->create(described("kept"));
  ASSERT_TRUE(first->append_log(*id, {{1, "INFO", "MainProcess/1", "hello"}}));
  first.reset();

  const auto second = open();

  EXPECT_EQ(second->find(*id)->description, "kept");
  EXPECT_EQ(*second->log_size(*id), 1);
}

TEST_F(SqlStoreTest, IdsAreNotUsedTwice) {
  const auto first = open()->create({});
  const auto second = open()->create({});

  EXPECT_EQ(*first, 1);
  EXPECT_EQ(*second, 2);
}

TEST_F(SqlStoreTest, RefusesADatabaseOfANewerProgram) {
  open();
  execute("INSERT INTO schema_version (version, name) VALUES (999, 'from the future')");

  const auto opened = open_store(url());

  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, Errc::conflict);
  EXPECT_THAT(opened.error().message, HasSubstr("schema version 999, made by a newer program"));
}

TEST_F(SqlStoreTest, RefusesAFileThatIsNoDatabase) {
  folder_.write("oq.db", std::string(4096, 'x'));

  const auto opened = open_store(url());

  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, Errc::unavailable);
  EXPECT_THAT(opened.error().message, HasSubstr("not a database"));
}

TEST_F(SqlStoreTest, RefusesAFolderThatIsNotThere) {
  const auto opened = open_store("sqlite://" + (folder_ / "no/such/oq.db").string());

  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, Errc::unavailable);
}

TEST_F(SqlStoreTest, RefusesOtherUrls) {
  for (const char* url : {"", "mysql://localhost/oq", "sqlite://relative.db", "oq.db"}) {
    const auto opened = open_store(url);
    ASSERT_FALSE(opened) << url;
    EXPECT_EQ(opened.error().code, Errc::invalid_input) << url;
  }
}

TEST_F(SqlStoreTest, OpensPathsWithBlanksAndEqualsSigns) {
  EXPECT_TRUE(open_store("sqlite://" + (folder_ / "my  own data.db").string()));
  EXPECT_TRUE(open_store("sqlite://" + (folder_ / "a=b.db").string()));
  EXPECT_TRUE(std::filesystem::exists(folder_ / "my  own data.db"));
  EXPECT_TRUE(std::filesystem::exists(folder_ / "a=b.db"));
}

TEST_F(SqlStoreTest, AReaderIsNotHeldUpByAWriter) {
  const auto reader = open();
  const auto id = reader->create(described("there"));
  auto writer = SqlSession::open(url());
  ASSERT_TRUE(writer);

  const auto outcome = (*writer)->run_transaction([&](soci::session& sql) -> Result<void> {
    Query(sql, "UPDATE calculation SET description = 'half written'").execute();
    EXPECT_EQ(reader->find(*id)->description, "there");
    return {};
  });

  EXPECT_TRUE(outcome);
  EXPECT_EQ(reader->find(*id)->description, "half written");
}

TEST_F(SqlStoreTest, AFailedTransactionLeavesTheConnectionUsable) {
  const auto store = open();
  auto session = SqlSession::open(url());
  const auto broken = (*session)->run_transaction([](soci::session& sql) -> Result<void> {
    Query(sql, "INSERT INTO schema_version (version, name) VALUES (7, 'x')").execute();
    Query(sql, "SELECT nonsense FROM nowhere").execute();
    return {};
  });
  std::int64_t version = -1;
  const auto read = (*session)->run([&](soci::session& sql) -> Result<void> {
    Query(sql, "SELECT MAX(version) FROM schema_version").into(version).execute();
    return {};
  });

  EXPECT_EQ(broken.error().code, Errc::unavailable);
  EXPECT_THAT(broken.error().message, HasSubstr("no such table"));
  EXPECT_TRUE(read);
  EXPECT_EQ(version, newest_schema_version());
}

TEST_F(SqlStoreTest, BytesThatAreNotTextAreStoredAsQuestionMarks) {
  EXPECT_EQ(storable_text(std::string("a\0b", 3)), "a?b");
  EXPECT_EQ(storable_text("caf\xe9"), "caf?");
  EXPECT_EQ(storable_text("\xed\xa0\x80"), "???");      // a surrogate
  EXPECT_EQ(storable_text("\xc0\xaf\xf4\x90"), "????"); // overlong, beyond Unicode
  EXPECT_EQ(storable_text("é€𝄞"), "é€𝄞");
  EXPECT_EQ(storable_text("\xe2\x82"), "??"); // cut off
}

// Reads of the catalog stay index reads however many calculations there are.
TEST_F(SqlStoreTest, ListsAndRecoveryUseIndexes) {
  open();
  auto session = SqlSession::open(url());
  const auto plan_of = [&](const std::string& query) {
    std::string plan;
    const auto done = (*session)->run([&](soci::session& sql) -> Result<void> {
      std::int64_t id = 0, parent = 0, unused = 0;
      Query(sql, "EXPLAIN QUERY PLAN " + query)
        .into(id)
        .into(parent)
        .into(unused)
        .into(plan)
        .execute();
      return {};
    });
    EXPECT_TRUE(done);
    return plan;
  };

  EXPECT_THAT(plan_of("SELECT * FROM calculation WHERE node = 'here' AND status IN ('created',"
                      " 'submitted', 'executing') ORDER BY id"),
              HasSubstr("calculation_unfinished"));
  EXPECT_THAT(
    plan_of("SELECT * FROM calculation WHERE status <> 'deleted' AND status IN ('submitted',"
            " 'executing') ORDER BY id DESC LIMIT 100"),
    HasSubstr("calculation_running"));
  EXPECT_THAT(plan_of("SELECT id FROM calculation WHERE hazard_calculation_id = 1 ORDER BY id"),
              HasSubstr("calculation_by_hazard"));
  EXPECT_THAT(plan_of("SELECT * FROM calculation WHERE changed_at >= 5 AND changed_at <= 9"
                      " ORDER BY changed_at, id"),
              HasSubstr("SEARCH calculation USING INDEX calculation_by_change"));
  EXPECT_THAT(plan_of("SELECT * FROM calculation WHERE id > 5 AND status <> 'deleted' ORDER BY id"
                      " LIMIT 5"),
              HasSubstr("SEARCH calculation USING INTEGER PRIMARY KEY"));
  EXPECT_THAT(plan_of("SELECT * FROM log WHERE calculation_id = 1 AND number >= 5 AND number < 9"
                      " ORDER BY number"),
              HasSubstr("SEARCH log USING INDEX"));
}

} // namespace
} // namespace oq::store
