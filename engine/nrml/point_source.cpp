// pointSource: the location and the seismogenic depths.
#include "engine/nrml/source_parts.hpp"

namespace oq::engine {

Result<void> read_point_source(const XmlElement& element, Source& source) {
  OQ_TRY(const XmlElement geometry, element.require_child("pointGeometry"));
  OQ_TRY(const XmlElement point, geometry.require_child("Point"));
  OQ_TRY(const XmlElement pos, point.require_child("pos"));
  OQ_TRY(const auto positions, read_positions(pos));
  if (positions.size() != 1)
    return pos.error("<pos> must have one longitude and one latitude");
  source.geometry = PointGeometry{positions.front()};
  OQ_CHECK(read_seismogenic_depths(geometry, source));
  return read_point_parts(element, source);
}

} // namespace oq::engine
