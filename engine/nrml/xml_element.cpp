// XmlElement: looking at one element of a parsed file.
#include "engine/nrml/xml.hpp"
#include "engine/nrml/xml_source.hpp"

namespace oq::engine {
namespace {

std::string_view without_prefix(std::string_view name) {
  const auto colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

bool is_text(const pugi::xml_node& node) {
  return node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata;
}

} // namespace

std::string_view XmlElement::name() const {
  return without_prefix(pugi::xml_node(node_).name());
}

int XmlElement::line() const {
  const auto offset = pugi::xml_node(node_).offset_debug();
  return offset < 0 ? 0 : source_->line(static_cast<std::size_t>(offset));
}

std::string XmlElement::where() const {
  return source_->file + ":" + std::to_string(line());
}

Error XmlElement::error(std::string message) const {
  return invalid_input(std::move(message), where());
}

std::optional<XmlElement> XmlElement::child(std::string_view name) const {
  for (const pugi::xml_node node : pugi::xml_node(node_).children())
    if (node.type() == pugi::node_element && without_prefix(node.name()) == name)
      return XmlElement(source_, node.internal_object());
  return std::nullopt;
}

Result<XmlElement> XmlElement::require_child(std::string_view wanted) const {
  if (const auto found = child(wanted))
    return *found;
  return error("<" + std::string(name()) + "> has no <" + std::string(wanted) + ">");
}

std::vector<XmlElement> XmlElement::children() const {
  std::vector<XmlElement> found;
  for (const pugi::xml_node node : pugi::xml_node(node_).children())
    if (node.type() == pugi::node_element)
      found.emplace_back(source_, node.internal_object());
  return found;
}

std::vector<XmlElement> XmlElement::children(std::string_view name) const {
  std::vector<XmlElement> found;
  for (const pugi::xml_node node : pugi::xml_node(node_).children())
    if (node.type() == pugi::node_element && without_prefix(node.name()) == name)
      found.emplace_back(source_, node.internal_object());
  return found;
}

std::optional<std::string_view> XmlElement::attribute(std::string_view name) const {
  for (const pugi::xml_attribute attribute : pugi::xml_node(node_).attributes())
    if (without_prefix(attribute.name()) == name)
      return trimmed(attribute.value());
  return std::nullopt;
}

Result<std::string> XmlElement::require_attribute(std::string_view wanted) const {
  const auto value = attribute(wanted);
  if (value && !value->empty())
    return std::string(*value);
  return error("<" + std::string(name()) + "> has no attribute '" + std::string(wanted) + "'");
}

Result<double> XmlElement::number_attribute(std::string_view wanted) const {
  OQ_TRY(const std::string value, require_attribute(wanted));
  const auto number = parse_number(value);
  if (!number)
    return error("attribute '" + std::string(wanted) + "' of <" + std::string(name())
                 + ">: " + number.error().message);
  return *number;
}

Result<double> XmlElement::number_attribute(std::string_view wanted, double when_absent) const {
  if (!attribute(wanted))
    return when_absent;
  return number_attribute(wanted);
}

std::vector<std::pair<std::string_view, std::string_view>> XmlElement::attributes() const {
  std::vector<std::pair<std::string_view, std::string_view>> found;
  for (const pugi::xml_attribute attribute : pugi::xml_node(node_).attributes())
    found.emplace_back(without_prefix(attribute.name()), trimmed(attribute.value()));
  return found;
}

std::string XmlElement::text() const {
  std::string joined;
  for (const pugi::xml_node node : pugi::xml_node(node_).children())
    if (is_text(node))
      joined += node.value();
  return std::string(trimmed(joined));
}

Result<double> XmlElement::number() const {
  const auto value = parse_number(text());
  if (!value)
    return error("<" + std::string(name()) + ">: " + value.error().message);
  return *value;
}

Result<std::vector<double>> XmlElement::numbers() const {
  auto values = parse_numbers(text());
  if (!values)
    return error("<" + std::string(name()) + ">: " + values.error().message);
  if (values->empty())
    return error("<" + std::string(name()) + "> is empty");
  return values;
}

Result<std::string> XmlElement::child_text(std::string_view wanted) const {
  OQ_TRY(const XmlElement found, require_child(wanted));
  std::string value = found.text();
  if (value.empty())
    return found.error("<" + std::string(wanted) + "> is empty");
  return value;
}

Result<double> XmlElement::child_number(std::string_view wanted) const {
  OQ_TRY(const XmlElement found, require_child(wanted));
  return found.number();
}

} // namespace oq::engine
