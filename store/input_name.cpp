// Names of input files: what is stripped, what is refused.
#include "store/input_name.hpp"

#include <algorithm>
#include <cctype>

namespace oq::store {
namespace {

constexpr std::size_t kLongestName = 1024;
constexpr std::size_t kLongestComponent = 255; // of the usual file systems

// The name as an error shows it: short, and without characters that a terminal would obey.
std::string shown(std::string_view name) {
  std::string text(name.substr(0, 80));
  for (auto& character : text)
    if (std::iscntrl(static_cast<unsigned char>(character)))
      character = '?';
  return text;
}

std::string_view without_drive(std::string_view name) {
  const bool has_drive =
    name.size() >= 2 && name[1] == ':' && std::isalpha(static_cast<unsigned char>(name[0]));
  return has_drive ? name.substr(2) : name;
}

bool is_control(char character) {
  return std::iscntrl(static_cast<unsigned char>(character)) != 0;
}

} // namespace

Result<std::string> relative_name(std::string_view name) {
  if (name.size() > kLongestName)
    return invalid_input("a file name is too long", shown(name));
  if (std::any_of(name.begin(), name.end(), is_control))
    return invalid_input("a file name holds control characters", shown(name));
  std::string slashed(without_drive(name));
  std::replace(slashed.begin(), slashed.end(), '\\', '/');
  std::string relative;
  for (std::size_t begin = 0; begin < slashed.size();) {
    const auto end = std::min(slashed.find('/', begin), slashed.size());
    const auto part = std::string_view(slashed).substr(begin, end - begin);
    begin = end + 1;
    if (part.empty() || part == ".")
      continue;
    if (part == "..")
      return invalid_input("a file name leads out of its folder", shown(name));
    if (part.size() > kLongestComponent)
      return invalid_input("a file name is too long", shown(name));
    relative += relative.empty() ? "" : "/";
    relative += part;
  }
  if (relative.empty())
    return invalid_input("a file has no name", shown(name));
  return relative;
}

Result<std::string> base_name(std::string_view name) {
  const auto slash = name.find_last_of("/\\");
  return relative_name(slash == std::string_view::npos ? name : name.substr(slash + 1));
}

} // namespace oq::store
