// Leases and claims in SQL. A claim is one statement; on PostgreSQL it locks what it decided on.
#include "store/sql_cluster_store.hpp"

#include "store/calculation_rows.hpp"
#include "store/migrations.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace oq::store {
namespace {

constexpr std::int64_t kMicroseconds = 1000; // of a millisecond

// FOR SHARE: a renewal that is on its way comes before (then the lease holds, and nothing is
// claimed) or after (then holds() shows who was quicker). SKIP LOCKED: of two claimers at once each
// takes what the other left. SQLite has one writer at a time and needs neither.
constexpr const char* kClaim =
  "WITH mine AS MATERIALIZED (SELECT name AS mine_name FROM node WHERE name = :node"
  "  AND incarnation = :incarnation AND expires_at > {clock}{share}),"
  " ended AS MATERIALIZED (SELECT name AS ended_name FROM node WHERE expires_at <= {clock}"
  "  AND EXISTS (SELECT 1 FROM calculation WHERE {unfinished} AND calculation.node = node.name)"
  "  {share}),"
  " picked AS MATERIALIZED (SELECT c.id AS picked_id FROM calculation c WHERE {unfinished}"
  "  AND EXISTS (SELECT 1 FROM mine)"
  "  AND (c.node IN (SELECT ended_name FROM ended)"
  "   OR NOT EXISTS (SELECT 1 FROM node WHERE node.name = c.node))"
  "  ORDER BY c.id LIMIT :limit{skip})"
  " UPDATE calculation SET node = :node, epoch = epoch + 1, revision = revision + 1,"
  "  changed_at = {clock} FROM picked WHERE id = picked_id RETURNING {columns}";

constexpr const char* kReclaim =
  "WITH mine AS MATERIALIZED (SELECT name AS mine_name FROM node WHERE name = :node"
  "  AND incarnation = :incarnation AND expires_at > {clock}{share})"
  " UPDATE calculation SET epoch = epoch + 1, revision = revision + 1, changed_at = {clock}"
  " WHERE {unfinished} AND node = :node AND EXISTS (SELECT 1 FROM mine) RETURNING {columns}";

class SqlClusterStore : public ClusterStore {
public:
  explicit SqlClusterStore(std::unique_ptr<SqlSession> session) : session_(std::move(session)) {}

  Result<std::int64_t> enroll(const std::string& node, const std::string& address) override;
  Result<void> renew(const std::string& node, std::int64_t incarnation,
                     std::chrono::milliseconds ttl, const std::string& info) override;
  Result<void> release(const std::string& node, std::int64_t incarnation) override;
  Result<std::vector<NodeRecord>> nodes() const override;
  Result<std::vector<CalculationRecord>> claim(const std::string& node, std::int64_t incarnation,
                                               std::int64_t limit) override;
  Result<std::vector<CalculationRecord>> reclaim(const std::string& node,
                                                 std::int64_t incarnation) override;
  Result<bool> holds(CalculationId id, const std::string& node, std::int64_t epoch) const override;

private:
  std::string_view clock() const { return clock_of(session_->dialect()); }
  std::string in_dialect(const char* statement) const;
  Result<void> set_lease(const std::string& node, std::int64_t incarnation, std::int64_t length,
                         const std::optional<std::string>& info);

