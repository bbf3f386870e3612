// WorkFolder: where files are written until they are whole, and nobody else writes.
#pragma once

#include "engine/base/result.hpp"

#include <filesystem>
#include <string>

namespace oq::actors {

// Gone with this object, with everything that was not given away.
class WorkFolder {
public:
  // Below `parent`, which is made when it is not there and swept. Errc::unavailable when the disk
  // refuses.
  static Result<WorkFolder> create(const std::filesystem::path& parent);
  ~WorkFolder();
  WorkFolder(WorkFolder&& other) noexcept;
  WorkFolder& operator=(WorkFolder&&) = delete;

  const std::filesystem::path& path() const { return path_; }
  // Its file or folder `name` becomes `target`. When there is such a folder already, another
  // process was first with the same, and that one stays.
  Result<void> give(const std::string& name, const std::filesystem::path& target) const;

private:
  explicit WorkFolder(std::filesystem::path path) : path_(std::move(path)) {}
  std::filesystem::path path_;
};

// Takes away what dead processes left: whatever nobody has written to for an hour. Makes the folder
// when it is not there. Another process may be using it.
void sweep(const std::filesystem::path& parent);

} // namespace oq::actors
