// Source: a seismic source as the model describes it. Plain data; what ruptures it has is computed
// elsewhere.
#pragma once

#include "engine/geo/points.hpp"
#include "engine/source/mfd.hpp"
#include "engine/source/scaling_relation.hpp"
#include "engine/source/source_list.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

namespace oq::engine {

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
// Points that share planes and depths; the distribution may differ from point to point.
struct MultiPointGeometry {
  std::vector<LonLat> locations;
  friend bool operator==(const MultiPointGeometry&, const MultiPointGeometry&) = default;
};

// A trace dipping between two depths.
struct SimpleFaultGeometry {
  std::vector<LonLat> trace;
  double dip = 90;                         // degrees
  double upper_depth = 0, lower_depth = 0; // km
  friend bool operator==(const SimpleFaultGeometry&, const SimpleFaultGeometry&) = default;
};
// Edges from the top to the bottom, two or more.
struct ComplexFaultGeometry {
  std::vector<std::vector<GeoPoint>> edges;
  friend bool operator==(const ComplexFaultGeometry&, const ComplexFaultGeometry&) = default;
};
struct PlanarSurface {
  GeoPoint top_left, top_right, bottom_left, bottom_right;
  friend bool operator==(const PlanarSurface&, const PlanarSurface&) = default;
};
// Points of a surface in no particular order.
struct GriddedSurface {
  std::vector<GeoPoint> points;
  friend bool operator==(const GriddedSurface&, const GriddedSurface&) = default;
};
// Profiles that dip, each from its top down, in order along strike.
struct KiteSurface {
  std::vector<std::vector<GeoPoint>> profiles;
  friend bool operator==(const KiteSurface&, const KiteSurface&) = default;
};
// One or many rectangles make one surface.
using RuptureSurface = std::variant<SimpleFaultGeometry, ComplexFaultGeometry,
                                    std::vector<PlanarSurface>, GriddedSurface, KiteSurface>;
// A surface that every rupture fills.
struct CharacteristicGeometry {
  RuptureSurface surface;
  friend bool operator==(const CharacteristicGeometry&, const CharacteristicGeometry&) = default;
};
// A rupture given with its probabilities of 0, 1, … occurrences in the investigation time.
struct NonParametricRupture {
  double mag = 0, rake = 0;
  GeoPoint hypocentre;
  RuptureSurface surface;
  std::vector<double> probabilities;
  double weight = 1; // among ruptures of which only one happens
  friend bool operator==(const NonParametricRupture&, const NonParametricRupture&) = default;
};
struct NonParametricGeometry {
  std::vector<NonParametricRupture> ruptures;
  friend bool operator==(const NonParametricGeometry&, const NonParametricGeometry&) = default;
};
// A kite surface that ruptures float over; of a simple fault, with a profile below each point of
// its trace.
struct KiteFaultGeometry {
  std::variant<KiteSurface, SimpleFaultGeometry> surface;
  // From one rupture to the next, as shares of its length and its width; 0: the next node.
  double step_along_strike = 0, step_down_dip = 0;
  friend bool operator==(const KiteFaultGeometry&, const KiteFaultGeometry&) = default;
};
// A part of a fault, which ruptures of several sources may share.
struct FaultSection {
  std::string id, where; // "sections.xml:5"
  RuptureSurface surface;
};
// A rupture of some sections together, with its probabilities of 0, 1, … occurrences.
struct SectionsRupture {
  double mag = 0, rake = 0;
  std::vector<std::uint32_t> sections; // indices into MultiFaultGeometry::section_ids
  std::vector<double> probabilities;
  friend bool operator==(const SectionsRupture&, const SectionsRupture&) = default;
};
struct MultiFaultGeometry {
  struct Fault {
    std::string tag;
    std::vector<std::uint32_t> sections; // as of a rupture
    friend bool operator==(const Fault&, const Fault&) = default;
  };
  std::vector<std::string> section_ids;
  // One an id, once the files with the sections are read.
  std::vector<std::shared_ptr<const FaultSection>> sections;
  std::vector<SectionsRupture> ruptures;
  std::vector<Fault> faults; // may be none
  friend bool operator==(const MultiFaultGeometry&, const MultiFaultGeometry&) = default;
};
using Geometry = std::variant<PointGeometry, AreaGeometry, MultiPointGeometry, SimpleFaultGeometry,
                              ComplexFaultGeometry, CharacteristicGeometry, NonParametricGeometry,
                              KiteFaultGeometry, MultiFaultGeometry>;

// Where on its ruptures a simple fault's hypocentres lie.
struct HypocentreShare {
  double along_strike = 0, down_dip = 0; // fractions of the rupture, from its top left corner
  double weight = 1;
  friend bool operator==(const HypocentreShare&, const HypocentreShare&) = default;
};
struct SlipShare {
  double direction = 0; // degrees
  double weight = 1;
  friend bool operator==(const SlipShare&, const SlipShare&) = default;
};

struct Source {
  std::string id, name;
  std::string tectonic_region;
  std::string where; // "source_model.xml:40"
  Geometry geometry;
  double upper_seismogenic_depth = 0, lower_seismogenic_depth = 0; // km
  ScalingRelation scaling = ScalingRelation::wc1994;
  double aspect_ratio = 1;
  Mfd mfd;
  std::vector<NodalPlane> nodal_planes; // of point-like sources, as are the depths
  std::vector<HypocentralDepth> depths;
  double rake = 0;                          // of faults, degrees
  std::vector<HypocentreShare> hypocentres; // of simple faults, with `slips`, or both empty
  std::vector<SlipShare> slips;
  double mutex_weight = 1; // among sources of which only one happens
  // Of a negative-binomial number of occurrences, with the mean that the rates give: variance =
  // mean + dispersion x mean squared; 0: Poissonian.
  double dispersion = 0;
  friend bool operator==(const Source&, const Source&) = default;
};

inline void SourceList::push_back(Source source) {
  own().push_back(std::make_shared<const Source>(std::move(source)));
}
inline void SourceList::replace(std::size_t index, Source source) {
  own().at(index) = std::make_shared<const Source>(std::move(source));
}
// How the sources of a group and their ruptures happen together (engine notes 2.10).
struct GroupDependence {
  bool mutex_sources = false;  // one of the sources happens, by `mutex_weight`
  bool mutex_ruptures = false; // one of the ruptures of the group happens, by their weights
  bool cluster = false;        // all ruptures happen, whenever the group does
  double probability = 1;      // of the group
  double occurrence_rate = 0;  // a year, of a cluster

  bool independent() const {
    return !mutex_sources && !mutex_ruptures && !cluster && probability == 1;
  }
  friend bool operator==(const GroupDependence&, const GroupDependence&) = default;
};

// Sources read together: a 0.5 sourceGroup, or the sources of one tectonic region of a 0.4 file.
struct SourceGroup {
  std::string name, tectonic_region;
  SourceList sources;
  GroupDependence dependence = {};
};
struct SourceModel {
  std::string name;
  std::vector<SourceGroup> groups;
  // Of a file that describes sections instead of sources.
  std::vector<std::shared_ptr<const FaultSection>> sections;
};

} // namespace oq::engine
