// Durable files: what is under its final name is whole and on the disk.
#pragma once

#include "engine/base/result.hpp"

#include <filesystem>

namespace oq::store {

// Waits until a file's (a folder's) content is on the disk. Errc::unavailable when that fails.
Result<void> sync_path(const std::filesystem::path& path);

// Syncs `temporary`, gives it its final name and syncs the folder: a crash leaves the old or the
// new file.
Result<void> publish_file(const std::filesystem::path& temporary,
                          const std::filesystem::path& final_name);

// Where a file is written until it gets its final name: `final_name`.part-… beside it, which nobody
// else uses.
std::filesystem::path unfinished_name(const std::filesystem::path& final_name);
// A name like that; what is under it is gone with this object, unless it got its final name.
class UnfinishedFile {
public:
  explicit UnfinishedFile(const std::filesystem::path& final_name)
    : path_(unfinished_name(final_name)) {}
  ~UnfinishedFile();
  UnfinishedFile(const UnfinishedFile&) = delete;
  UnfinishedFile& operator=(const UnfinishedFile&) = delete;
  const std::filesystem::path& path() const { return path_; }

private:
  std::filesystem::path path_;
};
// Takes away all such files of that name, whoever writes to them.
void remove_unfinished(const std::filesystem::path& final_name);

// Errc::unavailable with the reason of an errno value: "cannot write X: No space left on device".
Error disk_error(const std::string& action, const std::filesystem::path& path, int error_number);

} // namespace oq::store
