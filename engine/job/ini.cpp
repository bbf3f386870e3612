// Reading ini text line by line, as Python's configparser does without interpolation.
#include "engine/job/ini.hpp"

#include "engine/nrml/number.hpp"
#include "engine/nrml/utf8.hpp"

#include <algorithm>
#include <map>

namespace oq::engine {
namespace {

constexpr std::size_t kLargestIni = std::size_t{4} << 20; // bytes; `sites` may list many
constexpr std::size_t kMostOptions = 2000;
constexpr std::size_t kLongestName = 100;

class IniReader {
public:
  explicit IniReader(const std::string& file) : file_(file) {}

  Result<void> read_line(std::string_view line) {
    ++line_;
    const std::string_view content = trimmed(line);
    // A blank or comment line inside a value still counts for the lines behind it.
    if (content.empty() || content.front() == '#' || content.front() == ';') {
      ++skipped_;
      return {};
    }
    const std::size_t indent = static_cast<std::size_t>(content.data() - line.data());
    if (in_value_ && indent > indent_) {
      options_.back().value.append(skipped_ + 1, '\n').append(content);
      skipped_ = 0;
      return {};
    }
    skipped_ = 0;
    if (content.front() == '[' && content.back() == ']') {
      in_value_ = false;
      return {};
    }
    indent_ = indent;
    return read_option(content);
  }

  std::vector<RawOption> take() && { return std::move(options_); }

private:
  Result<void> read_option(std::string_view content) {
    const auto equals = content.find_first_of("=:");
    const std::string_view written = trimmed(content.substr(0, equals));
    if (equals == std::string_view::npos || written.empty() || written.size() > kLongestName)
      return invalid_input(in_quotes(content) + " is not an option (name = value)", here());
    std::string name(written);
    std::ranges::transform(name, name.begin(), [](char c) {
      return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    });
    const auto [first, is_new] = first_line_.emplace(name, line_);
    if (!is_new)
      return invalid_input("option " + in_quotes(name) + " is given twice, first on line "
                             + std::to_string(first->second),
                           here());
    if (options_.size() == kMostOptions)
      return invalid_input("the file has more than " + std::to_string(kMostOptions) + " options",
                           here());
    options_.push_back({std::move(name), std::string(trimmed(content.substr(equals + 1))), line_});
    in_value_ = true;
    return {};
  }

  std::string here() const { return file_ + ":" + std::to_string(line_); }

  const std::string& file_;
  std::vector<RawOption> options_;
  std::map<std::string, int, std::less<>> first_line_;
  int line_ = 0;
  std::size_t indent_ = 0;
  std::size_t skipped_ = 0; // blank and comment lines since the last line of the value
  bool in_value_ = false;
};

} // namespace

Result<std::vector<RawOption>> parse_ini(std::string_view text, const std::string& file_name) {
  if (text.size() > kLargestIni)
    return invalid_input("the file is larger than " + std::to_string(kLargestIni) + " bytes",
                         file_name);
  if (text.starts_with("\xEF\xBB\xBF"))
    text.remove_prefix(3);
  if (const std::size_t at = first_byte_not_utf8(text); at != std::string_view::npos)
    return invalid_input("the file is not UTF-8 text",
                         file_name + ":"
                           + std::to_string(1 + std::ranges::count(text.substr(0, at), '\n')));
  IniReader reader(file_name);
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    OQ_CHECK(reader.read_line(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return std::move(reader).take();
}

} // namespace oq::engine
