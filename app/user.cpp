// `user`: who may log in, and the API keys of programs; straight to the database, no service
// needed.
#include "actors/identity.hpp"
#include "actors/secrets.hpp"
#include "app/commands.hpp"
#include "app/password_input.hpp"
#include "app/service.hpp"
#include "app/split.hpp"
#include "store/user_store.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <ctime>

namespace oq::app {
namespace {

using UserCommand = UserSettings::Action;

constexpr std::size_t kLongestName = 64;
constexpr std::chrono::seconds kDay = std::chrono::hours(24);

// What stands in URLs, logs and the `owner` of calculations without a second thought. No '@': that
// divides a user from a host.
Result<void> check_name(const std::string& name, const char* what) {
  const bool is_plain = std::ranges::all_of(name, [](unsigned char c) {
    return std::isalnum(c) || c == '.' || c == '_' || c == '-' || c == '+';
  });
  if (name.empty() || name.size() > kLongestName || !is_plain)
    return invalid_input(fmt::format("\"{}\" is no name of a {}: it has 1 to {} letters, digits or "
                                     "any of . _ - +",
                                     name, what, kLongestName));
  return {};
}

Result<std::vector<std::string>> groups_of(const std::string& text) {
  auto groups = split(text);
  for (const auto& group : groups)
    OQ_CHECK(check_name(group, "group"));
  std::ranges::sort(groups);
  return groups;
}

Result<std::string> new_password_hash(const std::string& name) {
  OQ_TRY(const auto password, read_new_password(name));
  return actors::hash_password(password);
}

Result<void> add(store::UserStore& users, const UserSettings& settings) {
  OQ_CHECK(check_name(settings.name, "user"));
  store::UserRecord user;
  user.name = settings.name;
  user.level = settings.level.value_or(0);
  user.superuser = settings.superuser.value_or(false);
  OQ_TRY(user.groups, groups_of(settings.groups.value_or("")));
  if (!settings.without_password) {
    OQ_TRY(user.password, new_password_hash(user.name));
  }
  OQ_CHECK(users.add(user));
  fmt::print("user {} added\n", user.name);
  return {};
}

Result<void> change(store::UserStore& users, const UserSettings& settings) {
  store::UserChange change;
  change.level = settings.level;
  change.superuser = settings.superuser;
  change.disabled = settings.disabled;
  if (settings.groups) {
    OQ_TRY(change.groups, groups_of(*settings.groups));
  }
  OQ_CHECK(users.change(settings.name, change));
  fmt::print("user {} changed\n", settings.name);
  return {};
}

Result<void> set_password(store::UserStore& users, const UserSettings& settings) {
  OQ_TRY(const auto known, users.find(settings.name)); // before anything is typed
  store::UserChange change;
  OQ_TRY(change.password, new_password_hash(known.name));
  OQ_CHECK(users.change(known.name, change));
  fmt::print("password of {} changed, all its sessions have ended\n", known.name);
  return {};
}

Result<void> list(store::UserStore& users) {
  OQ_TRY(const auto all, users.users());
  fmt::print("{:<24} {:>5} {:<9} {:<8} {}\n", "user", "level", "superuser", "state", "groups");
  for (const auto& user : all)
    fmt::print("{:<24} {:>5} {:<9} {:<8} {}\n", user.name, user.level,
               user.superuser ? "yes" : "no", user.disabled ? "disabled" : "enabled",
               fmt::join(user.groups, ","));
  return {};
}

Result<void> remove(store::UserStore& users, const UserSettings& settings) {
  OQ_CHECK(users.remove(settings.name));
  fmt::print("user {} removed; the calculations stay, and whoever gets the name gets them\n",
             settings.name);
  return {};
}

Result<void> add_key(store::UserStore& users, const UserSettings& settings) {
  const auto key = actors::new_token();
  std::optional<std::chrono::seconds> lifetime;
  if (settings.key_days > 0)
    lifetime = kDay * settings.key_days;
  OQ_TRY(const auto id,
         users.add_key(settings.name, settings.key_label, actors::token_digest(key), lifetime));
  fmt::print(stderr,
             "key {} of {}: it is shown this once; send it as \"Authorization: Bearer "
             "KEY\"\n",
             id, settings.name);
  fmt::print("{}\n", key);
  return {};
}

std::string day(std::int64_t microseconds) {
  return fmt::format("{:%Y-%m-%d}",
                     fmt::gmtime(static_cast<std::time_t>(microseconds / 1'000'000)));
}

Result<void> list_keys(store::UserStore& users, const UserSettings& settings) {
  OQ_TRY(const auto keys, users.keys(settings.name));
  fmt::print("{:>6} {:<24} {:<10} {:<10} {}\n", "key", "user", "created", "ends", "label");
  for (const auto& key : keys)
    fmt::print("{:>6} {:<24} {:<10} {:<10} {}\n", key.id, key.user, day(key.created_at),
               key.expires_at == 0 ? "never" : day(key.expires_at), key.label);
  return {};
}

Result<void> remove_key(store::UserStore& users, const UserSettings& settings) {
  OQ_CHECK(users.remove_key(settings.key));
  fmt::print("key {} removed\n", settings.key);
  return {};
}

Result<void> act(store::UserStore& users, const UserSettings& settings) {
  switch (settings.action) {
  case UserCommand::add:
    return add(users, settings);
  case UserCommand::change:
    return change(users, settings);
  case UserCommand::passwd:
    return set_password(users, settings);
  case UserCommand::list:
    return list(users);
  case UserCommand::remove:
    return remove(users, settings);
  case UserCommand::key_add:
    return add_key(users, settings);
  case UserCommand::key_list:
    return list_keys(users, settings);
  case UserCommand::key_remove:
    return remove_key(users, settings);
  }
  return {};
}

Result<void> open_and_act(const UserSettings& settings) {
  OQ_TRY(const auto url, database_of(settings.data_dir, settings.database));
  OQ_TRY(const auto users, store::open_user_store(url));
  return act(*users, settings);
}

} // namespace

int user(const UserSettings& settings) {
  const auto done = open_and_act(settings);
  if (done)
    return 0;
  fmt::print(stderr, "error: {}\n", done.error().text());
  return done.error().code == Errc::unavailable ? 1 : 2;
}

} // namespace oq::app
