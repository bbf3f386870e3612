// SqlSession: one database connection, SQLite or PostgreSQL, whose exceptions end here.
#pragma once

#include "engine/base/result.hpp"

#include <soci/soci.h>

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

  Dialect dialect() const { return dialect_; }

  // Runs `work(soci::session&)`, which returns a Result; what it throws becomes Errc::unavailable.
  template <class Work>
  auto run(Work&& work) -> decltype(work(std::declval<soci::session&>())) {
    try {
      reconnect_if_lost();
      return work(session_);
    } catch (const std::exception& failure) {
      return failed(failure);
    }
  }

  // The same in one transaction: committed when `work` returned no error, otherwise nothing was
  // changed.
  template <class Work>
  auto run_transaction(Work&& work) -> decltype(work(std::declval<soci::session&>())) {
    return run([&](soci::session& session) {
      Transaction transaction(session, dialect_);
      auto result = work(session);
      if (result)
        transaction.commit();
      return result;
    });
  }

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

  explicit SqlSession(Dialect dialect) : dialect_(dialect) {}
  void connect(const std::string& target);
  void reconnect_if_lost();
  Error failed(const std::exception& failure);

  Dialect dialect_;
  soci::session session_;
  bool suspect_ = false; // the last call failed; the connection may be gone
};

} // namespace oq::store
