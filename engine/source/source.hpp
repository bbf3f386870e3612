// Source: a seismic source as the model describes it. Plain data; what ruptures it has is computed
// elsewhere.
#pragma once

#include "engine/source/mfd.hpp"
#include "engine/source/scaling_relation.hpp"

#include <string>
#include <variant>
#include <vector>

namespace oq::engine {

struct LonLat {
  double lon = 0, lat = 0; // degrees
  friend auto operator<=>(const LonLat&, const LonLat&) = default;
};

struct NodalPlane {
  double probability = 1, strike = 0, dip = 90, rake = 0; // degrees
  friend bool operator==(const NodalPlane&, const NodalPlane&) = default;
};
struct HypocentralDepth {
  double probability = 1, depth = 0; // km
  friend bool operator==(const HypocentralDepth&, const HypocentralDepth&) = default;
};

struct PointGeometry {
  LonLat location;
  friend bool operator==(const PointGeometry&, const PointGeometry&) = default;
};
struct AreaGeometry {
  std::vector<LonLat> polygon;  // not closed
  double discretization_km = 0; // the geometry's own; 0 when it has none
  friend bool operator==(const AreaGeometry&, const AreaGeometry&) = default;
};
using Geometry = std::variant<PointGeometry, AreaGeometry>;

struct Source {
  std::string id, name;
  std::string tectonic_region;
  std::string where; // "source_model.xml:40"
  Geometry geometry;
  double upper_seismogenic_depth = 0, lower_seismogenic_depth = 0; // km
  ScalingRelation scaling = ScalingRelation::wc1994;
  double aspect_ratio = 1;
  Mfd mfd;
  std::vector<NodalPlane> nodal_planes;
  std::vector<HypocentralDepth> depths;
  friend bool operator==(const Source&, const Source&) = default;
};

// Sources read together: a 0.5 sourceGroup, or the sources of one tectonic region of a 0.4 file.
struct SourceGroup {
  std::string name, tectonic_region;
  std::vector<Source> sources;
};
struct SourceModel {
  std::string name;
  std::vector<SourceGroup> groups;
};

} // namespace oq::engine
