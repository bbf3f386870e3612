// The process number in the name tells whose it was.
#include "app/scratch_folder.hpp"

#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <string>
#include <sys/stat.h>
#include <unistd.h>

namespace oq::app {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kPrefix = "oq-worker-";

// A folder of this user, made by a process that is no more.
bool is_abandoned(const fs::path& path) {
  const auto name = path.filename().string();
  long process = 0;
  if (!name.starts_with(kPrefix)
      || std::from_chars(name.data() + kPrefix.size(), name.data() + name.size(), process).ec
           != std::errc{})
    return false;
  struct stat status {};
  return ::lstat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode)
         && status.st_uid == ::geteuid() && process > 0
         && ::kill(static_cast<pid_t>(process), 0) != 0 && errno == ESRCH;
}

void sweep(const fs::path& parent) {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(parent, ignored))
    if (is_abandoned(entry.path()))
      fs::remove_all(entry.path(), ignored);
}

} // namespace

Result<std::shared_ptr<ScratchFolder>> ScratchFolder::make(const fs::path& parent) {
  std::error_code failure;
  const auto place = parent.empty() ? fs::temp_directory_path(failure) : parent;
  sweep(place);
  auto pattern = (place / (std::string(kPrefix) + std::to_string(::getpid()) + "-XXXXXX")).string();
  if (!::mkdtemp(pattern.data()))
    return Error{Errc::unavailable, "cannot make a folder for inputs there", place.string()};
  return std::shared_ptr<ScratchFolder>(new ScratchFolder(pattern));
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored; // the next worker of this machine sweeps what is left
  fs::remove_all(path_, ignored);
}

} // namespace oq::app
