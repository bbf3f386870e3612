// Sorted by age, counted, removed.
#include "actors/kept_files.hpp"

#include <algorithm>
#include <functional>
#include <vector>

namespace oq::actors {
namespace {

namespace fs = std::filesystem;

struct Kept {
  fs::path path;
  fs::file_time_type made;
  std::uint64_t bytes = 0;
};

} // namespace

void keep_newest(const fs::path& folder) {
  std::vector<Kept> kept;
  std::error_code missing, ignored;
  for (const auto& entry : fs::directory_iterator(folder, missing)) {
    const auto made = entry.last_write_time(ignored);
    if (entry.is_regular_file(ignored))
      kept.push_back({entry.path(), made, entry.file_size(ignored)});
  }
  std::ranges::sort(kept, std::ranges::greater(), &Kept::made);
  std::uint64_t bytes = 0;
  for (std::size_t i = 0; i < kept.size(); ++i) {
    bytes += kept[i].bytes;
    if (i >= kMostKeptFiles || (i > 0 && bytes > kMostKeptBytes))
      fs::remove(kept[i].path, ignored);
  }
}

} // namespace oq::actors
