// Uncertainty: what a branch of a source-model logic tree changes in the sources it applies to.
#pragma once

#include "engine/nrml/xml.hpp"
#include "engine/source/source.hpp"

#include <optional>
#include <string_view>
#include <utility>
#include <variant>

namespace oq::engine {

struct FaultActivity {
  double slip_rate = 0, rigidity = 0; // mm a year, GPa
  double constant_term = 9.1;         // of log10 of the moment
  // When given, the largest magnitude is recomputed first, this many standard deviations off.
  std::optional<double> recompute_max_mag;
};
// A polygon with the depths between which its earthquakes happen.
struct AreaOutline {
  AreaGeometry area;
  double upper_depth = 0, lower_depth = 0; // km
};
// The value of an <uncertaintyModel>, by the type of its branch set.
using UncertaintyValue = std::variant<double, std::pair<double, double>, FaultActivity, Mfd,
                                      ScalingRelation, Geometry, AreaOutline>;

// True for the types that change sources; the others name models, or are not known.
bool changes_sources(std::string_view type) noexcept;
// True for the absolute values that only make sense for a single source.
bool needs_one_source(std::string_view type) noexcept;
// False for sources of a kind that the type cannot change. REQUIRES: changes_sources(type).
bool fits_source(std::string_view type, const Source& source) noexcept;
// True for the types that adjust a truncated Gutenberg-Richter distribution by numbers of their
// own. REQUIRES: changes_sources(type).
bool adjusts_richter(std::string_view type) noexcept;
// Errors name the place in the tree. REQUIRES: changes_sources(type).
Result<UncertaintyValue> read_uncertainty(std::string_view type, const XmlElement& model);
// Changes one after another, in the order of the path: each sees what the earlier ones made. A
// fault's area, where one needs it, is that of its mesh. Errors say why the source is not of a kind
// that the type applies to, or what would become impossible; they have no place.
Result<void> apply_uncertainty(std::string_view type, const UncertaintyValue& value,
                               Source& source);

} // namespace oq::engine
