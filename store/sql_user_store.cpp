// Users, groups, sessions and keys in SQL.
#include "store/calculation_rows.hpp"
#include "store/migrations.hpp"
#include "store/user_store.hpp"

#include <fmt/format.h>

namespace oq::store {
namespace {

constexpr std::int64_t kMicroseconds = 1'000'000; // of a second
constexpr const char* kUserColumns = "name, password, level, superuser, disabled, created_at";

Error unknown_user(const std::string& name) {
  return {Errc::not_found, fmt::format("there is no user \"{}\"", name), {}};
}

std::vector<std::string> texts_of(Query& query) {
  std::string row;
  query.into(row);
  std::vector<std::string> rows;
  for (bool more = query.execute(); more; more = query.next())
    rows.push_back(row);
  return rows;
}

std::vector<std::string> groups_of(soci::session& sql, const std::string& name) {
  Query query(sql, "SELECT group_name FROM membership WHERE account = :name ORDER BY group_name");
  return texts_of(query.with("name", std::string_view(name)));
}

std::vector<UserRecord> users_of(soci::session& sql, Query& query) {
  UserRecord row;
  std::int64_t superuser = 0, disabled = 0;
  query.into(row.name)
    .into(row.password)
    .into(row.level)
    .into(superuser)
    .into(disabled)
    .into(row.created_at);
  std::vector<UserRecord> rows;
  for (bool more = query.execute(); more; more = query.next()) {
    rows.push_back(row);
    rows.back().superuser = superuser != 0;
    rows.back().disabled = disabled != 0;
  }
  for (auto& user : rows)
    user.groups = groups_of(sql, user.name);
  return rows;
}

std::optional<UserRecord> find_user(soci::session& sql, const std::string& name) {
  Query query(sql, fmt::format("SELECT {} FROM account WHERE name = :name", kUserColumns));
  auto found = users_of(sql, query.with("name", std::string_view(name)));
  return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

void set_groups(soci::session& sql, const std::string& name,
                const std::vector<std::string>& groups) {
  Query(sql, "DELETE FROM membership WHERE account = :name")
    .with("name", std::string_view(name))
    .execute();
  for (const auto& group : groups)
    Query(sql, "INSERT INTO membership (account, group_name) VALUES (:name, :group)"
               " ON CONFLICT DO NOTHING")
      .with("name", std::string_view(name))
      .with("group", std::string_view(group))
      .execute();
}

void delete_of(soci::session& sql, const char* table, const std::string& name) {
  Query(sql, fmt::format("DELETE FROM {} WHERE account = :name", table))
    .with("name", std::string_view(name))
    .execute();
}

class SqlUserStore : public UserStore {
public:
  explicit SqlUserStore(std::unique_ptr<SqlSession> session) : session_(std::move(session)) {}

  Result<void> add(const UserRecord& user) override;
  Result<void> change(const std::string& name, const UserChange& change) override;
  Result<void> remove(const std::string& name) override;
  Result<UserRecord> find(const std::string& name) const override;
  Result<std::vector<UserRecord>> users() const override;
  Result<void> open_session(const std::string& user, const std::string& digest,
                            std::chrono::seconds lifetime) override;
  Result<void> close_session(const std::string& digest) override;
  Result<KnownUser> by_session(const std::string& digest) const override;
  Result<std::int64_t> add_key(const std::string& user, const std::string& label,
                               const std::string& digest,
                               std::optional<std::chrono::seconds> lifetime) override;
  Result<std::vector<KeyRecord>> keys(const std::string& user) const override;
  Result<void> remove_key(std::int64_t id) override;
  Result<KnownUser> by_key(const std::string& digest) const override;

private:
  std::string_view clock() const { return clock_of(session_->dialect()); }
  Result<KnownUser> by_token(const char* table, const std::string& digest) const;

  std::unique_ptr<SqlSession> session_;
};

Result<void> SqlUserStore::add(const UserRecord& user) {
  return session_->run_transaction([&](soci::session& sql) -> Result<void> {
    std::string added;
    Query insert(sql, fmt::format("INSERT INTO account (name, password, level, superuser, disabled,"
                                  " created_at) VALUES (:name, :password, :level, :superuser,"
                                  " :disabled, {}) ON CONFLICT (name) DO NOTHING RETURNING name",
                                  clock()));
    insert.with("name", std::string_view(user.name))
      .with("password", std::string_view(user.password))
      .with("level", user.level)
      .with("superuser", std::int64_t{user.superuser})
      .with("disabled", std::int64_t{user.disabled})
      .into(added);
    if (!insert.execute())
      return Error{Errc::conflict, fmt::format("there is a user \"{}\" already", user.name), {}};
    set_groups(sql, user.name, user.groups);
    return {};
  });
}

Result<void> SqlUserStore::change(const std::string& name, const UserChange& change) {
  return session_->run_transaction([&](soci::session& sql) -> Result<void> {
    const auto flag = [](const std::optional<bool>& value) {
      return value ? std::optional<std::int64_t>(*value) : std::nullopt;
    };
    std::string found;
    Query update(sql, "UPDATE account SET password = COALESCE(:password, password),"
                      " level = COALESCE(:level, level),"
                      " superuser = COALESCE(:superuser, superuser),"
                      " disabled = COALESCE(:disabled, disabled)"
                      " WHERE name = :name RETURNING name");
    update.with("password", change.password)
      .with("level", change.level)
      .with("superuser", flag(change.superuser))
      .with("disabled", flag(change.disabled))
      .with("name", std::string_view(name))
      .into(found);
    if (!update.execute())
      return unknown_user(name);
    if (change.groups)
      set_groups(sql, name, *change.groups);
    if (change.password || change.disabled.value_or(false))
      delete_of(sql, "login_session", name);
    return {};
  });
}

Result<void> SqlUserStore::remove(const std::string& name) {
  return session_->run_transaction([&](soci::session& sql) -> Result<void> {
    if (!find_user(sql, name))
      return unknown_user(name);
    for (const char* table : {"login_session", "api_key", "membership"})
      delete_of(sql, table, name);
    Query(sql, "DELETE FROM account WHERE name = :name")
      .with("name", std::string_view(name))
      .execute();
    return {};
  });
}

Result<UserRecord> SqlUserStore::find(const std::string& name) const {
  return session_->run([&](soci::session& sql) -> Result<UserRecord> {
    auto user = find_user(sql, name);
    if (!user)
      return unknown_user(name);
    return *std::move(user);
  });
}

Result<std::vector<UserRecord>> SqlUserStore::users() const {
  return session_->run([&](soci::session& sql) -> Result<std::vector<UserRecord>> {
    Query query(sql, fmt::format("SELECT {} FROM account ORDER BY name", kUserColumns));
    return users_of(sql, query);
  });
}

Result<void> SqlUserStore::open_session(const std::string& user, const std::string& digest,
                                        std::chrono::seconds lifetime) {
  return session_->run_transaction([&](soci::session& sql) -> Result<void> {
    if (!find_user(sql, user))
      return unknown_user(user);
    Query(sql, fmt::format("DELETE FROM login_session WHERE expires_at <= {}", clock())).execute();
    Query(sql, fmt::format("INSERT INTO login_session (digest, account, expires_at)"
                           " VALUES (:digest, :name, {} + :lifetime)",
                           clock()))
      .with("digest", std::string_view(digest))
      .with("name", std::string_view(user))
      .with("lifetime", std::int64_t{lifetime.count()} * kMicroseconds)
      .execute();
    return {};
  });
}

Result<void> SqlUserStore::close_session(const std::string& digest) {
  return session_->run_transaction([&](soci::session& sql) -> Result<void> {
    Query(sql, "DELETE FROM login_session WHERE digest = :digest")
      .with("digest", std::string_view(digest))
      .execute();
    return {};
  });
}

Result<KnownUser> SqlUserStore::by_token(const char* table, const std::string& digest) const {
  return session_->run([&](soci::session& sql) -> Result<KnownUser> {
    std::string name;
    const bool found = Query(sql, fmt::format("SELECT account FROM {} WHERE digest = :digest"
                                              " AND (expires_at = 0 OR expires_at > {})",
                                              table, clock()))
                         .with("digest", std::string_view(digest))
                         .into(name)
                         .execute();
    auto user = found ? find_user(sql, name) : std::nullopt;
    if (!user || user->disabled)
      return Error{Errc::not_found, "nobody is known by this token", {}};
    Query query(sql, "SELECT DISTINCT theirs.account FROM membership own"
                     " JOIN membership theirs ON theirs.group_name = own.group_name"
                     " WHERE own.account = :name ORDER BY theirs.account");
    auto colleagues = texts_of(query.with("name", std::string_view(name)));
    return KnownUser{*std::move(user), std::move(colleagues)};
  });
}

Result<KnownUser> SqlUserStore::by_session(const std::string& digest) const {
  return by_token("login_session", digest);
}

Result<KnownUser> SqlUserStore::by_key(const std::string& digest) const {
  return by_token("api_key", digest);
}

Result<std::int64_t> SqlUserStore::add_key(const std::string& user, const std::string& label,
                                           const std::string& digest,
                                           std::optional<std::chrono::seconds> lifetime) {
  return session_->run_transaction([&](soci::session& sql) -> Result<std::int64_t> {
    if (!find_user(sql, user))
      return unknown_user(user);
    std::int64_t id = 0;
    const auto ends =
      lifetime ? fmt::format("{} + {}", clock(), std::int64_t{lifetime->count()} * kMicroseconds)
               : std::string("0");
    Query(sql, fmt::format("INSERT INTO api_key (digest, account, label, created_at, expires_at)"
                           " VALUES (:digest, :name, :label, {}, {}) RETURNING id",
                           clock(), ends))
      .with("digest", std::string_view(digest))
      .with("name", std::string_view(user))
      .with("label", std::string_view(label))
      .into(id)
      .execute();
    return id;
  });
}

Result<std::vector<KeyRecord>> SqlUserStore::keys(const std::string& user) const {
  return session_->run([&](soci::session& sql) -> Result<std::vector<KeyRecord>> {
    KeyRecord row;
    Query query(sql, fmt::format("SELECT id, account, label, created_at, expires_at FROM api_key"
                                 " WHERE {} ORDER BY id",
                                 user.empty() ? "1 = 1" : "account = :name"));
    if (!user.empty())
      query.with("name", std::string_view(user));
    query.into(row.id).into(row.user).into(row.label).into(row.created_at).into(row.expires_at);
    std::vector<KeyRecord> rows;
    for (bool more = query.execute(); more; more = query.next())
      rows.push_back(row);
    return rows;
  });
}

Result<void> SqlUserStore::remove_key(std::int64_t id) {
  return session_->run_transaction([&](soci::session& sql) -> Result<void> {
    std::int64_t found = 0;
    if (!Query(sql, "DELETE FROM api_key WHERE id = :id RETURNING id")
           .with("id", id)
           .into(found)
           .execute())
      return Error{Errc::not_found, fmt::format("there is no key {}", id), {}};
    return {};
  });
}

} // namespace

Result<std::unique_ptr<UserStore>> open_user_store(const std::string& url) {
  OQ_TRY(auto session, SqlSession::open(url));
  OQ_CHECK(migrate(*session));
  return std::unique_ptr<UserStore>(std::make_unique<SqlUserStore>(std::move(session)));
}

} // namespace oq::store
