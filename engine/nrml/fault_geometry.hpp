// The geometries of faults and ruptures: traces, edges, rectangles, clouds of points.
#pragma once

#include "engine/nrml/xml.hpp"
#include "engine/source/source.hpp"

namespace oq::engine {

// <simpleFaultGeometry>: a trace of two points or more, a dip, and depths.
Result<SimpleFaultGeometry> read_simple_fault_geometry(const XmlElement& geometry);
// <complexFaultGeometry>: a top edge, a bottom edge, and edges between.
Result<ComplexFaultGeometry> read_complex_fault_geometry(const XmlElement& geometry);
// <kiteSurface>: two profiles or more.
Result<KiteSurface> read_kite_surface(const XmlElement& element);
// The surface described by the children of an element, of whatever kind; other children
// (<magnitude>, <rake>) are not looked at.
Result<RuptureSurface> read_surface(const XmlElement& element);

} // namespace oq::engine
