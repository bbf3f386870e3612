// areaSource: the polygon and the seismogenic depths.
#include "engine/nrml/polygon.hpp"
#include "engine/nrml/source_parts.hpp"

namespace oq::engine {

Result<void> read_area_geometry(const XmlElement& geometry, Source& source) {
  OQ_TRY(const XmlElement polygon, geometry.require_child("Polygon"));
  OQ_TRY(const XmlElement exterior, polygon.require_child("exterior"));
  OQ_TRY(const XmlElement ring, exterior.require_child("LinearRing"));
  OQ_TRY(const XmlElement list, ring.require_child("posList"));
  if (const auto hole = polygon.child("interior"))
    return hole->error("a polygon with holes is not supported");

  AreaGeometry area;
  OQ_TRY(area.polygon, read_positions(list));
  if (area.polygon.size() > 1 && area.polygon.front() == area.polygon.back())
    area.polygon.pop_back();
  if (const auto sound = check_polygon(area.polygon); !sound)
    return list.error(sound.error().message);
  OQ_TRY(area.discretization_km, geometry.number_attribute("discretization", 0));
  if (geometry.attribute("discretization") && area.discretization_km <= 0)
    return geometry.error("the discretization must be above 0");
  source.geometry = std::move(area);
  return read_seismogenic_depths(geometry, source);
}

Result<void> read_area_source(const XmlElement& element, Source& source) {
  OQ_TRY(const XmlElement geometry, element.require_child("areaGeometry"));
  OQ_CHECK(read_area_geometry(geometry, source));
  return read_point_parts(element, source);
}

} // namespace oq::engine
