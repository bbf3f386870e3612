// Users: accounts and keys of a service's data directory, made as an administrator makes them.
#pragma once

#include "e2e/service.hpp"

#include <string>
#include <vector>

namespace oq::testing {

class Users {
public:
  explicit Users(std::filesystem::path data_dir) : data_dir_(std::move(data_dir)) {}

  // `oq-engine-server user …`; what it printed on both streams. Throws when it fails.
  std::string call(const std::vector<std::string>& arguments, const std::string& password = "");
  // As call(); the exit code.
  int code_of(const std::vector<std::string>& arguments, const std::string& password = "");

  // A user without a password, and the key that lets them in.
  std::string add_with_key(const std::string& name, const std::vector<std::string>& options = {});

private:
  std::filesystem::path data_dir_;
  TemporaryFolder folder_;
};

} // namespace oq::testing
