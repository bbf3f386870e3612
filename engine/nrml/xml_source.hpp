// XmlSource: the parsed tree with the text it points into and where its lines start.
#pragma once

#include <pugixml.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace oq::engine {

struct XmlSource {
  std::string file;
  std::string text; // parsed in place: the tree points into it
  std::vector<std::uint32_t> newlines;
  pugi::xml_document document;

  // Before parsing, which overwrites parts of the text.
  void index_lines();
  int line(std::size_t offset) const;
  std::string where(std::size_t offset) const;
};

} // namespace oq::engine
