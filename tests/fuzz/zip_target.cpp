// Archives: nothing leaves the folder, nothing exceeds the limits.
#include "fuzz/fuzz.hpp"
#include "store/zip_archive.hpp"

#include <cstring>
#include <filesystem>
#include <string>
#include <sys/mman.h>
#include <unistd.h>

using oq::fuzz::require;
namespace fs = std::filesystem;

namespace {

// In memory where there is such a place: thousands of archives a second.
fs::path scratch() {
  std::error_code missing;
  auto pattern =
    (fs::is_directory("/dev/shm", missing) ? fs::path("/dev/shm") : fs::temp_directory_path())
      .string()
    + "/oq-fuzz-XXXXXX";
  require(::mkdtemp(pattern.data()) != nullptr, "a folder can be made");
  return pattern;
}

struct Scratch {
  fs::path path = scratch();
  ~Scratch() {
    std::error_code ignored;
    fs::remove_all(path, ignored);
  }
};

void check_folder(const fs::path& root, const fs::path& folder,
                  const oq::store::ZipLimits& limits) {
  std::uint64_t bytes = 0;
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    const bool below =
      entry.path() == folder || entry.path().string().starts_with(folder.string() + "/");
    require(below, "nothing leaves the folder");
    require(!entry.is_symlink(), "nothing is a link");
    if (entry.is_regular_file())
      bytes += entry.file_size();
  }
  require(bytes <= limits.bytes, "no more comes out than may");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Scratch root;
  const auto folder = root.path / "a" / "b";
  fs::create_directories(folder);
  const int fd = ::memfd_create("oq-fuzz", MFD_CLOEXEC);
  require(fd >= 0 && ::write(fd, data, size) == static_cast<ssize_t>(size), "an archive is stored");
  oq::store::ZipLimits limits;
  limits.files = 64;
  limits.bytes = 1 << 18;
  const auto names = oq::store::extract_zip("/proc/self/fd/" + std::to_string(fd), folder, limits);
  ::close(fd);
  if (names)
    for (const auto& name : *names)
      require(fs::is_regular_file(folder / name), "what is named is there");
  check_folder(root.path, root.path / "a", limits);
  fs::remove_all(root.path / "a");
  return 0;
}
