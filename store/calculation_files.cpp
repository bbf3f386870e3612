// CalculationFiles: creating, confining and removing a calculation's folder.
#include "store/calculation_files.hpp"

#include "store/durable_file.hpp"
#include "store/input_name.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace oq::store {

namespace fs = std::filesystem;

namespace {

bool is_below(const fs::path& path, const fs::path& folder) {
  const auto [mismatch, ignored] =
    std::mismatch(folder.begin(), folder.end(), path.begin(), path.end());
  return mismatch == folder.end();
}

std::string megabytes(std::uint64_t bytes) {
  return fmt::format("{:.1f} MB", static_cast<double>(bytes) / 1e6);
}

} // namespace

CalculationFiles::CalculationFiles(fs::path data_directory)
  : data_directory_(std::move(data_directory)) {}

std::string CalculationFiles::folder_name(std::int64_t id) {
  return fmt::format("calc_{}", id);
}

fs::path CalculationFiles::folder(std::int64_t id) const {
  return data_directory_ / folder_name(id);
}

fs::path CalculationFiles::inputs(std::int64_t id) const {
  return folder(id) / "inputs";
}

fs::path CalculationFiles::exports(std::int64_t id) const {
  return folder(id) / "exports";
}

fs::path CalculationFiles::datastore(std::int64_t id) const {
  return folder(id) / (folder_name(id) + ".hdf5");
}

fs::path CalculationFiles::exporting() const {
  return data_directory_ / "exporting";
}

Result<void> CalculationFiles::create(std::int64_t id) const {
  std::error_code failure;
  fs::create_directories(data_directory_, failure);
  if (!failure && !fs::create_directory(folder(id), failure) && !failure)
    return Error{Errc::conflict,
                 "the folder of a new calculation is there already, from another database",
                 folder(id).string()};
  if (!failure)
    fs::create_directory(inputs(id), failure);
  if (!failure)
    fs::create_directory(exports(id), failure);
  if (failure)
    return disk_error("cannot create the calculation's folder", folder(id), failure.value());
  return sync_path(data_directory_);
}

Result<void> CalculationFiles::remove(std::int64_t id) const {
  std::error_code failure;
  fs::remove_all(folder(id), failure);
  if (failure)
    return disk_error("cannot remove the calculation's folder", folder(id), failure.value());
  return {};
}

Result<std::int64_t> CalculationFiles::size_bytes(std::int64_t id) const {
  std::error_code failure;
  std::int64_t total = 0;
  fs::recursive_directory_iterator entries(folder(id), failure);
  if (failure == std::errc::no_such_file_or_directory)
    return total;
  for (; !failure && entries != fs::end(entries); entries.increment(failure)) {
    std::error_code vanished; // a file may be removed meanwhile
    if (entries->is_regular_file(vanished) && !entries->is_symlink(vanished))
      if (const auto size = entries->file_size(vanished); !vanished)
        total += static_cast<std::int64_t>(size);
  }
  if (failure)
    return disk_error("cannot read the calculation's folder", folder(id), failure.value());
  return total;
}

Result<fs::path> CalculationFiles::file(std::int64_t id, const std::string& name) const {
  if (!name.empty() && (name.front() == '/' || name.front() == '\\'))
    return invalid_input("a file name leads out of its folder", name);
  OQ_TRY(const auto relative, relative_name(name));
  std::error_code failure;
  const auto root = fs::canonical(folder(id), failure);
  const auto path = failure ? fs::path() : fs::canonical(root / relative, failure);
  if (failure)
    return Error{Errc::not_found, "there is no such file", name};
  if (!is_below(path, root))
    return invalid_input("a file name leads out of its folder", name);
  if (!fs::is_regular_file(path, failure))
    return Error{Errc::not_found, "there is no such file", name};
  return path;
}

Result<void> CalculationFiles::require_space(std::uint64_t bytes) const {
  std::error_code failure;
  const auto space = fs::space(data_directory_, failure);
  if (failure)
    return disk_error("cannot read the free space", data_directory_, failure.value());
  if (space.available < bytes)
    return Error{Errc::unavailable,
                 fmt::format("the disk is full: {} are needed, {} are free", megabytes(bytes),
                             megabytes(space.available)),
                 data_directory_.string()};
  return {};
}

} // namespace oq::store
