// Durable files: fsync before rename, and the folder after it.
#include "store/durable_file.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstdint>
#include <fcntl.h>
#include <random>
#include <system_error>
#include <unistd.h>

namespace oq::store {

namespace {
constexpr const char* kUnfinished = ".part-";
} // namespace

Error disk_error(const std::string& action, const std::filesystem::path& path, int error_number) {
  return {Errc::unavailable, action + ": " + std::generic_category().message(error_number),
          path.filename().string()};
}

Result<void> sync_path(const std::filesystem::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0)
    return disk_error("cannot open the file", path, errno);
  const int failure = ::fsync(descriptor) == 0 ? 0 : errno;
  ::close(descriptor);
  if (failure != 0)
    return disk_error("cannot write to the disk", path, failure);
  return {};
}

Result<void> publish_file(const std::filesystem::path& temporary,
                          const std::filesystem::path& final_name) {
  OQ_CHECK(sync_path(temporary));
  if (::rename(temporary.c_str(), final_name.c_str()) != 0)
    return disk_error("cannot rename the file", temporary, errno);
  return sync_path(final_name.has_parent_path() ? final_name.parent_path() : ".");
}

std::filesystem::path unfinished_name(const std::filesystem::path& final_name) {
  std::random_device random;
  const auto number = (std::uint64_t{random()} << 32) | random();
  return final_name.string() + kUnfinished + fmt::format("{:016x}", number);
}

UnfinishedFile::~UnfinishedFile() {
  std::error_code ignored;
  std::filesystem::remove(path_, ignored);
}

void remove_unfinished(const std::filesystem::path& final_name) {
  const auto beginning = final_name.filename().string() + kUnfinished;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(final_name.parent_path(), ignored))
    if (entry.path().filename().string().starts_with(beginning))
      std::filesystem::remove(entry, ignored);
}

} // namespace oq::store