  std::unique_ptr<SqlSession> session_;
  // Claims whose commit nobody confirmed: nobody else takes them as long as our lease holds.
  std::vector<CalculationRecord> unconfirmed_;
};

std::string SqlClusterStore::in_dialect(const char* statement) const {
  const bool locks = session_->dialect() == Dialect::postgresql;
  return fmt::format(
    fmt::runtime(statement), fmt::arg("clock", clock()), fmt::arg("unfinished", kIsUnfinished),
    fmt::arg("columns", kCalculationColumns), fmt::arg("share", locks ? " FOR SHARE" : ""),
    fmt::arg("skip", locks ? " FOR UPDATE SKIP LOCKED" : ""));
}

bool is_at(soci::session& sql, CalculationId id, const std::string& node, std::int64_t epoch) {
  std::int64_t found = 0;
  return Query(sql, "SELECT id FROM calculation WHERE id = :id AND node = :node AND epoch = :epoch")
    .with("id", id)
    .with("node", std::string_view(node))
    .with("epoch", epoch)
    .into(found)
    .execute();
}

std::vector<CalculationRecord> by_id(std::vector<CalculationRecord> records) {
  std::ranges::sort(records, {}, &CalculationRecord::id);
  return records;
}

Result<std::int64_t> SqlClusterStore::enroll(const std::string& node, const std::string& address) {
  return session_->run_transaction([&](soci::session& sql) -> Result<std::int64_t> {
    std::int64_t incarnation = 0;
    Query(sql, "INSERT INTO node (name, incarnation, address, info, expires_at)"
               " VALUES (:node, 1, :address, '{}', 0) ON CONFLICT (name) DO UPDATE"
               " SET incarnation = node.incarnation + 1, address = excluded.address, info = '{}'"
               " RETURNING incarnation")
      .with("node", std::string_view(node))
      .with("address", std::string_view(address))
      .into(incarnation)
      .execute();
    return incarnation;
  });
}

Result<void> SqlClusterStore::set_lease(const std::string& node, std::int64_t incarnation,
                                        std::int64_t length,
                                        const std::optional<std::string>& info) {
  return session_->run_transaction([&](soci::session& sql) -> Result<void> {
    std::int64_t found = 0;
    Query update(sql, fmt::format("UPDATE node SET expires_at = {} + :length,"
                                  " info = COALESCE(:info, info)"
                                  " WHERE name = :node AND incarnation = :incarnation"
                                  " RETURNING incarnation",
                                  clock()));
    update.with("length", length)
      .with("info", info)
      .with("node", std::string_view(node))
      .with("incarnation", incarnation)
      .into(found);
    if (update.execute())
      return {};
    return Error{Errc::fenced, "another process runs as node " + node, {}};
  });
}

Result<void> SqlClusterStore::renew(const std::string& node, std::int64_t incarnation,
                                    std::chrono::milliseconds ttl, const std::string& info) {
  return set_lease(node, incarnation, ttl.count() * kMicroseconds, info);
}

Result<void> SqlClusterStore::release(const std::string& node, std::int64_t incarnation) {
  return set_lease(node, incarnation, 0, std::nullopt);
}

Result<std::vector<NodeRecord>> SqlClusterStore::nodes() const {
  return session_->run([&](soci::session& sql) -> Result<std::vector<NodeRecord>> {
    NodeRecord row;
    std::int64_t left = 0;
    Query query(sql, fmt::format("SELECT name, incarnation, address, info, expires_at - {}"
                                 " FROM node ORDER BY name",
                                 clock()));
    query.into(row.name).into(row.incarnation).into(row.address).into(row.info).into(left);
    std::vector<NodeRecord> rows;
    for (bool more = query.execute(); more; more = query.next()) {
      rows.push_back(row);
      rows.back().lease = std::chrono::milliseconds(left / kMicroseconds);
    }
    return rows;
  });
}

Result<std::vector<CalculationRecord>>
SqlClusterStore::claim(const std::string& node, std::int64_t incarnation, std::int64_t limit) {
  using Records = std::vector<CalculationRecord>;
  Records taken;
  auto claimed = session_->run_transaction([&](soci::session& sql) -> Result<Records> {
    Query query(sql, in_dialect(kClaim));
    query.with("node", std::string_view(node))
      .with("incarnation", incarnation)
      .with("limit", std::max<std::int64_t>(limit, 0));
    taken = calculations_of(query);
    for (const auto& earlier : unconfirmed_)
      if (is_at(sql, earlier.id, node, earlier.epoch))
        taken.push_back(earlier);
    return by_id(taken);
  });
  if (claimed)
    unconfirmed_.clear();
  else if (session_->in_doubt())
    unconfirmed_ = std::move(taken);
  return claimed;
}

Result<std::vector<CalculationRecord>> SqlClusterStore::reclaim(const std::string& node,
                                                                std::int64_t incarnation) {
  using Records = std::vector<CalculationRecord>;
  return session_->run_transaction([&](soci::session& sql) -> Result<Records> {
    Query query(sql, in_dialect(kReclaim));
    query.with("node", std::string_view(node)).with("incarnation", incarnation);
    return by_id(calculations_of(query));
  });
}

Result<bool> SqlClusterStore::holds(CalculationId id, const std::string& node,
                                    std::int64_t epoch) const {
  return session_->run([&](soci::session& sql) -> Result<bool> {
    return is_at(sql, id, node, epoch);
  });
}

} // namespace

Result<std::unique_ptr<ClusterStore>> open_cluster_store(const std::string& url) {
  OQ_TRY(auto session, SqlSession::open(url));
  OQ_CHECK(migrate(*session));
  return std::unique_ptr<ClusterStore>(std::make_unique<SqlClusterStore>(std::move(session)));
}

} // namespace oq::store
