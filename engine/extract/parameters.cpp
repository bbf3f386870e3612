// Names looked up in the lists that there are.
#include "engine/extract/parameters.hpp"

#include <algorithm>
#include <charconv>
#include <numeric>

namespace oq::engine {
namespace {

std::optional<std::size_t> number(std::string_view text) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size())
    return std::nullopt;
  return value;
}

std::vector<std::size_t> all_of(std::size_t count) {
  std::vector<std::size_t> positions(count);
  std::iota(positions.begin(), positions.end(), std::size_t{0});
  return positions;
}

std::vector<std::size_t> sorted_once(std::vector<std::size_t> positions) {
  std::ranges::sort(positions);
  positions.erase(std::unique(positions.begin(), positions.end()), positions.end());
  return positions;
}

// "rlz-0" and "rlz-000" are the same one.
bool is_name_of(const std::string& kind, const std::string& asked) {
  constexpr std::string_view kPrefix = "rlz-";
  if (kind == asked)
    return true;
  return kind.starts_with(kPrefix) && asked.starts_with(kPrefix)
         && number(std::string_view(kind).substr(kPrefix.size()))
              == number(std::string_view(asked).substr(kPrefix.size()))
         && number(std::string_view(asked).substr(kPrefix.size()));
}

void append(std::vector<Kind>& out, const std::vector<std::string>& names, bool is_statistic,
            const std::string& asked) {
  const bool all = asked == (is_statistic ? "stats" : "rlzs");
  for (std::size_t i = 0; i < names.size(); ++i)
    if (all || is_name_of(names[i], asked))
      out.push_back({names[i], is_statistic, i});
}

} // namespace

std::vector<std::string> values_of(const Parameters& parameters, std::string_view name) {
  std::vector<std::string> values;
  for (const auto& [key, value] : parameters)
    if (key == name)
      values.push_back(value);
  return values;
}

bool has(const Parameters& parameters, std::string_view name) {
  return std::ranges::any_of(parameters, [&](const auto& parameter) {
    return parameter.first == name;
  });
}

std::string value_of(const Parameters& parameters, std::string_view name) {
  auto values = values_of(parameters, name);
  return values.empty() ? std::string() : std::move(values.back());
}

Result<std::vector<std::size_t>> chosen(const std::vector<std::string>& names,
                                        const std::vector<std::string>& asked,
                                        const std::string& what) {
  if (asked.empty())
    return all_of(names.size());
  std::vector<std::size_t> positions;
  for (const auto& name : asked) {
    const auto found = std::ranges::find(names, name);
    if (found == names.end())
      return invalid_input("there is no " + what + " " + name);
    positions.push_back(static_cast<std::size_t>(found - names.begin()));
  }
  return sorted_once(std::move(positions));
}

Result<std::vector<std::size_t>>
chosen_numbers(std::size_t count, const std::vector<std::string>& asked, const std::string& what) {
  if (asked.empty())
    return all_of(count);
  std::vector<std::size_t> positions;
  for (const auto& text : asked) {
    const auto value = number(text);
    if (!value || *value >= count)
      return invalid_input("there is no " + what + " " + text);
    positions.push_back(*value);
  }
  return sorted_once(std::move(positions));
}

Result<std::vector<Kind>> chosen_kinds(const std::vector<std::string>& statistics,
                                       const std::vector<std::string>& realizations,
                                       const std::vector<std::string>& asked) {
  std::vector<Kind> kinds;
  auto wanted = asked;
  if (wanted.empty())
    wanted.emplace_back(statistics.empty() ? "rlzs" : "stats");
  for (const auto& name : wanted) {
    const auto before = kinds.size();
    append(kinds, statistics, true, name);
    append(kinds, realizations, false, name);
    if (kinds.size() == before)
      return invalid_input("there is no kind " + name);
  }
  std::vector<Kind> once;
  for (auto& kind : kinds)
    if (std::ranges::find(once, kind.name, &Kind::name) == once.end())
      once.push_back(std::move(kind));
  return once;
}

} // namespace oq::engine
