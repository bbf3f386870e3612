// Resolving of input paths; nothing outside the allowed folder is even looked at by name.
#include "engine/job/input_path.hpp"

#include "engine/nrml/number.hpp"

#include <algorithm>

namespace oq::engine {
namespace fs = std::filesystem;

Result<fs::path> resolve_input(const fs::path& folder, std::string_view name,
                               const fs::path& confine_to) {
  if (name.empty() || name.find('\0') != std::string_view::npos)
    return invalid_input("a file name is empty");
  const fs::path path = (folder / fs::path(name)).lexically_normal();
  std::error_code status;
  if (!confine_to.empty()) {
    const fs::path allowed = fs::weakly_canonical(confine_to, status);
    const fs::path real = status ? path : fs::weakly_canonical(path, status);
    const auto [rest, differs] = std::ranges::mismatch(allowed, real);
    if (status || rest != allowed.end())
      return invalid_input("the file " + in_quotes(name) + " is outside the calculation's folder");
  }
  if (!fs::is_regular_file(path, status))
    return invalid_input("there is no file " + in_quotes(name));
  return path;
}

} // namespace oq::engine
