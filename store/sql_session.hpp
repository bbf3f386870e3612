// SqlSession: one database connection, SQLite or PostgreSQL, whose exceptions end here.
#pragma once

#include "engine/base/result.hpp"
#include "store/connection_watch.hpp"
#include "store/postgres_connection.hpp"

#include <soci/soci.h>

#include <chrono>
#include <exception>
#include <memory>
#include <string>

namespace oq::store {

enum class Dialect { sqlite, postgresql };

class SqlSession {
public:
  // "sqlite:///absolute/path" or a libpq URL, "postgresql://…". Errc::invalid_input for any other
  // URL, Errc::unavailable when the database cannot be opened.
  static Result<std::unique_ptr<SqlSession>> open(const std::string& url);
  ~SqlSession();

  Dialect dialect() const { return dialect_; }

  // Runs `work(soci::session&)`, which returns a Result; what it throws becomes Errc::unavailable.
  // When the connection was lost (the server was restarted) `work` is run once more on another one.
  // On PostgreSQL all of it ends within a few seconds, whatever the server does.
  template <class Work>
  auto run(Work&& work) -> decltype(work(std::declval<soci::session&>())) {
    for (bool again = false;; again = true) {
      const Call call(*this);
      try {
        OQ_CHECK(reconnect_if_lost());
        return work(session_);
      } catch (const std::exception& failure) {
        auto error = failed(failure);
        if (again || !may_try_again(call))
          return error;
      }
    }
  }

  // The same in one transaction: committed when `work` returned no error, otherwise nothing was
  // changed, unless in_doubt().
  template <class Work>
  auto run_transaction(Work&& work) -> decltype(work(std::declval<soci::session&>())) {
    return run([&](soci::session& session) {
      Transaction transaction(session, dialect_);
      auto result = work(session);
      if (result) {
        committing_ = true;
        transaction.commit();
        committing_ = false;
      }
      return result;
    });
  }

  // Whether the last call failed because the connection was lost while it committed: the database
  // may have done it.
  bool in_doubt() const { return in_doubt_; }

  // How long calls on PostgreSQL may take from now on.
  void set_patience(std::chrono::milliseconds patience) { patience_ = patience; }

private:
  // Rolls back unless committed. SQLite's takes the write lock at once: a lock that is upgraded
  // later would fail without waiting for the other writer.
  class Transaction {
  public:
    Transaction(soci::session& session, Dialect dialect);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    void commit();

  private:
    soci::session& session_;
    bool open_ = true;
  };

  // From its begin to its end the connection is watched.
  struct Call {
    explicit Call(SqlSession& session);
    ~Call();
    Call(const Call&) = delete;
    Call& operator=(const Call&) = delete;
    SqlSession& owner;
    std::chrono::steady_clock::time_point began = std::chrono::steady_clock::now();
  };

  explicit SqlSession(Dialect dialect) : dialect_(dialect) {}
  void connect(const std::string& target);
  void reconnect();
  Result<void> reconnect_if_lost();
  Error failed(const std::exception& failure);
  bool may_try_again(const Call& call);

  Dialect dialect_;
  soci::session session_;
  std::unique_ptr<ConnectionWatch> watch_; // of PostgreSQL only
  std::chrono::milliseconds patience_ = kPostgresPatience;
  std::chrono::steady_clock::time_point no_attempt_before_{};
  bool suspect_ = false; // the last call failed; the connection may be gone
  bool committing_ = false;
  bool in_doubt_ = false;
};

} // namespace oq::store
