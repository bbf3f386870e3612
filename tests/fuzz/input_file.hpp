// InputFile: the bytes of a fuzz target as a file, for readers that take paths.
#pragma once

#include "fuzz/fuzz.hpp"

#include <filesystem>
#include <fstream>
#include <string>
#include <unistd.h>

namespace oq::fuzz {

// A folder of the process, in memory where there is such a place; gone at the end.
class Folder {
public:
  Folder() {
    const std::filesystem::path memory = "/dev/shm";
    std::error_code failure;
    const auto parent = std::filesystem::is_directory(memory, failure)
                          ? memory
                          : std::filesystem::temp_directory_path();
    path_ = parent / ("oq-fuzz-" + std::to_string(::getpid()));
    std::filesystem::create_directories(path_);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    std::error_code failure;
    std::filesystem::remove_all(path_, failure);
  }

  std::filesystem::path write(const std::string& name, std::string_view text) const {
    auto path = path_ / name;
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }

private:
  std::filesystem::path path_;
};

inline const Folder& folder() {
  static const Folder mine;
  return mine;
}

// The first character of XML; other inputs are CSV.
inline bool is_xml(std::string_view text) {
  return text.starts_with('<');
}

template <class Result>
void require_reason(const Result& result) {
  require(static_cast<bool>(result) || !result.error().message.empty(), "an error says why");
}

} // namespace oq::fuzz
