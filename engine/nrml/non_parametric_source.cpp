// nonParametricSeismicSource: ruptures with surfaces and probabilities of their own.
#include "engine/base/json.hpp"
#include "engine/nrml/fault_geometry.hpp"
#include "engine/nrml/source_parts.hpp"

#include <cmath>

namespace oq::engine {
namespace {

Result<NonParametricRupture> read_rupture(const XmlElement& element) {
  NonParametricRupture rupture;
  OQ_TRY(rupture.mag, read_magnitude(element));
  OQ_TRY(rupture.rake, read_rake(element));
  OQ_TRY(rupture.hypocentre, read_hypocentre(element));
  OQ_TRY(rupture.surface, read_surface(element));
  OQ_TRY(rupture.probabilities, read_occurrence(element));
  return rupture;
}

Result<void> set_weights(const XmlElement& element, NonParametricGeometry& geometry) {
  const auto text = element.attribute("rup_weights");
  if (!text)
    return {};
  const auto weights = parse_numbers(*text);
  if (!weights)
    return element.error("rup_weights: " + weights.error().message);
  if (weights->size() != geometry.ruptures.size())
    return element.error("rup_weights has " + std::to_string(weights->size())
                         + " weights, the source has " + std::to_string(geometry.ruptures.size())
                         + " ruptures");
  for (std::size_t i = 0; i < weights->size(); ++i) {
    if ((*weights)[i] < 0 || (*weights)[i] > 1)
      return element.error("a weight of rup_weights is not between 0 and 1");
    geometry.ruptures[i].weight = (*weights)[i];
  }
  return {};
}

} // namespace

Result<std::vector<double>> read_occurrence(const XmlElement& element) {
  OQ_TRY(const std::string text, element.require_attribute("probs_occur"));
  const auto probabilities = parse_numbers(text);
  if (!probabilities)
    return element.error("probs_occur: " + probabilities.error().message);
  double sum = 0;
  for (const double probability : *probabilities) {
    if (probability < 0 || probability > 1)
      return element.error("a probability of probs_occur is not between 0 and 1");
    sum += probability;
  }
  if (probabilities->size() < 2 || std::abs(sum - 1) > kProbabilityTolerance)
    return element.error("probs_occur must be two probabilities or more that sum to 1, not to "
                         + number_text(sum));
  return *probabilities;
}

Result<void> read_non_parametric_source(const XmlElement& element, Source& source) {
  NonParametricGeometry geometry;
  for (const XmlElement& child : element.children())
    if (child.name().ends_with("Rupture") || child.name().ends_with("Ruptures")) {
      OQ_TRY(geometry.ruptures.emplace_back(), read_rupture(child));
    }
  // A source without any has them in a file beside the model.
  if (geometry.ruptures.empty() && !element.children().empty())
    return element.error("the source has no ruptures");
  OQ_CHECK(set_weights(element, geometry));
  source.geometry = std::move(geometry);
  return {};
}

} // namespace oq::engine
