// Reads without echo from a terminal, and leaves it as it was.
#include "app/password_input.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <termios.h>
#include <unistd.h>

namespace oq::app {
namespace {

class NoEcho {
public:
  NoEcho() {
    if (::tcgetattr(STDIN_FILENO, &before_) != 0)
      return;
    termios quiet = before_;
    quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    is_quiet_ = ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet) == 0;
  }
  ~NoEcho() {
    if (is_quiet_)
      ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
  }
  NoEcho(const NoEcho&) = delete;
  NoEcho& operator=(const NoEcho&) = delete;

private:
  termios before_{};
  bool is_quiet_ = false;
};

std::string read_line() {
  std::string line;
  std::getline(std::cin, line);
  if (line.ends_with('\r'))
    line.pop_back();
  return line;
}

std::string ask(const std::string& prompt) {
  fmt::print(stderr, "{}", prompt);
  std::string answer;
  {
    const NoEcho quiet;
    answer = read_line();
  }
  fmt::print(stderr, "\n");
  return answer;
}

} // namespace

Result<std::string> read_new_password(const std::string& user) {
  std::string password;
  if (const char* given = std::getenv("OQ_PASSWORD")) {
    password = given;
  } else if (::isatty(STDIN_FILENO) == 1) {
    password = ask("New password of " + user + ": ");
    if (ask("The same again: ") != password)
      return invalid_input("the two passwords differ");
  } else {
    password = read_line();
  }
  if (password.empty())
    return invalid_input("a password cannot be empty");
  return password;
}

} // namespace oq::app
