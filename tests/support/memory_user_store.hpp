// MemoryUserStore: a UserStore of plain maps, for tests of those who use one.
#pragma once

#include "store/user_store.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>
#include <set>

namespace oq::testing {

// What several MemoryUserStore objects share, as several connections share one database.
struct MemoryUsers {
  struct Token {
    std::string user, label;
    std::int64_t id = 0, ends = 0; // seconds; 0: never
  };
  std::mutex mutex;
  std::map<std::string, store::UserRecord> users;
  std::map<std::string, Token> sessions, keys; // by digest
  std::int64_t now = 1, last_key = 0;
  bool refuses = false;
};

class MemoryUserStore : public store::UserStore {
public:
  explicit MemoryUserStore(std::shared_ptr<MemoryUsers> tables) : tables_(std::move(tables)) {}

  Result<void> add(const store::UserRecord& user) override {
    const std::lock_guard lock(tables_->mutex);
    if (!tables_->users.try_emplace(user.name, user).second)
      return Error{Errc::conflict, "taken", {}};
    return {};
  }
  Result<void> change(const std::string& name, const store::UserChange& change) override {
    const std::lock_guard lock(tables_->mutex);
    const auto user = tables_->users.find(name);
    if (user == tables_->users.end())
      return unknown();
    auto& record = user->second;
    record.password = change.password.value_or(record.password);
    record.level = change.level.value_or(record.level);
    record.superuser = change.superuser.value_or(record.superuser);
    record.disabled = change.disabled.value_or(record.disabled);
    record.groups = change.groups.value_or(record.groups);
    if (change.password || change.disabled.value_or(false))
      drop(tables_->sessions, name);
    return {};
  }
  Result<void> remove(const std::string& name) override {
    const std::lock_guard lock(tables_->mutex);
    if (tables_->users.erase(name) == 0)
      return unknown();
    drop(tables_->sessions, name);
    drop(tables_->keys, name);
    return {};
  }
  Result<store::UserRecord> find(const std::string& name) const override {
    const std::lock_guard lock(tables_->mutex);
    if (tables_->refuses)
      return refusal();
    const auto user = tables_->users.find(name);
    if (user == tables_->users.end())
      return unknown();
    return user->second;
  }
  Result<std::vector<store::UserRecord>> users() const override {
    const std::lock_guard lock(tables_->mutex);
    std::vector<store::UserRecord> all;
    for (const auto& [name, user] : tables_->users)
      all.push_back(user);
    return all;
  }

  Result<void> open_session(const std::string& user, const std::string& digest,
                            std::chrono::seconds lifetime) override {
    const std::lock_guard lock(tables_->mutex);
    if (!tables_->users.contains(user))
      return unknown();
    tables_->sessions[digest] = {user, {}, 0, tables_->now + lifetime.count()};
    return {};
  }
  Result<void> close_session(const std::string& digest) override {
    const std::lock_guard lock(tables_->mutex);
    if (tables_->refuses)
      return refusal();
    tables_->sessions.erase(digest);
    return {};
  }
  Result<store::KnownUser> by_session(const std::string& digest) const override {
    return by_token(tables_->sessions, digest);
  }

  Result<std::int64_t> add_key(const std::string& user, const std::string& label,
                               const std::string& digest,
                               std::optional<std::chrono::seconds> lifetime) override {
    const std::lock_guard lock(tables_->mutex);
    if (!tables_->users.contains(user))
      return unknown();
    const auto id = ++tables_->last_key;
    tables_->keys[digest] = {user, label, id, lifetime ? tables_->now + lifetime->count() : 0};
    return id;
  }
  Result<std::vector<store::KeyRecord>> keys(const std::string& user) const override {
    const std::lock_guard lock(tables_->mutex);
    std::vector<store::KeyRecord> found;
    for (const auto& [digest, key] : tables_->keys)
      if (user.empty() || key.user == user)
        found.push_back({key.id, key.user, key.label, 0, key.ends});
    std::ranges::sort(found, {}, &store::KeyRecord::id);
    return found;
  }
  Result<void> remove_key(std::int64_t id) override {
    const std::lock_guard lock(tables_->mutex);
    const auto erased = std::erase_if(tables_->keys, [id](const auto& entry) {
      return entry.second.id == id;
    });
    return erased > 0 ? Result<void>() : Result<void>(unknown());
  }
  Result<store::KnownUser> by_key(const std::string& digest) const override {
    return by_token(tables_->keys, digest);
  }

private:
  using Tokens = std::map<std::string, MemoryUsers::Token>;
  static Error unknown() { return {Errc::not_found, "nobody", {}}; }
  static Error refusal() { return {Errc::unavailable, "the disk is full", {}}; }
  static void drop(Tokens& tokens, const std::string& user) {
    std::erase_if(tokens, [&](const auto& entry) {
      return entry.second.user == user;
    });
  }
  Result<store::KnownUser> by_token(const Tokens& tokens, const std::string& digest) const {
    const std::lock_guard lock(tables_->mutex);
    if (tables_->refuses)
      return refusal();
    const auto token = tokens.find(digest);
    if (token == tokens.end() || (token->second.ends != 0 && token->second.ends <= tables_->now))
      return unknown();
    const auto& user = tables_->users.at(token->second.user);
    if (user.disabled)
      return unknown();
    std::set<std::string> colleagues;
    for (const auto& [name, other] : tables_->users)
      for (const auto& group : user.groups)
        if (std::ranges::find(other.groups, group) != other.groups.end())
          colleagues.insert(name);
    return store::KnownUser{user, {colleagues.begin(), colleagues.end()}};
  }

  std::shared_ptr<MemoryUsers> tables_;
};

} // namespace oq::testing
