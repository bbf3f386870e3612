// XmlDocument and XmlElement: an untrusted XML file, read within limits, every element with its
// line.
#pragma once

#include "engine/base/result.hpp"
#include "engine/nrml/number.hpp"

#include <cstddef>
#include <filesystem>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pugi {
struct xml_node_struct;
}

namespace oq::engine {

struct XmlLimits {
  std::size_t bytes = std::size_t{256} << 20;
  std::size_t markup = 32'000'000; // '<' and '=' together: bounds the memory of the tree
  int depth = 64;
};

struct XmlSource; // what an XmlDocument keeps: the tree, the text, the line starts

// A view of one element, valid while its document lives. Names are compared without their namespace
// prefix (`gml:pos` is `pos`). Attribute values and texts come without blanks at their ends.
class XmlElement {
public:
  XmlElement(const XmlSource* source, pugi::xml_node_struct* node) : source_(source), node_(node) {}

  std::string_view name() const;
  // "source_model.xml:40"
  std::string where() const;
  int line() const;
  // Errc::invalid_input at this element.
  Error error(std::string message) const;

  std::optional<XmlElement> child(std::string_view name) const; // the first
  Result<XmlElement> require_child(std::string_view name) const;
  std::vector<XmlElement> children() const;
  std::vector<XmlElement> children(std::string_view name) const;

  std::optional<std::string_view> attribute(std::string_view name) const;
  Result<std::string> require_attribute(std::string_view name) const; // not empty
  Result<double> number_attribute(std::string_view name) const;
  Result<double> number_attribute(std::string_view name, double when_absent) const;
  std::vector<std::pair<std::string_view, std::string_view>> attributes() const;

  std::string text() const; // its own character data, CDATA included
  Result<double> number() const;
  Result<std::vector<double>> numbers() const; // separated by blanks; at least one
  // The text or the number of a child that must be there.
  Result<std::string> child_text(std::string_view name) const;
  Result<double> child_number(std::string_view name) const;

private:
  const XmlSource* source_;
  pugi::xml_node_struct* node_;
};

class XmlDocument {
public:
  explicit XmlDocument(std::shared_ptr<const XmlSource> source) : source_(std::move(source)) {}
  XmlElement root() const;
  // The file's name, as errors show it.
  const std::string& file() const;

private:
  std::shared_ptr<const XmlSource> source_;
};

// Document types (and with them entities) are refused. UTF-8, or ISO-8859-1 when declared.
// Errc::not_found when there is no such file, Errc::invalid_input names file:line.
Result<XmlDocument> load_xml(const std::filesystem::path& file, const XmlLimits& limits = {});
Result<XmlDocument> parse_xml(std::string text, std::string file_name,
                              const XmlLimits& limits = {});

// The child of the root <nrml> that has one of the names; the error says what was found instead.
Result<XmlElement> nrml_content(const XmlDocument& document,
                                std::initializer_list<std::string_view> names);

} // namespace oq::engine
