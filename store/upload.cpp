// From the files of a request to a calculation's inputs folder.
#include "store/upload.hpp"

#include "store/durable_file.hpp"
#include "store/ini_choice.hpp"
#include "store/input_name.hpp"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

namespace oq::store {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kArchiveField = "archive";
constexpr std::string_view kConfigField = "job_config"; // of the 2013 API

const UploadedFile* archive_of(const std::vector<UploadedFile>& files) {
  const auto is_named = [](const UploadedFile& file) {
    return file.field == kArchiveField;
  };
  // Several of that name are the files themselves, as newer clients send them.
  const auto named = std::find_if(files.begin(), files.end(), is_named);
  if (named != files.end())
    return std::count_if(named, files.end(), is_named) == 1 ? &*named : nullptr;
  return files.size() == 1 && files.front().filename.ends_with(".zip") ? &files.front() : nullptr;
}

// A browser sends a file field that was left empty as a file without name and content.
std::vector<UploadedFile> chosen_files(const std::vector<UploadedFile>& files) {
  std::vector<UploadedFile> chosen;
  std::copy_if(
    files.begin(), files.end(), std::back_inserter(chosen), [](const UploadedFile& file) {
      std::error_code unreadable;
      return !file.filename.empty() || fs::file_size(file.path, unreadable) > 0 || unreadable;
    });
  return chosen;
}

Result<void> move_file(const fs::path& from, const fs::path& to) {
  std::error_code failure;
  fs::rename(from, to, failure);
  if (failure == std::errc::cross_device_link) {
    failure.clear();
    fs::copy_file(from, to, failure);
  }
  if (failure)
    return disk_error("cannot store the input", to, failure.value());
  return {};
}

Result<StoredInputs> store_plain(const std::vector<UploadedFile>& files, IniRequest choice,
                                 const fs::path& folder) {
  StoredInputs stored;
  for (const auto& file : files) {
    OQ_TRY(const auto name, base_name(file.filename));
    if (std::find(stored.files.begin(), stored.files.end(), name) != stored.files.end())
      return invalid_input("two uploaded files have the same name", name);
    OQ_CHECK(move_file(file.path, folder / name));
    stored.files.push_back(name);
    if (file.field == kConfigField)
      choice.job_configs.push_back(name);
  }
  OQ_TRY(stored.ini, choose_ini(stored.files, choice));
  return stored;
}

Result<StoredInputs> store_archive(const UploadedFile& archive, const IniRequest& choice,
                                   const fs::path& folder, const ZipLimits& limits) {
  auto names = extract_zip(archive.path, folder, limits);
  if (!names) {
    auto error = names.error();
    if (error.where.empty())
      error.where = archive.filename;
    return error;
  }
  OQ_TRY(auto ini, choose_ini(*names, choice));
  return StoredInputs{std::move(ini), std::move(*names)};
}

// One call for all files: thousands of single ones would take seconds.
Result<void> sync_file_system(const fs::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0)
    return disk_error("cannot open the folder", folder, errno);
  const int failure = ::syncfs(descriptor) == 0 ? 0 : errno;
  ::close(descriptor);
  if (failure != 0)
    return disk_error("cannot write to the disk", folder, failure);
  return {};
}

void clear(const fs::path& folder) {
  std::error_code ignored;
  for (fs::directory_iterator entry(folder, ignored), end; !ignored && entry != end;
       entry.increment(ignored))
    fs::remove_all(entry->path(), ignored);
}

Result<StoredInputs> store_durably(const UploadRequest& request, const fs::path& folder,
                                   const ZipLimits& limits) {
  const auto files = chosen_files(request.files);
  if (files.empty())
    return invalid_input("the upload holds no file");
  const IniRequest choice{request.job_ini, request.on_hazard, {}};
  const auto* archive = archive_of(files);
  OQ_TRY(auto stored, archive ? store_archive(*archive, choice, folder, limits)
                              : store_plain(files, choice, folder));
  OQ_CHECK(sync_file_system(folder));
  return stored;
}

} // namespace

Result<StoredInputs> store_inputs(const UploadRequest& request, const fs::path& folder,
                                  const ZipLimits& limits) {
  auto stored = store_durably(request, folder, limits);
  if (!stored)
    clear(folder);
  return stored;
}

} // namespace oq::store
