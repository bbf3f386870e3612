// A name is taken as it is or not at all: nothing is stripped, nothing is resolved.
#include "actors/shared_name.hpp"

#include <algorithm>
#include <cctype>
#include <string_view>

namespace oq::actors {
namespace {

constexpr std::size_t kLongestName = 1024;
constexpr std::size_t kLongestComponent = 255; // of the usual file systems

std::string folder_of(std::int64_t id) {
  return "calc_" + std::to_string(id);
}

bool is_odd(char c) {
  return c == '\\' || std::iscntrl(static_cast<unsigned char>(c)) != 0;
}

// "a/b.xml": below a folder, wherever that is.
bool is_plain(std::string_view name) {
  if (name.size() > kLongestName || std::ranges::any_of(name, is_odd))
    return false;
  for (std::size_t begin = 0; begin <= name.size();) {
    const auto end = std::min(name.find('/', begin), name.size());
    const auto part = name.substr(begin, end - begin);
    if (part.empty() || part == "." || part == ".." || part.size() > kLongestComponent)
      return false;
    begin = end + 1;
  }
  return true;
}

} // namespace

std::string datastore_name(std::int64_t id) {
  return folder_of(id) + "/" + folder_of(id) + ".hdf5";
}

bool is_shared_name(const store::CalculationRecord& record, const std::string& name) {
  if (record.hazard_calculation_id && name == datastore_name(*record.hazard_calculation_id))
    return true;
  const auto inputs = folder_of(record.id) + "/inputs/";
  return name.starts_with(inputs) && is_plain(std::string_view(name).substr(inputs.size()));
}

} // namespace oq::actors
