// StoreContract: one empty store, in memory, in SQLite or in PostgreSQL, and its cluster's side.
#pragma once

#include "store/calculation_rows.hpp"
#include "store/sql_cluster_store.hpp"
#include "store/sql_query.hpp"
#include "store/sql_session.hpp"
#include "store/sql_store.hpp"
#include "support/memory_cluster_store.hpp"
#include "support/memory_store.hpp"
#include "support/postgres_process.hpp"
#include "support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace oq::store {

inline CalculationRecord hazard(std::string node = "here") {
  CalculationRecord record;
  record.calculation_mode = "classical";
  record.description = "a hazard calculation";
  record.owner = "somebody@example.org";
  record.node = std::move(node);
  record.directory = "calc_1";
  record.ini = "job.ini";
  record.parameters = R"({"width_of_mfd_bin": 0.1})";
  record.created_at = 1'700'000'000'000'000;
  return record;
}

inline CalculationRecord risk_of(CalculationId parent) {
  auto record = hazard();
  record.is_risk = true;
  record.calculation_mode = "classical_risk";
  record.hazard_calculation_id = parent;
  return record;
}

inline Transition to(std::string status, CalculationId id, std::int64_t revision) {
  Transition transition;
  transition.id = id;
  transition.expected_revision = revision;
  transition.status = std::move(status);
  return transition;
}

inline std::vector<CalculationId> ids(const Result<std::vector<CalculationRecord>>& records) {
  std::vector<CalculationId> found;
  if (records)
    for (const auto& record : *records)
      found.push_back(record.id);
  return found;
}

// A new database of a kind ("sqlite", "postgresql"); its folder goes with it.
class FreshDatabase {
public:
  explicit FreshDatabase(const std::string& kind)
    : url_(kind == "postgresql" ? oq::testing::shared_postgres()->fresh_database()
                                : "sqlite://" + (folder_ / "db").string()) {}

  const std::string& url() const { return url_; }
  std::unique_ptr<CalculationStore> open() const {
    auto opened = open_store(url_);
    EXPECT_TRUE(opened) << opened.error().text();
    return opened ? std::move(*opened) : nullptr;
  }
  std::unique_ptr<ClusterStore> open_cluster() const {
    auto opened = open_cluster_store(url_);
    EXPECT_TRUE(opened) << opened.error().text();
    return opened ? std::move(*opened) : nullptr;
  }
  void execute(const std::string& statement) const {
    auto session = SqlSession::open(url_);
    ASSERT_TRUE(session) << session.error().text();
    const auto done = (*session)->run_transaction([&](soci::session& sql) -> Result<void> {
      Query(sql, statement).execute();
      return {};
    });
    ASSERT_TRUE(done) << done.error().text();
  }

private:
  oq::testing::TemporaryFolder folder_;
  std::string url_;
};

inline std::vector<std::string> databases() {
  std::vector<std::string> names{"sqlite"};
  if (oq::testing::PostgresProcess::is_installed())
    names.push_back("postgresql");
  return names;
}

inline std::vector<std::string> stores() {
  auto names = databases();
  names.insert(names.begin(), "memory");
  return names;
}

class StoreContract : public ::testing::TestWithParam<std::string> {
protected:
  void SetUp() override {
    if (GetParam() == "memory") {
      auto memory = std::make_unique<oq::testing::MemoryStore>();
      auto cluster = std::make_unique<oq::testing::MemoryClusterStore>(memory->tables());
      memory_ = cluster.get();
      store_ = std::move(memory);
      cluster_ = std::move(cluster);
      return;
    }
    database_ = std::make_unique<FreshDatabase>(GetParam());
    store_ = database_->open();
    cluster_ = database_->open_cluster();
    ASSERT_TRUE(store_ && cluster_);
  }

  CalculationId create(const CalculationRecord& record = hazard()) {
    auto id = store_->create(record);
    EXPECT_TRUE(id) << id.error().text();
    return id ? *id : -1;
  }
  // Takes a new calculation to `status`, at revision 2.
  CalculationId create_in(const std::string& status, const CalculationRecord& record = hazard()) {
    const auto id = create(record);
    EXPECT_TRUE(store_->apply({to(status, id, 1)}));
    return id;
  }
  void log(CalculationId id, int rows) {
    std::vector<LogRow> written;
    for (int i = 0; i < rows; ++i)
      written.push_back({1000 + i, "INFO", "MainProcess/1", "line " + std::to_string(i)});
    ASSERT_TRUE(store_->append_log(id, written));
  }
  // A node whose lease holds for 6 s; its incarnation.
  std::int64_t join(const std::string& node) {
    const auto incarnation = cluster_->enroll(node, node + ":9000");
    EXPECT_TRUE(incarnation) << incarnation.error().text();
    EXPECT_TRUE(cluster_->renew(node, *incarnation, std::chrono::seconds(6), "{}"));
    return *incarnation;
  }
  // For all leases.
  void let_time_pass(std::chrono::milliseconds time) {
    if (memory_)
      return memory_->advance(time);
    const auto microseconds = std::chrono::microseconds(time).count();
    database_->execute("UPDATE node SET expires_at = expires_at - " + std::to_string(microseconds));
  }

  std::unique_ptr<FreshDatabase> database_; // null in memory
  std::unique_ptr<CalculationStore> store_;
  std::unique_ptr<ClusterStore> cluster_;
  oq::testing::MemoryClusterStore* memory_ = nullptr;
};

} // namespace oq::store
