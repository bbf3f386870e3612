// `user add|change|passwd|list|remove` and `user key add|list|remove`.
#include "app/user_options.hpp"

#include <CLI/CLI.hpp>

namespace oq::app {
namespace {

using Action = UserSettings::Action;

CLI::App& declare_action(CLI::App& parent, const char* word, const char* help, Settings& settings,
                         Action action) {
  auto* command = parent.add_subcommand(word, help);
  command->callback([&settings, action] {
    settings.command = Command::user;
    settings.user.action = action;
  });
  return *command;
}

void declare_name(CLI::App& command, UserSettings& user) {
  command.add_option("name", user.name, "of the user")->required();
}

void declare_powers(CLI::App& command, UserSettings& user) {
  command.add_option("--level", user.level, "0, 1, 2: from 2 on they may share calculations")
    ->check(CLI::Range(0, 9));
  command.add_flag_callback(
    "--superuser",
    [&user] {
      user.superuser = true;
    },
    "sees everybody's calculations, the cluster and the metrics");
  command.add_flag_callback(
    "--no-superuser",
    [&user] {
      user.superuser = false;
    },
    "no longer");
  command.add_option("--groups", user.groups,
                     "GROUP,GROUP: who shares a group sees and aborts each other's calculations");
}

void declare_keys(CLI::App& key, Settings& settings) {
  auto& user = settings.user;
  key.require_subcommand(1);
  auto& add =
    declare_action(key, "add", "make a key and print it, this once", settings, Action::key_add);
  declare_name(add, user);
  add.add_option("--label", user.key_label, "what it is for");
  add.add_option("--days", user.key_days, "until it ends; default: never")
    ->check(CLI::Range(1, 36500));
  auto& list =
    declare_action(key, "list", "keys, without what is secret", settings, Action::key_list);
  list.add_option("name", user.name, "of one user; default: of all");
  auto& remove = declare_action(key, "remove", "take a key away", settings, Action::key_remove);
  remove.add_option("key", user.key, "its number in the list")->required();
}

} // namespace

void declare_user(CLI::App& command, Settings& settings) {
  auto& user = settings.user;
  command.add_option("--data-dir", user.data_dir, "as of the service")
    ->envname("OQ_DATA_DIR")
    ->capture_default_str();
  command.add_option("--database", user.database, "as of the service")->envname("OQ_DATABASE");
  command.require_subcommand(1);
  command.fallthrough();

  auto& add = declare_action(
    command, "add", "the password is asked for, or read from standard input or OQ_PASSWORD",
    settings, Action::add);
  declare_name(add, user);
  declare_powers(add, user);
  add.add_flag("--no-password", user.without_password, "only keys let them in");
  auto& change =
    declare_action(command, "change", "level, groups and so on", settings, Action::change);
  declare_name(change, user);
  declare_powers(change, user);
  change.add_flag_callback(
    "--disabled",
    [&user] {
      user.disabled = true;
    },
    "not let in, by no session and no key");
  change.add_flag_callback(
    "--enabled",
    [&user] {
      user.disabled = false;
    },
    "let in again");
  declare_name(declare_action(command, "passwd", "a new password, which ends all sessions",
                              settings, Action::passwd),
               user);
  declare_action(command, "list", "all users", settings, Action::list);
  declare_name(declare_action(command, "remove", "with sessions and keys; calculations stay",
                              settings, Action::remove),
               user);
  declare_keys(*command.add_subcommand("key", "keys of programs: Authorization: Bearer KEY"),
               settings);
}

} // namespace oq::app
