// simpleFaultSource, complexFaultSource and characteristicFaultSource.
#include "engine/nrml/fault_geometry.hpp"
#include "engine/nrml/source_parts.hpp"

#include <cmath>

namespace oq::engine {
namespace {

template <class Share>
Result<void> check_weights(const XmlElement& list, const std::vector<Share>& shares) {
  double sum = 0;
  for (const Share& share : shares) {
    if (share.weight < 0 || share.weight > 1)
      return list.error("a weight is not between 0 and 1");
    sum += share.weight;
  }
  if (std::abs(sum - 1) > kProbabilityTolerance)
    return list.error("the weights of <" + std::string(list.name()) + "> do not sum to 1");
  return {};
}

Result<void> read_hypocentres(const XmlElement& element, Source& source) {
  const auto hypocentres = element.child("hypoList"), slips = element.child("slipList");
  if (!hypocentres && !slips)
    return {};
  if (!hypocentres || !slips)
    return element.error("a source has both <hypoList> and <slipList>, or neither");
  for (const XmlElement& child : hypocentres->children("hypo")) {
    HypocentreShare share;
    OQ_TRY(share.along_strike, child.number_attribute("alongStrike"));
    OQ_TRY(share.down_dip, child.number_attribute("downDip"));
    OQ_TRY(share.weight, child.number_attribute("weight"));
    if (share.along_strike < 0 || share.along_strike > 1 || share.down_dip < 0
        || share.down_dip > 1)
      return child.error("alongStrike and downDip must be between 0 and 1");
    source.hypocentres.push_back(share);
  }
  for (const XmlElement& child : slips->children("slip")) {
    SlipShare share;
    OQ_TRY(share.direction, child.number());
    OQ_TRY(share.weight, child.number_attribute("weight"));
    source.slips.push_back(share);
  }
  OQ_CHECK(check_weights(*hypocentres, source.hypocentres));
  return check_weights(*slips, source.slips);
}

} // namespace

Result<void> read_simple_fault_source(const XmlElement& element, Source& source) {
  OQ_TRY(const XmlElement geometry, element.require_child("simpleFaultGeometry"));
  OQ_TRY(auto fault, read_simple_fault_geometry(geometry));
  source.upper_seismogenic_depth = fault.upper_depth;
  source.lower_seismogenic_depth = fault.lower_depth;
  source.geometry = std::move(fault);
  OQ_CHECK(read_scaling(element, source));
  OQ_TRY(source.mfd, read_mfd(element));
  OQ_TRY(source.rake, read_rake(element));
  return read_hypocentres(element, source);
}

Result<void> read_complex_fault_source(const XmlElement& element, Source& source) {
  OQ_TRY(const XmlElement geometry, element.require_child("complexFaultGeometry"));
  OQ_TRY(auto fault, read_complex_fault_geometry(geometry));
  source.geometry = std::move(fault);
  OQ_CHECK(read_scaling(element, source));
  OQ_TRY(source.mfd, read_mfd(element));
  OQ_TRY(source.rake, read_rake(element));
  return {};
}

Result<void> read_characteristic_source(const XmlElement& element, Source& source) {
  OQ_TRY(const XmlElement geometry, element.require_child("surface"));
  OQ_TRY(auto surface, read_surface(geometry));
  source.geometry = CharacteristicGeometry{std::move(surface)};
  OQ_TRY(source.mfd, read_mfd(element));
  OQ_TRY(source.rake, read_rake(element));
  return {};
}

} // namespace oq::engine
