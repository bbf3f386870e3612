// Tags in SQL.
#include "store/calculation_rows.hpp"
#include "store/migrations.hpp"
#include "store/tag_store.hpp"

namespace oq::store {
namespace {

class SqlTagStore : public TagStore {
public:
  explicit SqlTagStore(std::unique_ptr<SqlSession> session) : session_(std::move(session)) {}

  Result<std::vector<TagRecord>> tags() const override;
  Result<std::vector<TagName>> names() const override;
  Result<void> add_name(const std::string& tag, const std::string& owner) override;
  Result<void> remove_name(const std::string& tag, const std::string& owner) override;
  Result<void> put(const std::vector<TagRecord>& tags) override;
  Result<void> remove(const std::vector<TagRecord>& tags) override;

private:
  std::unique_ptr<SqlSession> session_;
};

Result<std::vector<TagRecord>> SqlTagStore::tags() const {
  return session_->run([](soci::session& sql) -> Result<std::vector<TagRecord>> {
    TagRecord row;
    std::int64_t preferred = 0;
    std::string status;
    Query query(sql, "SELECT t.calculation_id, t.tag, t.preferred, c.owner, c.status"
                     " FROM calculation_tag t JOIN calculation c ON c.id = t.calculation_id"
                     " WHERE c.status <> 'deleted' ORDER BY t.calculation_id, t.tag");
    query.into(row.calculation_id).into(row.tag).into(preferred).into(row.owner).into(status);
    std::vector<TagRecord> rows;
    for (bool more = query.execute(); more; more = query.next()) {
      rows.push_back(row);
      rows.back().preferred = preferred != 0;
      rows.back().shared = status == "shared";
    }
    return rows;
  });
}

Result<std::vector<TagName>> SqlTagStore::names() const {
  return session_->run([](soci::session& sql) -> Result<std::vector<TagName>> {
    TagName row;
    Query query(sql, "SELECT tag, owner FROM tag_name ORDER BY tag, owner");
    query.into(row.tag).into(row.owner);
    std::vector<TagName> rows;
    for (bool more = query.execute(); more; more = query.next())
      rows.push_back(row);
    return rows;
  });
}

Result<void> SqlTagStore::add_name(const std::string& tag, const std::string& owner) {
  return session_->run_transaction([&](soci::session& sql) -> Result<void> {
    Query(sql, "INSERT INTO tag_name (tag, owner) VALUES (:tag, :owner) ON CONFLICT DO NOTHING")
      .with("tag", std::string_view(tag))
      .with("owner", std::string_view(owner))
      .execute();
    return {};
  });
}

Result<void> SqlTagStore::remove_name(const std::string& tag, const std::string& owner) {
  return session_->run_transaction([&](soci::session& sql) -> Result<void> {
    Query(sql, "DELETE FROM tag_name WHERE tag = :tag AND owner = :owner")
      .with("tag", std::string_view(tag))
      .with("owner", std::string_view(owner))
      .execute();
    return {};
  });
}

Result<void> SqlTagStore::put(const std::vector<TagRecord>& tags) {
  return session_->run_transaction([&](soci::session& sql) -> Result<void> {
    for (const auto& tag : tags) {
      std::int64_t found = 0;
      if (!Query(sql, "SELECT id FROM calculation WHERE id = :id AND status <> 'deleted'")
             .with("id", tag.calculation_id)
             .into(found)
             .execute())
        return unknown_calculation(tag.calculation_id);
      Query(sql, "INSERT INTO calculation_tag (calculation_id, tag, preferred)"
                 " VALUES (:id, :tag, :preferred) ON CONFLICT (calculation_id, tag)"
                 " DO UPDATE SET preferred = excluded.preferred")
        .with("id", tag.calculation_id)
        .with("tag", std::string_view(tag.tag))
        .with("preferred", std::int64_t{tag.preferred})
        .execute();
    }
    return {};
  });
}

Result<void> SqlTagStore::remove(const std::vector<TagRecord>& tags) {
  return session_->run_transaction([&](soci::session& sql) -> Result<void> {
    for (const auto& tag : tags)
      Query(sql, "DELETE FROM calculation_tag WHERE calculation_id = :id AND tag = :tag")
        .with("id", tag.calculation_id)
        .with("tag", std::string_view(tag.tag))
        .execute();
    return {};
  });
}

} // namespace

Result<std::unique_ptr<TagStore>> open_tag_store(const std::string& url) {
  OQ_TRY(auto session, SqlSession::open(url));
  OQ_CHECK(migrate(*session));
  return std::unique_ptr<TagStore>(std::make_unique<SqlTagStore>(std::move(session)));
}

} // namespace oq::store
