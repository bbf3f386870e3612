// Names are checked on both sides: neither machine trusts the other's.
#include "actors/shared_inputs.hpp"

#include "store/calculation_files.hpp"
#include "store/descriptor.hpp"
#include "store/durable_file.hpp"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>

namespace oq::actors {

namespace fs = std::filesystem;

namespace {

int open_file(const fs::path& path, int flags) {
  return ::open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, 0600);
}

Error gone(const store::CalculationRecord& record) {
  return {Errc::not_found, "the inputs of the calculation are not here", record.ini};
}

Error elsewhere(const std::string& name) {
  return {Errc::forbidden, "that file is not an input of the calculation", name.substr(0, 200)};
}

} // namespace

SharedInputs::SharedInputs(fs::path data_directory) : data_directory_(std::move(data_directory)) {}

Result<std::vector<SharedFile>> SharedInputs::list(const store::CalculationRecord& record) const {
  if (fs::path(record.ini).is_absolute())
    return gone(record);
  const auto inputs = store::CalculationFiles(data_directory_).inputs(record.id);
  std::vector<SharedFile> files;
  std::error_code failure;
  for (fs::recursive_directory_iterator entry(inputs, failure), end; !failure && entry != end;
       entry.increment(failure)) {
    if (entry->is_symlink(failure) || !entry->is_regular_file(failure))
      continue;
    const auto name = entry->path().lexically_relative(data_directory_).generic_string();
    if (is_shared_name(record, name))
      files.push_back({name, entry->file_size(failure)});
  }
  if (failure || files.empty())
    return gone(record);
  if (record.hazard_calculation_id) {
    const auto name = datastore_name(*record.hazard_calculation_id);
    const auto size = fs::file_size(data_directory_ / name, failure);
    if (failure)
      return gone(record);
    files.push_back({name, size});
  }
  std::ranges::sort(files, {}, &SharedFile::name);
  return files;
}

Result<std::string> SharedInputs::read(const store::CalculationRecord& record,
                                       const std::string& name, std::uint64_t offset,
                                       std::size_t size) const {
  if (!is_shared_name(record, name))
    return elsewhere(name);
  // Links inside the folder must not lead out of it either.
  const auto slash = name.find('/');
  const auto& owner = record.hazard_calculation_id;
  const bool is_parent = owner && name == datastore_name(*owner);
  OQ_TRY(const auto path, store::CalculationFiles(data_directory_)
                            .file(is_parent ? *owner : record.id, name.substr(slash + 1)));
  const store::Descriptor file(open_file(path, O_RDONLY));
  if (!file)
    return Error{Errc::not_found, "there is no such file", name};
  std::string bytes(size, '\0');
  bytes.resize(file.read_at(offset, bytes.data(), size));
  return bytes;
}

Result<void> SharedInputs::write(const store::CalculationRecord& record, const std::string& name,
                                 std::uint64_t offset, const std::string& bytes) const {
  if (!is_shared_name(record, name))
    return elsewhere(name);
  const auto path = data_directory_ / name;
  std::error_code failure;
  fs::create_directories(path.parent_path(), failure);
  if (failure)
    return store::disk_error("cannot make the folder", path.parent_path(), failure.value());
  const store::Descriptor file(open_file(path, O_WRONLY | O_CREAT));
  if (!file || !file.write_at(offset, bytes.data(), bytes.size()))
    return store::disk_error("cannot write the file", path, errno);
  return {};
}

} // namespace oq::actors
