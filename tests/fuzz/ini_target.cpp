// Job files: the dialect, and the lines that its options say they are from.
#include "engine/job/ini.hpp"
#include "engine/job/literal.hpp"
#include "fuzz/fuzz.hpp"

#include <algorithm>
#include <string>
#include <tuple>

using oq::fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = oq::fuzz::text_of(data, size);
  const auto options = oq::engine::parse_ini(text, "job.ini");
  if (!options) {
    require(!options.error().message.empty(), "an error says why");
    return 0;
  }
  const auto lines = 1 + std::ranges::count(text, '\n') + std::ranges::count(text, '\r');
  for (const auto& option : *options) {
    require(!option.name.empty(), "an option has a name");
    require(option.line >= 1 && option.line <= lines, "an option is from a line of the file");
    std::ignore = oq::engine::parse_literal(option.value);
  }
  return 0;
}
