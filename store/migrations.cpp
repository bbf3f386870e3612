// Migrations: the schema, step by step. A step that was released is never edited; add another.
#include "store/migrations.hpp"

#include "store/sql_query.hpp"

#include <fmt/format.h>

#include <span>

namespace oq::store {
namespace {

struct Migration {
  const char* name;
  std::span<const char* const> statements; // {id} is the dialect's self-numbering primary key
};

// Status is a word, not a number: the database stays readable with the sqlite3 and psql shells.
// created submitted executing complete failed aborted shared deleted
constexpr const char* kFirstSchema[] = {
  "CREATE TABLE calculation ("
  " id {id},"
  " status TEXT NOT NULL,"
  " phase TEXT NOT NULL DEFAULT '',"
  " revision BIGINT NOT NULL,"
  " is_risk BIGINT NOT NULL,"
  " calculation_mode TEXT NOT NULL,"
  " description TEXT NOT NULL,"
  " owner TEXT NOT NULL,"
  " node TEXT NOT NULL,"
  " hazard_calculation_id BIGINT,"
  " directory TEXT NOT NULL,"
  " ini TEXT NOT NULL,"
  " parameters TEXT NOT NULL,"
  " error TEXT NOT NULL,"
  " traceback TEXT NOT NULL,"
  " created_at BIGINT NOT NULL,"
  " started_at BIGINT NOT NULL,"
  " stopped_at BIGINT NOT NULL,"
  " size_bytes BIGINT NOT NULL)",
  "CREATE INDEX calculation_by_kind ON calculation (is_risk, id)",
  "CREATE INDEX calculation_by_mode ON calculation (calculation_mode, id)",
  "CREATE INDEX calculation_by_hazard ON calculation (hazard_calculation_id)",
  // Few rows of many: what runs now, and what a node had begun when it stopped.
  "CREATE INDEX calculation_running ON calculation (id) WHERE status IN ('submitted', 'executing')",
  "CREATE INDEX calculation_unfinished ON calculation (node, id)"
  " WHERE status IN ('created', 'submitted', 'executing')",
  "CREATE TABLE output ("
  " id {id},"
  " calculation_id BIGINT NOT NULL REFERENCES calculation (id),"
  " type TEXT NOT NULL,"
  " name TEXT NOT NULL,"
  " formats TEXT NOT NULL," // joined by commas
  " size_bytes BIGINT NOT NULL)",
  "CREATE INDEX output_by_calculation ON output (calculation_id, id)",
  "CREATE TABLE log ("
  " calculation_id BIGINT NOT NULL REFERENCES calculation (id),"
  " number BIGINT NOT NULL," // 0, 1, 2… within the calculation: a range is an index range
  " at BIGINT NOT NULL,"
  " level TEXT NOT NULL,"
  " process TEXT NOT NULL,"
  " message TEXT NOT NULL,"
  " PRIMARY KEY (calculation_id, number))",
};

constexpr const char* kNodes[] = {
  "ALTER TABLE calculation ADD COLUMN epoch BIGINT NOT NULL DEFAULT 1",
  "ALTER TABLE calculation ADD COLUMN changed_at BIGINT NOT NULL DEFAULT 0",
  "CREATE INDEX calculation_by_change ON calculation (changed_at, id)",
  "CREATE TABLE node ("
  " name TEXT NOT NULL PRIMARY KEY,"
  " incarnation BIGINT NOT NULL,"
  " address TEXT NOT NULL,"
  " info TEXT NOT NULL,"
  " expires_at BIGINT NOT NULL)", // of the lease, by the database's clock
  "CREATE TABLE input_file ("
  " calculation_id BIGINT NOT NULL REFERENCES calculation (id),"
  " name TEXT NOT NULL,"
  " size_bytes BIGINT NOT NULL,"
  " PRIMARY KEY (calculation_id, name))",
  "CREATE TABLE input_chunk ("
  " calculation_id BIGINT NOT NULL REFERENCES calculation (id),"
  " name TEXT NOT NULL,"
  " number BIGINT NOT NULL,"
  " content TEXT NOT NULL," // base64
  " PRIMARY KEY (calculation_id, name, number))",
};

// "user", "group" and "session" are words of SQL.
constexpr const char* kUsers[] = {
  "CREATE TABLE account ("
  " name TEXT NOT NULL PRIMARY KEY,"
  " password TEXT NOT NULL," // Argon2id
  " level BIGINT NOT NULL,"
  " superuser BIGINT NOT NULL,"
  " disabled BIGINT NOT NULL,"
  " created_at BIGINT NOT NULL)",
  "CREATE TABLE membership ("
  " account TEXT NOT NULL REFERENCES account (name),"
  " group_name TEXT NOT NULL,"
  " PRIMARY KEY (account, group_name))",
  "CREATE INDEX membership_by_group ON membership (group_name)",
  "CREATE TABLE login_session ("
  " digest TEXT NOT NULL PRIMARY KEY," // of the token that the client has
  " account TEXT NOT NULL REFERENCES account (name),"
  " expires_at BIGINT NOT NULL)",
  "CREATE INDEX login_session_by_account ON login_session (account)",
  "CREATE TABLE api_key ("
  " id {id},"
  " digest TEXT NOT NULL UNIQUE,"
  " account TEXT NOT NULL REFERENCES account (name),"
  " label TEXT NOT NULL,"
  " created_at BIGINT NOT NULL,"
  " expires_at BIGINT NOT NULL)", // 0: never
  "CREATE INDEX api_key_by_account ON api_key (account)",
};

constexpr const char* kNotices[] = {
  "CREATE TABLE notice ("
  " id {id},"
  " calculation_id BIGINT NOT NULL REFERENCES calculation (id),"
  " form TEXT NOT NULL,"
  " url TEXT NOT NULL,"
  " foreign_id TEXT NOT NULL)",
  "CREATE INDEX notice_by_calculation ON notice (calculation_id, id)",
};

constexpr const char* kTags[] = {
  "CREATE TABLE calculation_tag ("
  " calculation_id BIGINT NOT NULL REFERENCES calculation (id),"
  " tag TEXT NOT NULL,"
  " preferred BIGINT NOT NULL,"
  " PRIMARY KEY (calculation_id, tag))",
  "CREATE TABLE tag_name (" // words, whether or not they are on anything
  " tag TEXT NOT NULL,"
  " owner TEXT NOT NULL,"
  " PRIMARY KEY (tag, owner))",
};

constexpr Migration kMigrations[] = {
  {"calculations, outputs, logs", kFirstSchema},
  {"owners' epochs, nodes' leases, inputs", kNodes},
  {"users, sessions, keys", kUsers},
  {"who is told of a calculation", kNotices},
  {"words on calculations", kTags},
};

std::string in_dialect(std::string_view statement, Dialect dialect) {
  const char* id = dialect == Dialect::sqlite
                     ? "INTEGER PRIMARY KEY AUTOINCREMENT"
                     : "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY";
  std::string text(statement);
  if (const auto at = text.find("{id}"); at != std::string::npos)
    text.replace(at, 4, id);
  return text;
}

Result<std::int64_t> current_version(soci::session& session) {
  std::int64_t version = 0;
  Query(session, "SELECT COALESCE(MAX(version), 0) FROM schema_version").into(version).execute();
  return version;
}

Result<void> apply_step(soci::session& session, Dialect dialect, std::int64_t version) {
  const auto& step = kMigrations[version - 1];
  for (const char* statement : step.statements)
    Query(session, in_dialect(statement, dialect)).execute();
  Query(session, "INSERT INTO schema_version (version, name) VALUES (:version, :name)")
    .with("version", version)
    .with("name", std::string_view(step.name))
    .execute();
  return {};
}

// Two programs may start on one database: the second waits here and then finds nothing to do.
void lock_schema(soci::session& session, Dialect dialect) {
  if (dialect != Dialect::postgresql)
    return;
  Query(session, "SET LOCAL statement_timeout = 0").execute();
  Query(session, "SELECT pg_advisory_xact_lock(20130828)").execute();
}

Result<void> apply_missing(SqlSession& session) {
  return session.run_transaction([&](soci::session& sql) -> Result<void> {
    lock_schema(sql, session.dialect());
    Query(sql, "CREATE TABLE IF NOT EXISTS schema_version"
               " (version BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL)")
      .execute();
    OQ_TRY(const auto found, current_version(sql));
    if (found > newest_schema_version())
      return Error{
        Errc::conflict,
        fmt::format("the database has schema version {}, made by a newer program; this one "
                    "knows versions up to {}",
                    found, newest_schema_version()),
        {}};
    for (auto version = found + 1; version <= newest_schema_version(); ++version)
      OQ_CHECK(apply_step(sql, session.dialect(), version));
    return {};
  });
}

} // namespace

int newest_schema_version() {
  return static_cast<int>(std::size(kMigrations));
}

Result<void> migrate(SqlSession& session) {
  // A step on a large database takes its time, and so does waiting for somebody else's.
  session.set_patience(std::chrono::minutes(30));
  auto done = apply_missing(session);
  session.set_patience(kPostgresPatience);
  return done;
}

} // namespace oq::store
