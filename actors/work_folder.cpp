// Folders of mkdtemp; the age of one is that of the newest file in it.
#include "actors/work_folder.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <utility>

namespace oq::actors {
namespace {

namespace fs = std::filesystem;

// No submission and no file of an export takes as long.
constexpr std::chrono::hours kAbandonedAfter{1};

bool is_abandoned(const fs::path& path) {
  std::error_code vanished; // somebody has just finished with it
  auto newest = fs::last_write_time(path, vanished);
  fs::recursive_directory_iterator entries(path, vanished);
  for (; !vanished && entries != fs::end(entries); entries.increment(vanished))
    newest = std::max(newest, entries->last_write_time(vanished));
  if (vanished && vanished != std::errc::not_a_directory)
    return false;
  return fs::file_time_type::clock::now() - newest > kAbandonedAfter;
}

Error refused(const std::error_code& error, const fs::path& where) {
  return {Errc::unavailable, error.message(), where.filename().string()};
}

} // namespace

Result<WorkFolder> WorkFolder::create(const fs::path& parent) {
  sweep(parent);
  auto pattern = (parent / "part-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr)
    return refused({errno, std::generic_category()}, parent);
  return WorkFolder(pattern);
}

WorkFolder::~WorkFolder() {
  std::error_code ignored;
  if (!path_.empty())
    fs::remove_all(path_, ignored);
}

WorkFolder::WorkFolder(WorkFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}

Result<void> WorkFolder::give(const std::string& name, const fs::path& target) const {
  std::error_code error, missing;
  fs::create_directories(target.parent_path(), error);
  fs::rename(path_ / name, target, error);
  if (error && !fs::is_directory(target, missing))
    return refused(error, target);
  return {};
}

void sweep(const fs::path& parent) {
  std::error_code ignored; // who writes there says what is wrong with the folder
  fs::create_directories(parent, ignored);
  for (const auto& entry : fs::directory_iterator(parent, ignored))
    if (is_abandoned(entry))
      fs::remove_all(entry, ignored);
}

} // namespace oq::actors
