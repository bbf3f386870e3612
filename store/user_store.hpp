// UserStore: who may log in, the groups they are in, their sessions and keys. SQL behind it.
#pragma once

#include "engine/base/result.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace oq::store {

struct UserRecord {
  std::string name;
  std::string password;   // Argon2id hash in its own notation; empty: nobody can log in by one
  std::int64_t level = 0; // 2 and more may share calculations
  bool superuser = false; // sees everybody's calculations
  bool disabled = false;  // neither logs in nor is let in by a key
  std::vector<std::string> groups = {}; // sorted
  std::int64_t created_at = 0;          // microseconds since the epoch
};

// An empty optional leaves the column alone.
struct UserChange {
  std::optional<std::string> password = {}; // a new one ends all sessions
  std::optional<std::int64_t> level = {};
  std::optional<bool> superuser = {}, disabled = {};
  std::optional<std::vector<std::string>> groups = {};
};

// A user who was let in, and everybody in one of their groups, sorted, themselves included.
struct KnownUser {
  UserRecord user;
  std::vector<std::string> colleagues = {};
};

struct KeyRecord {
  std::int64_t id = 0;
  std::string user, label;
  std::int64_t created_at = 0;
  std::int64_t expires_at = 0; // 0: never
};

// Tokens are known by digests only. Times are the database's own. Every call may answer
// Errc::unavailable: nothing was changed then. An object serves one thread.
class UserStore {
public:
  virtual ~UserStore() = default;

  // Errc::conflict: the name is taken.
  virtual Result<void> add(const UserRecord& user) = 0;
  // Errc::not_found, as all that follow when nobody has that name.
  virtual Result<void> change(const std::string& name, const UserChange& change) = 0;
  // With groups, sessions and keys; their calculations stay.
  virtual Result<void> remove(const std::string& name) = 0;
  virtual Result<UserRecord> find(const std::string& name) const = 0;
  // By name.
  virtual Result<std::vector<UserRecord>> users() const = 0;

  // Begins a session; those that have run out are swept away.
  virtual Result<void> open_session(const std::string& user, const std::string& digest,
                                    std::chrono::seconds lifetime) = 0;
  // Ends it; nothing happens when there is none.
  virtual Result<void> close_session(const std::string& digest) = 0;
  // Errc::not_found: no such session, run out, or the user is disabled.
  virtual Result<KnownUser> by_session(const std::string& digest) const = 0;

  // `lifetime` of nothing: for ever. Returns the new key's id.
  virtual Result<std::int64_t> add_key(const std::string& user, const std::string& label,
                                       const std::string& digest,
                                       std::optional<std::chrono::seconds> lifetime) = 0;
  // Those of a user, or of all (empty name), by id.
  virtual Result<std::vector<KeyRecord>> keys(const std::string& user) const = 0;
  virtual Result<void> remove_key(std::int64_t id) = 0; // Errc::not_found
  // Errc::not_found as by_session().
  virtual Result<KnownUser> by_key(const std::string& digest) const = 0;
};

// As open_store().
Result<std::unique_ptr<UserStore>> open_user_store(const std::string& url);

} // namespace oq::store
