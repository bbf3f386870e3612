// Reading XML with pugixml: checks of the bytes before parsing, and of the tree's shape after.
#include "engine/nrml/xml.hpp"

#include "engine/nrml/utf8.hpp"
#include "engine/nrml/xml_source.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <fstream>

namespace oq::engine {
namespace {

bool declares_latin1(std::string_view text) {
  const std::string_view declaration = text.substr(0, text.find("?>"));
  if (!declaration.starts_with("<?xml") || declaration.size() > 200)
    return false;
  std::string lower(declaration);
  std::ranges::transform(lower, lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  });
  return lower.find("iso-8859-1") != std::string::npos || lower.find("latin") != std::string::npos;
}

std::string latin1_to_utf8(std::string_view text) {
  std::string converted;
  converted.reserve(text.size() + text.size() / 8);
  for (const char character : text) {
    const auto byte = static_cast<unsigned char>(character);
    if (byte < 0x80) {
      converted.push_back(character);
    } else {
      converted.push_back(static_cast<char>(0xC0 | (byte >> 6)));
      converted.push_back(static_cast<char>(0x80 | (byte & 0x3F)));
    }
  }
  return converted;
}

Result<void> check_bytes(const XmlSource& source, const XmlLimits& limits) {
  const std::string_view text = source.text;
  const auto markup = std::ranges::count_if(text, [](char c) {
    return c == '<' || c == '=';
  });
  if (static_cast<std::size_t>(markup) > limits.markup)
    return invalid_input("the file has too many elements", source.file);
  if (const std::size_t at = first_byte_not_utf8(text); at != std::string_view::npos)
    return invalid_input("the file is not UTF-8 text", source.where(at));
  return {};
}

// Depth first without recursion: a deep file must not exhaust the stack.
Result<void> check_tree(const XmlSource& source, const XmlLimits& limits) {
  int depth = 0;
  pugi::xml_node node = source.document.first_child();
  while (node) {
    if (node.type() == pugi::node_doctype)
      return invalid_input("document type declarations are not accepted", source.file);
    if (pugi::xml_node child = node.first_child()) {
      if (++depth > limits.depth)
        return invalid_input("elements are nested too deeply",
                             source.where(static_cast<std::size_t>(node.offset_debug())));
      node = child;
      continue;
    }
    while (node && !node.next_sibling()) {
      node = node.parent();
      --depth;
    }
    node = node.next_sibling();
  }
  return {};
}

} // namespace

void XmlSource::index_lines() {
  for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 1))
    newlines.push_back(static_cast<std::uint32_t>(at));
}

int XmlSource::line(std::size_t offset) const {
  return static_cast<int>(std::ranges::lower_bound(newlines, offset) - newlines.begin()) + 1;
}

std::string XmlSource::where(std::size_t offset) const {
  return file + ":" + std::to_string(line(offset));
}

Result<XmlDocument> parse_xml(std::string text, std::string file_name, const XmlLimits& limits) {
  auto source = std::make_shared<XmlSource>();
  source->file = std::move(file_name);
  if (text.size() > std::min(limits.bytes, std::size_t{UINT32_MAX}))
    return invalid_input("the file is larger than " + std::to_string(limits.bytes) + " bytes",
                         source->file);
  if (text.starts_with("\xEF\xBB\xBF"))
    text.erase(0, 3);
  source->text = declares_latin1(text) ? latin1_to_utf8(text) : std::move(text);
  source->index_lines();
  OQ_CHECK(check_bytes(*source, limits));

  const auto parsed = source->document.load_buffer_inplace(
    source->text.data(), source->text.size(), pugi::parse_default | pugi::parse_doctype,
    pugi::encoding_utf8);
  if (!parsed)
    return invalid_input(std::string("malformed XML: ") + parsed.description(),
                         source->where(static_cast<std::size_t>(std::max<long>(parsed.offset, 0))));
  OQ_CHECK(check_tree(*source, limits));
  if (!source->document.document_element())
    return invalid_input("the file has no root element", source->file);
  return XmlDocument(std::move(source));
}

Result<XmlDocument> load_xml(const std::filesystem::path& file, const XmlLimits& limits) {
  const std::string name = file.filename().string();
  std::error_code status;
  if (!std::filesystem::is_regular_file(file, status))
    return Error{Errc::not_found, "there is no such file", name};
  const auto size = std::filesystem::file_size(file, status);
  if (status)
    return Error{Errc::unavailable, "the file cannot be read", name};
  if (size > limits.bytes)
    return invalid_input("the file is larger than " + std::to_string(limits.bytes) + " bytes",
                         name);
  std::string text(size, '\0');
  std::ifstream stream(file, std::ios::binary);
  if (!stream.read(text.data(), static_cast<std::streamsize>(size)))
    return Error{Errc::unavailable, "the file cannot be read", name};
  return parse_xml(std::move(text), name, limits);
}

XmlElement XmlDocument::root() const {
  return {source_.get(), source_->document.document_element().internal_object()};
}

const std::string& XmlDocument::file() const {
  return source_->file;
}

Result<XmlElement> nrml_content(const XmlDocument& document,
                                std::initializer_list<std::string_view> names) {
  const XmlElement root = document.root();
  if (root.name() != "nrml")
    return root.error("the root element is <" + std::string(root.name()) + ">, not <nrml>");
  std::string expected;
  for (const std::string_view name : names) {
    if (const auto content = root.child(name))
      return *content;
    expected += (expected.empty() ? "<" : " or <") + std::string(name) + ">";
  }
  const auto found = root.children();
  return root.error("expected " + expected + " inside <nrml>, found "
                    + (found.empty() ? "nothing" : "<" + std::string(found[0].name()) + ">"));
}

} // namespace oq::engine
