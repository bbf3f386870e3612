// The parts that sources of several kinds share: distributions, depths, positions.
#pragma once

#include "engine/nrml/xml.hpp"
#include "engine/source/source.hpp"

#include <vector>

namespace oq::engine {

Result<Mfd> read_mfd(const XmlElement& source);
// Probabilities sum to 1; strike in [0, 360], dip in (0, 90], rake in [-180, 180].
Result<std::vector<NodalPlane>> read_nodal_planes(const XmlElement& source);
// Probabilities sum to 1.
Result<std::vector<HypocentralDepth>> read_depths(const XmlElement& source);
// upperSeismoDepth and lowerSeismoDepth of a geometry, upper above lower.
Result<void> read_seismogenic_depths(const XmlElement& geometry, Source& source);

// A longitude and a latitude in range, kept to five decimals as the reference engine keeps those of
// all geometries: near a fault a metre shows in the fifth digit of a ground motion.
Result<LonLat> make_position(const XmlElement& element, double lon, double lat);
// posList: lon lat lon lat …
Result<std::vector<LonLat>> read_positions(const XmlElement& element);

// |sum - 1| beyond this is an error, as weights are typed with few digits.
inline constexpr double kProbabilityTolerance = 1e-6;

// magScaleRel and ruptAspectRatio.
Result<void> read_scaling(const XmlElement& element, Source& source);
// Planes and depths of point-like sources, and what `read_scaling` and `read_mfd` read.
Result<void> read_point_parts(const XmlElement& element, Source& source);
// <rake>, in [-180, 180].
Result<double> read_rake(const XmlElement& element);
// <magnitude> of a rupture, in [0, 11].
Result<double> read_magnitude(const XmlElement& element);
Result<GeoPoint> read_hypocentre(const XmlElement& element);

// <areaGeometry>: the polygon and its discretization, and the seismogenic depths.
Result<void> read_area_geometry(const XmlElement& geometry, Source& source);

// One reader a kind of source: fills `geometry` and all else that is not common to every kind.
Result<void> read_point_source(const XmlElement& element, Source& source);
Result<void> read_area_source(const XmlElement& element, Source& source);
Result<void> read_multi_point_source(const XmlElement& element, Source& source);
Result<void> read_simple_fault_source(const XmlElement& element, Source& source);
Result<void> read_complex_fault_source(const XmlElement& element, Source& source);
Result<void> read_characteristic_source(const XmlElement& element, Source& source);
Result<void> read_non_parametric_source(const XmlElement& element, Source& source);
Result<void> read_kite_fault_source(const XmlElement& element, Source& source);
Result<void> read_multi_fault_source(const XmlElement& element, Source& source);

// The attribute probs_occur: probabilities of 0, 1, … occurrences.
Result<std::vector<double>> read_occurrence(const XmlElement& rupture);

} // namespace oq::engine
