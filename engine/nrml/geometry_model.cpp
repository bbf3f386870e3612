// Sections with their surfaces, of whatever kind.
#include "engine/nrml/geometry_model.hpp"

#include "engine/nrml/fault_geometry.hpp"

#include <map>

namespace oq::engine {

Result<SourceModel> read_geometry_model(const XmlElement& element) {
  SourceModel model;
  model.name = std::string(element.attribute("name").value_or(""));
  std::map<std::string, std::string> where_by_id;
  for (const XmlElement& child : element.children("section")) {
    FaultSection section;
    section.where = child.where();
    OQ_TRY(section.id, child.require_attribute("id"));
    const auto [first, is_new] = where_by_id.emplace(section.id, section.where);
    if (!is_new)
      return child.error("the section id " + in_quotes(section.id) + " is used twice, first in "
                         + first->second);
    OQ_TRY(section.surface, read_surface(child));
    model.sections.push_back(std::make_shared<const FaultSection>(std::move(section)));
  }
  if (model.sections.empty())
    return element.error("the geometry model has no sections");
  return model;
}

} // namespace oq::engine
