// Names are checked on both sides: neither machine trusts the other's.
#include "actors/shared_inputs.hpp"

#include "store/calculation_files.hpp"
#include "store/durable_file.hpp"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

namespace oq::actors {

namespace fs = std::filesystem;

namespace {

class File {
public:
  File(const fs::path& path, int flags)
    : descriptor_(::open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, 0600)) {}
  ~File() {
    if (descriptor_ >= 0)
      ::close(descriptor_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  explicit operator bool() const { return descriptor_ >= 0; }

  // How many bytes there were.
  std::size_t read(std::string& to, std::uint64_t offset) const {
    std::size_t total = 0;
    while (total < to.size()) {
      const auto got = ::pread(descriptor_, to.data() + total, to.size() - total,
                               static_cast<off_t>(offset + total));
      if (got < 0 && errno == EINTR)
        continue;
      if (got <= 0)
        break;
      total += static_cast<std::size_t>(got);
    }
    return total;
  }
  bool write(const std::string& from, std::uint64_t offset) const {
    for (std::size_t total = 0; total < from.size();) {
      const auto put = ::pwrite(descriptor_, from.data() + total, from.size() - total,
                                static_cast<off_t>(offset + total));
      if (put < 0 && errno == EINTR)
        continue;
      if (put < 0)
        return false;
      total += static_cast<std::size_t>(put);
    }
    return true;
  }

private:
  int descriptor_;
};

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
  const File file(path, O_RDONLY);
  if (!file)
    return Error{Errc::not_found, "there is no such file", name};
  std::string bytes(size, '\0');
  bytes.resize(file.read(bytes, offset));
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
  const File file(path, O_WRONLY | O_CREAT);
  if (!file || !file.write(bytes, offset))
    return store::disk_error("cannot write the file", path, errno);
  return {};
}

} // namespace oq::actors
