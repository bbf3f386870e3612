// SqlSession: connecting, transactions, and the translation of database exceptions.
#include "store/sql_session.hpp"

#include "store/postgres_connection.hpp"
#include "store/sql_query.hpp"

#include <algorithm>
#include <string_view>
#include <thread>

// A statement is tried again only when its failure came at once: the caller is waiting.
constexpr std::chrono::milliseconds kQuickFailure{1000};
// After a failed attempt to connect, calls are refused for as long as it took, but no longer than
// this: a queue of callers must not wait for one attempt each.
constexpr std::chrono::milliseconds kLongestRefusal{1000};

// As the backends' own headers declare them; those would drag in libpq's and SQLite's.
extern "C" {
const soci::backend_factory* factory_sqlite3();
const soci::backend_factory* factory_postgresql();
}

namespace oq::store {
namespace {

// How long a writer waits for another process that holds the lock.
constexpr int kBusyTimeout = 5000; // ms

constexpr std::string_view kSqlitePrefix = "sqlite://";
constexpr std::string_view kPostgresPrefixes[] = {"postgresql://", "postgres://"};

// SOCI takes a connect string without '=' as the file name; with one it splits at blanks and
// quotes.
Result<std::string> sqlite_target(const std::string& path) {
  if (path.empty() || path.front() != '/')
    return invalid_input("a SQLite URL is sqlite:///absolute/path", "sqlite://" + path);
  if (path.find('=') == std::string::npos)
    return path;
  if (path.find_first_of(" \"") != std::string::npos)
    return invalid_input(
      "the path of a SQLite database cannot hold '=' together with blanks or quotes", path);
  return "dbname=\"" + path + "\"";
}

// SQLite does not wait for a lock here, as two that change the mode would wait for each other.
void switch_to_write_ahead_log(soci::session& session) {
  const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(kBusyTimeout);
  while (true) {
    try {
      std::string mode;
      Query(session, "PRAGMA journal_mode=WAL").into(mode).execute();
      return;
    } catch (const std::exception& failure) {
      const bool is_locked = std::string_view(failure.what()).find("locked") != std::string::npos;
      if (!is_locked || std::chrono::steady_clock::now() >= until)
        throw;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
}

void set_up_sqlite(soci::session& session) {
  Query(session, "PRAGMA busy_timeout=" + std::to_string(kBusyTimeout)).execute();
  // A write-ahead log lets pollers read while the recorder writes. FULL: a commit survives a power
  // cut.
  switch_to_write_ahead_log(session);
  Query(session, "PRAGMA synchronous=FULL").execute();
  Query(session, "PRAGMA foreign_keys=ON").execute();
}

} // namespace

SqlSession::Transaction::Transaction(soci::session& session, Dialect dialect) : session_(session) {
  Query(session_, dialect == Dialect::sqlite ? "BEGIN IMMEDIATE" : "BEGIN").execute();
}

SqlSession::Transaction::~Transaction() {
  if (!open_)
    return;
  try {
    Query(session_, "ROLLBACK").execute();
  } catch (const std::exception&) {
    // The database has rolled back by itself (disk full, connection lost).
    open_ = false;
  }
}

void SqlSession::Transaction::commit() {
  Query(session_, "COMMIT").execute();
  open_ = false;
}

Result<std::unique_ptr<SqlSession>> SqlSession::open(const std::string& url) {
  Dialect dialect = Dialect::sqlite;
  std::string target;
  if (url.starts_with(kSqlitePrefix)) {
    OQ_TRY(target, sqlite_target(url.substr(kSqlitePrefix.size())));
  } else if (url.starts_with(kPostgresPrefixes[0]) || url.starts_with(kPostgresPrefixes[1])) {
    dialect = Dialect::postgresql;
    target = with_timeouts(url);
  } else {
    return invalid_input("a database URL starts with sqlite:// or postgresql://");
  }
  std::unique_ptr<SqlSession> session(new SqlSession(dialect));
  try {
    session->connect(target);
  } catch (const std::exception& failure) {
    return session->failed(failure);
  }
  return session;
}

SqlSession::~SqlSession() {
  if (watch_)
    watch_->set_socket(-1);
}

SqlSession::Call::Call(SqlSession& session) : owner(session) {
  owner.committing_ = false;
  owner.in_doubt_ = false;
  if (owner.watch_)
    owner.watch_->begin(owner.patience_);
}

SqlSession::Call::~Call() {
  if (owner.watch_)
    owner.watch_->end();
}

void SqlSession::connect(const std::string& target) {
  if (dialect_ == Dialect::sqlite) {
    session_.open(*factory_sqlite3(), target);
    set_up_sqlite(session_);
    return;
  }
  session_.open(*factory_postgresql(), target);
  watch_ = std::make_unique<ConnectionWatch>();
  watch_->set_socket(socket_of(session_));
  const Call call(*this);
  set_up_postgres(session_);
}

void SqlSession::reconnect() {
  watch_->set_socket(-1);
  const auto began = std::chrono::steady_clock::now();
  try {
    session_.reconnect();
  } catch (const std::exception&) {
    const auto now = std::chrono::steady_clock::now();
    no_attempt_before_ = now + std::min<std::chrono::nanoseconds>(now - began, kLongestRefusal);
    throw;
  }
  watch_->set_socket(socket_of(session_));
  watch_->begin(patience_);
  set_up_postgres(session_);
}

Result<void> SqlSession::reconnect_if_lost() {
  if (!suspect_)
    return {};
  if (dialect_ == Dialect::postgresql) {
    if (std::chrono::steady_clock::now() < no_attempt_before_)
      return Error{Errc::unavailable, "the database does not answer", {}};
    if (!session_.is_connected())
      reconnect();
  }
  suspect_ = false;
  return {};
}

Error SqlSession::failed(const std::exception& failure) {
  suspect_ = true;
  std::string reason = failure.what();
  // what() repeats the whole statement with its values; the database's own words are enough.
  if (const auto* error = dynamic_cast<const soci::soci_error*>(&failure))
    reason = error->get_error_message();
  in_doubt_ = committing_ && dialect_ == Dialect::postgresql && !session_.is_connected();
  return {Errc::unavailable, "the database refused: " + reason, {}};
}

bool SqlSession::may_try_again(const Call& call) {
  const auto took = std::chrono::steady_clock::now() - call.began;
  return dialect_ == Dialect::postgresql && !in_doubt_ && took < kQuickFailure
         && std::chrono::steady_clock::now() >= no_attempt_before_ && !session_.is_connected();
}

} // namespace oq::store
