// The table of those who are to be told.
#include "store/sql_notice_store.hpp"

#include "store/migrations.hpp"
#include "store/sql_query.hpp"
#include "store/sql_session.hpp"

namespace oq::store {
namespace {

constexpr const char* kColumns =
  "SELECT notice.id, notice.calculation_id, notice.form, notice.url, notice.foreign_id FROM notice";

std::vector<NoticeRow> rows_of(Query& query) {
  NoticeRow row;
  query.into(row.id)
    .into(row.calculation_id)
    .into(row.target.form)
    .into(row.target.url)
    .into(row.target.foreign_id);
  std::vector<NoticeRow> rows;
  for (bool more = query.execute(); more; more = query.next())
    rows.push_back(row);
  return rows;
}

class SqlNoticeStore : public NoticeStore {
public:
  explicit SqlNoticeStore(std::unique_ptr<SqlSession> session) : session_(std::move(session)) {}

  Result<void> add(CalculationId id, const std::vector<NoticeTarget>& targets) override {
    return session_->run_transaction([&](soci::session& sql) -> Result<void> {
      for (const auto& target : targets)
        Query(sql, "INSERT INTO notice (calculation_id, form, url, foreign_id)"
                   " VALUES (:id, :form, :url, :foreign_id)")
          .with("id", id)
          .with("form", std::string_view(target.form))
          .with("url", std::string_view(target.url))
          .with("foreign_id", std::string_view(target.foreign_id))
          .execute();
      return {};
    });
  }

  Result<std::vector<NoticeRow>> of(CalculationId id) const override {
    return session_->run([&](soci::session& sql) -> Result<std::vector<NoticeRow>> {
      Query query(sql, std::string(kColumns) + " WHERE calculation_id = :id ORDER BY notice.id");
      return rows_of(query.with("id", id));
    });
  }

  Result<std::vector<NoticeRow>> untold(const std::string& node) const override {
    return session_->run([&](soci::session& sql) -> Result<std::vector<NoticeRow>> {
      Query query(sql, std::string(kColumns)
                         + " JOIN calculation ON calculation.id = notice.calculation_id"
                           " WHERE calculation.node = :node AND calculation.status"
                           " NOT IN ('created', 'submitted', 'executing') ORDER BY notice.id");
      return rows_of(query.with("node", std::string_view(node)));
    });
  }

  Result<void> remove(std::int64_t row) override {
    return session_->run_transaction([&](soci::session& sql) -> Result<void> {
      Query(sql, "DELETE FROM notice WHERE id = :id").with("id", row).execute();
      return {};
    });
  }

private:
  std::unique_ptr<SqlSession> session_;
};

} // namespace

Result<std::unique_ptr<NoticeStore>> open_notice_store(const std::string& url) {
  OQ_TRY(auto session, SqlSession::open(url));
  OQ_CHECK(migrate(*session));
  return std::unique_ptr<NoticeStore>(std::make_unique<SqlNoticeStore>(std::move(session)));
}

} // namespace oq::store
