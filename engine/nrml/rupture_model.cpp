// Magnitude, rake, hypocentre and surface of each rupture.
#include "engine/nrml/rupture_model.hpp"

#include "engine/nrml/fault_geometry.hpp"
#include "engine/nrml/source_parts.hpp"

namespace oq::engine {
namespace {

constexpr std::size_t kMostRuptures = 100'000;

Result<NonParametricRupture> read_rupture(const XmlElement& element) {
  NonParametricRupture rupture;
  OQ_TRY(rupture.mag, read_magnitude(element));
  OQ_TRY(rupture.rake, read_rake(element));
  OQ_TRY(rupture.hypocentre, read_hypocentre(element));
  OQ_TRY(rupture.surface, read_surface(element));
  return rupture;
}

} // namespace

Result<std::vector<NonParametricRupture>> read_rupture_model(const std::filesystem::path& file) {
  OQ_TRY(const auto document, load_xml(file));
  const auto root = document.root();
  std::vector<XmlElement> elements;
  const auto collect = [&](const XmlElement& parent) {
    for (const auto& child : parent.children())
      if (child.name().ends_with("Rupture"))
        elements.push_back(child);
  };
  if (root.name().ends_with("Rupture"))
    elements.push_back(root);
  collect(root);
  if (const auto collection = root.child("ruptureCollection"))
    collect(*collection);
  if (elements.empty())
    return root.error("no rupture: <simpleFaultRupture> or one of its like is needed");
  if (elements.size() > kMostRuptures)
    return root.error("more than 100,000 ruptures");
  std::vector<NonParametricRupture> ruptures;
  for (const auto& element : elements) {
    OQ_TRY(ruptures.emplace_back(), read_rupture(element));
  }
  return ruptures;
}

} // namespace oq::engine
