// Uncertainty: a table of types, each with the reader of its value and the change it makes.
#include "engine/logictree/uncertainty.hpp"

#include "engine/logictree/source_changes.hpp"
#include "engine/nrml/fault_geometry.hpp"
#include "engine/nrml/source_parts.hpp"

#include <algorithm>
#include <cmath>

namespace oq::engine {
namespace {

Result<UncertaintyValue> read_number(const XmlElement& model) {
  OQ_TRY(const double value, model.number());
  return UncertaintyValue(value);
}

Result<UncertaintyValue> read_pair(const XmlElement& model) {
  OQ_TRY(const auto values, model.numbers());
  if (values.size() != 2)
    return model.error("an a-value and a b-value are needed");
  return UncertaintyValue(std::pair(values[0], values[1]));
}

Result<UncertaintyValue> read_activity(const XmlElement& model) {
  OQ_TRY(const XmlElement data, model.require_child("faultActivityData"));
  FaultActivity activity;
  OQ_TRY(activity.slip_rate, data.number_attribute("slipRate"));
  OQ_TRY(activity.rigidity, data.number_attribute("rigidity", 32.0));
  if (activity.slip_rate <= 0 || activity.rigidity <= 0)
    return data.error("slipRate and rigidity must be above 0");
  OQ_TRY(activity.constant_term, data.number_attribute("constant_term", activity.constant_term));
  if (data.attribute("recompute_mmax").value_or("") != "") {
    OQ_TRY(activity.recompute_max_mag, data.number_attribute("recompute_mmax"));
  }
  return UncertaintyValue(activity);
}

Result<UncertaintyValue> read_distribution(const XmlElement& model) {
  OQ_TRY(Mfd mfd, read_mfd(model));
  if (!std::holds_alternative<IncrementalMfd>(mfd))
    return model.error("an incrementalMFD is needed");
  return UncertaintyValue(std::move(mfd));
}

Result<UncertaintyValue> read_relation(const XmlElement& model) {
  const auto relation = parse_scaling_relation(trimmed(model.text()));
  if (!relation)
    return model.error(relation.error().message);
  return UncertaintyValue(*relation);
}

Result<UncertaintyValue> read_area(const XmlElement& model) {
  OQ_TRY(const XmlElement element, model.require_child("areaGeometry"));
  Source source;
  OQ_CHECK(read_area_geometry(element, source));
  return UncertaintyValue(AreaOutline{std::get<AreaGeometry>(std::move(source.geometry)),
                                      source.upper_seismogenic_depth,
                                      source.lower_seismogenic_depth});
}

Result<UncertaintyValue> read_simple(const XmlElement& model) {
  OQ_TRY(const XmlElement element, model.require_child("simpleFaultGeometry"));
  OQ_TRY(auto geometry, read_simple_fault_geometry(element));
  return UncertaintyValue(Geometry(std::move(geometry)));
}

Result<UncertaintyValue> read_complex(const XmlElement& model) {
  OQ_TRY(const XmlElement element, model.require_child("complexFaultGeometry"));
  OQ_TRY(auto geometry, read_complex_fault_geometry(element));
  return UncertaintyValue(Geometry(std::move(geometry)));
}

Result<UncertaintyValue> read_characteristic(const XmlElement& model) {
  const auto wrapper = model.child("surface");
  OQ_TRY(auto surface, read_surface(wrapper ? *wrapper : model));
  return UncertaintyValue(Geometry(CharacteristicGeometry{std::move(surface)}));
}

struct Type {
  std::string_view name;
  Result<UncertaintyValue> (*read)(const XmlElement&);
  SourceChange change;
  bool (*fits)(const Source&) noexcept;
  bool of_one_source = false;
};

constexpr Type kTypes[] = {
  {"abGRAbsolute", read_pair, set_ab, is_richter, true},
  {"bGRAbsolute", read_number, set_b, is_richter},
  {"bGRRelative", read_number, add_to_b, is_richter},
  {"maxMagGRAbsolute", read_number, set_max_mag, is_richter, true},
  {"maxMagGRRelative", read_number, add_to_max_mag, is_richter},
  {"maxMagGRRelativeNoMoBalance", read_number, add_to_max_mag_alone, is_richter},
  {"recomputeMmax", read_number, recompute_max_mag, is_richter_fault},
  {"truncatedGRFromSlipAbsolute", read_activity, set_a_from_slip, is_richter_fault},
  {"incrementalMFDAbsolute", read_distribution, set_distribution, is_any},
  {"setMSRAbsolute", read_relation, set_scaling, is_any},
  {"setLowerSeismDepthAbsolute", read_number, set_lower_depth, has_depth_range},
  {"simpleFaultDipAbsolute", read_number, set_dip, is_simple_fault},
  {"simpleFaultDipRelative", read_number, add_to_dip, is_simple_fault},
  {"areaSourceGeometryAbsolute", read_area, set_area, is_any, true},
  {"simpleFaultGeometryAbsolute", read_simple, set_geometry, is_any, true},
  {"complexFaultGeometryAbsolute", read_complex, set_geometry, is_any, true},
  {"characteristicFaultGeometryAbsolute", read_characteristic, set_geometry, is_any, true},
};

const Type* find(std::string_view name) {
  const auto* found = std::ranges::find(kTypes, name, &Type::name);
  return found == std::end(kTypes) ? nullptr : found;
}

} // namespace

bool changes_sources(std::string_view type) noexcept {
  return find(type) != nullptr;
}

bool needs_one_source(std::string_view type) noexcept {
  const Type* const known = find(type);
  return known && known->of_one_source;
}

bool fits_source(std::string_view type, const Source& source) noexcept {
  return find(type)->fits(source);
}

bool adjusts_richter(std::string_view type) noexcept {
  return find(type)->fits == is_richter;
}

Result<UncertaintyValue> read_uncertainty(std::string_view type, const XmlElement& model) {
  return find(type)->read(model);
}

Result<void> apply_uncertainty(std::string_view type, const UncertaintyValue& value,
                               Source& source) {
  return find(type)->change(value, source);
}

} // namespace oq::engine
