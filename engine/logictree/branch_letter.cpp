// OpenQuake's alphabet: printable Latin-1 from 'A' on, then what comes before it, without the
// separators.
#include "engine/logictree/branch_letter.hpp"

#include <vector>

namespace oq::engine {
namespace {

std::vector<std::string> alphabet() {
  std::vector<std::string> letters;
  const auto add = [&letters](int first, int last, std::string_view without) {
    for (int code = first; code <= last; ++code) {
      if (code < 0x80) {
        if (without.find(static_cast<char>(code)) == std::string_view::npos)
          letters.emplace_back(1, static_cast<char>(code));
      } else if (code != 0xAD) { // the soft hyphen is not printable
        letters.push_back(
          {static_cast<char>(0xC0 | (code >> 6)), static_cast<char>(0x80 | (code & 0x3F))});
      }
    }
  };
  add('A', '}', "\\");
  add('!', '@', "\",.");
  add(0xA1, 0xFF, "");
  return letters;
}

} // namespace

std::string branch_letter(std::size_t index) {
  static const auto letters = alphabet();
  return letters.at(index);
}

} // namespace oq::engine
