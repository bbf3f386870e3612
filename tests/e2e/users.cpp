// Starts the program once a command.
#include "e2e/users.hpp"

#include <cstdlib>
#include <sstream>
#include <stdexcept>

namespace oq::testing {

int Users::code_of(const std::vector<std::string>& arguments, const std::string& password) {
  std::vector<std::string> command{program(), "user"};
  command.insert(command.end(), arguments.begin(), arguments.end());
  command.insert(command.end(), {"--data-dir", data_dir_.string()});
  if (!password.empty())
    ::setenv("OQ_PASSWORD", password.c_str(), 1);
  std::filesystem::remove(folder_ / "output.txt");
  const int code = ChildProcess(command, folder_ / "output.txt").wait();
  ::unsetenv("OQ_PASSWORD");
  return code;
}

std::string Users::call(const std::vector<std::string>& arguments, const std::string& password) {
  const int code = code_of(arguments, password);
  auto text = file_text(folder_ / "output.txt");
  if (code != 0)
    throw std::runtime_error("user " + arguments.front() + ": " + text);
  return text;
}

std::string Users::add_with_key(const std::string& name, const std::vector<std::string>& options) {
  std::vector<std::string> add{"add", name, "--no-password"};
  add.insert(add.end(), options.begin(), options.end());
  call(add);
  std::istringstream lines(call({"key", "add", name}));
  std::string key;
  for (std::string line; std::getline(lines, line);)
    key = line;
  return key;
}

} // namespace oq::testing
