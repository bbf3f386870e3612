// split: the items of an option that takes several, separated by commas.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace oq::app {

// Without surrounding blanks; empty ones are left out.
inline std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> items;
  while (!text.empty()) {
    const auto comma = text.find(',');
    auto item = text.substr(0, comma);
    text = comma == text.npos ? std::string_view{} : text.substr(comma + 1);
    while (item.starts_with(' '))
      item.remove_prefix(1);
    while (item.ends_with(' '))
      item.remove_suffix(1);
    if (!item.empty())
      items.emplace_back(item);
  }
  return items;
}

} // namespace oq::app
