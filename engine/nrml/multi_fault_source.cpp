// multiFaultSource: ruptures of sections that a geometry model describes.
#include "engine/nrml/section_indices.hpp"
#include "engine/nrml/source_parts.hpp"

namespace oq::engine {
namespace {

Result<std::vector<std::uint32_t>> read_indices(const XmlElement& element, SectionIndices& ids) {
  OQ_TRY(const std::string text, element.require_attribute("indexes"));
  const auto indices = ids.of_list(text);
  if (indices.empty())
    return element.error("indexes names no section");
  return indices;
}

Result<SectionsRupture> read_rupture(const XmlElement& element, SectionIndices& ids) {
  SectionsRupture rupture;
  OQ_TRY(rupture.mag, read_magnitude(element));
  OQ_TRY(rupture.rake, read_rake(element));
  OQ_TRY(const XmlElement sections, element.require_child("sectionIndexes"));
  OQ_TRY(rupture.sections, read_indices(sections, ids));
  OQ_TRY(rupture.probabilities, read_occurrence(element));
  return rupture;
}

} // namespace

Result<void> read_multi_fault_source(const XmlElement& element, Source& source) {
  MultiFaultGeometry geometry;
  SectionIndices ids(geometry.section_ids);
  if (const auto faults = element.child("faults"))
    for (const XmlElement& child : faults->children("fault")) {
      MultiFaultGeometry::Fault fault;
      OQ_TRY(fault.tag, child.require_attribute("tag"));
      OQ_TRY(fault.sections, read_indices(child, ids));
      geometry.faults.push_back(std::move(fault));
    }
  for (const XmlElement& child : element.children("multiPlanesRupture")) {
    OQ_TRY(geometry.ruptures.emplace_back(), read_rupture(child, ids));
  }
  source.geometry = std::move(geometry);
  return {};
}

} // namespace oq::engine
