// ScratchFolder: a private folder of this process, gone with it; what dead processes left goes too.
#pragma once

#include "engine/base/result.hpp"

#include <filesystem>
#include <memory>

namespace oq::app {

class ScratchFolder {
public:
  // A new folder in `parent`, or in the system's temporary folder when that is empty.
  static Result<std::shared_ptr<ScratchFolder>> make(const std::filesystem::path& parent);
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

private:
  explicit ScratchFolder(std::filesystem::path path) : path_(std::move(path)) {}
  std::filesystem::path path_;
};

} // namespace oq::app
