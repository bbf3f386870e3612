// TemporaryFolder: a folder of its own for a test, removed with all that is in it.
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <string>
#include <unistd.h>

namespace oq::http::testing {

class TemporaryFolder {
public:
  TemporaryFolder() { std::filesystem::create_directories(path_); }
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::filesystem::path& path() const noexcept { return path_; }

private:
  static std::string unique_name() {
    static std::atomic<int> count{0};
    return "oq_http_" + std::to_string(::getpid()) + "_" + std::to_string(count++);
  }
  const std::filesystem::path path_ = std::filesystem::path(::testing::TempDir()) / unique_name();
};

} // namespace oq::http::testing
