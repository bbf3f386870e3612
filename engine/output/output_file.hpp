// OutputFile: a file that appears whole under its name, or not at all.
#pragma once

#include "engine/base/result.hpp"

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace oq::engine {

// Writes to a temporary name beside the target; commit() renames. Without a commit nothing stays.
class OutputFile {
public:
  // Errc::unavailable when the file cannot be made.
  static Result<OutputFile> create(const std::filesystem::path& path);

  OutputFile(OutputFile&&) noexcept = default;
  OutputFile& operator=(OutputFile&&) = delete;
  ~OutputFile();

  // A failed write is remembered; commit() reports it.
  void write(std::string_view text);
  // Errc::unavailable when any byte could not be written. Call once.
  Result<std::filesystem::path> commit();

private:
  struct Close {
    void operator()(std::FILE* file) const noexcept { std::fclose(file); }
  };

  OutputFile(std::filesystem::path path, std::FILE* file);
  void flush();
  Error refused(int reason) const;

  std::filesystem::path path_, part_;
  std::unique_ptr<std::FILE, Close> file_;
  std::string buffer_;
  int failure_ = 0; // errno of the first failed write
};

} // namespace oq::engine
