// kiteFaultSource: profiles, or a simple fault that is meshed like them.
#include "engine/nrml/fault_geometry.hpp"
#include "engine/nrml/source_parts.hpp"

namespace oq::engine {
namespace {

// A share of a rupture's size between 0 and 1; absent: 0.
Result<double> read_step(const XmlElement& element, const char* name) {
  const auto child = element.child(name);
  if (!child)
    return 0.0;
  OQ_TRY(const double share, child->number());
  if (share < 0 || share > 1)
    return child->error("<" + std::string(name) + "> must be between 0 and 1");
  return share;
}

} // namespace

Result<void> read_kite_fault_source(const XmlElement& element, Source& source) {
  KiteFaultGeometry geometry;
  if (const auto simple = element.child("simpleFaultGeometry")) {
    OQ_TRY(auto fault, read_simple_fault_geometry(*simple));
    source.upper_seismogenic_depth = fault.upper_depth;
    source.lower_seismogenic_depth = fault.lower_depth;
    geometry.surface = std::move(fault);
  } else {
    OQ_TRY(const XmlElement kite, element.require_child("kiteSurface"));
    OQ_TRY(geometry.surface, read_kite_surface(kite));
  }
  OQ_TRY(geometry.step_along_strike, read_step(element, "floatStrike"));
  OQ_TRY(geometry.step_down_dip, read_step(element, "floatDip"));
  source.geometry = std::move(geometry);
  OQ_CHECK(read_scaling(element, source));
  OQ_TRY(source.mfd, read_mfd(element));
  OQ_TRY(source.rake, read_rake(element));
  return {};
}

} // namespace oq::engine
