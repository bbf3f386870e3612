// multiPointSource: many points that share planes, depths and scaling.
#include "engine/nrml/source_parts.hpp"

namespace oq::engine {

Result<void> read_multi_point_source(const XmlElement& element, Source& source) {
  OQ_TRY(const XmlElement geometry, element.require_child("multiPointGeometry"));
  OQ_TRY(const XmlElement list, geometry.require_child("posList"));
  MultiPointGeometry points;
  OQ_TRY(points.locations, read_positions(list));
  const std::size_t count = points.locations.size();
  source.geometry = std::move(points);
  OQ_CHECK(read_seismogenic_depths(geometry, source));
  OQ_CHECK(read_point_parts(element, source));
  const auto* multi = std::get_if<MultiMfd>(&source.mfd);
  if (multi && multi->of_points.size() != 1 && multi->of_points.size() != count)
    return element.error("there are " + std::to_string(count) + " points and "
                         + std::to_string(multi->of_points.size())
                         + " magnitude-frequency distributions");
  return {};
}

} // namespace oq::engine
