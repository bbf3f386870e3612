// Mutually exclusive sources and ruptures, clusters, negative-binomial occurrence.
#include "engine/nrml/source_dependence.hpp"

#include "engine/base/json.hpp"
#include "engine/nrml/source_parts.hpp"

#include <cmath>
#include <numeric>

namespace oq::engine {
namespace {

// "mutex" or "indep".
Result<bool> is_mutex(const XmlElement& element, std::string_view name) {
  const auto value = element.attribute(name).value_or("indep");
  if (value == "mutex")
    return true;
  if (value == "indep" || value.empty())
    return false;
  return element.error(std::string(name) + "=" + in_quotes(value) + " is neither indep nor mutex");
}

Result<bool> is_cluster(const XmlElement& element) {
  const auto value = element.attribute("cluster").value_or("");
  if (value == "true" || value == "True" || value == "1")
    return true;
  if (value.empty() || value == "false" || value == "False" || value == "0")
    return false;
  return element.error("cluster=" + in_quotes(value) + " is neither true nor false");
}

Result<void> set_weights(const XmlElement& element, SourceGroup& group) {
  const auto text = element.attribute("srcs_weights").value_or("");
  if (!group.dependence.mutex_sources) {
    const auto weights = parse_numbers(text);
    for (const double weight : weights ? *weights : std::vector<double>{})
      if (weight != 1)
        return element.error("srcs_weights other than 1 need src_interdep=\"mutex\"");
    return {};
  }
  std::vector<double> weights(group.sources.size(),
                              1.0 / static_cast<double>(group.sources.size()));
  if (!text.empty()) {
    const auto given = parse_numbers(text);
    if (!given)
      return element.error("srcs_weights: " + given.error().message);
    weights = *given;
  }
  if (weights.size() != group.sources.size())
    return element.error("srcs_weights has " + std::to_string(weights.size())
                         + " weights, the group has " + std::to_string(group.sources.size())
                         + " sources");
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (weights[i] < 0 || weights[i] > 1)
      return element.error("a weight of srcs_weights is not between 0 and 1");
    Source source = group.sources[i];
    source.mutex_weight = weights[i];
    group.sources.replace(i, std::move(source));
  }
  const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  if (std::abs(sum - 1) > kProbabilityTolerance)
    return element.error("srcs_weights must sum to 1, not to " + number_text(sum));
  return {};
}

// Of what only groups of ruptures with probabilities of their own may say.
Result<void> check_mutex_ruptures(const XmlElement& element, const SourceGroup& group) {
  for (const Source& source : group.sources)
    if (!std::holds_alternative<NonParametricGeometry>(source.geometry))
      return element.error("rup_interdep=\"mutex\" needs nonParametricSeismicSources; source "
                           + in_quotes(source.id) + " is of another kind");
  return {};
}

} // namespace

Result<void> read_dependence(const XmlElement& element, SourceGroup& group) {
  GroupDependence& dependence = group.dependence;
  OQ_TRY(dependence.mutex_sources, is_mutex(element, "src_interdep"));
  OQ_TRY(dependence.mutex_ruptures, is_mutex(element, "rup_interdep"));
  OQ_TRY(dependence.cluster, is_cluster(element));
  OQ_TRY(dependence.probability, element.number_attribute("grp_probability", 1.0));
  if (!(dependence.probability > 0 && dependence.probability <= 1))
    return element.error("grp_probability is not between 0 and 1");
  if (dependence.cluster) {
    OQ_TRY(dependence.occurrence_rate, element.number_attribute("occurrence_rate"));
    if (!(dependence.occurrence_rate > 0))
      return element.error("the occurrence_rate of a cluster must be positive");
  }
  if (dependence.mutex_ruptures)
    OQ_CHECK(check_mutex_ruptures(element, group));
  OQ_CHECK(set_weights(element, group));
  Source shared;
  OQ_CHECK(read_occurrence_model(element, shared));
  if (shared.dispersion > 0)
    for (std::size_t i = 0; i < group.sources.size(); ++i) {
      Source source = group.sources[i];
      source.dispersion = shared.dispersion;
      group.sources.replace(i, std::move(source));
    }
  return {};
}

Result<void> read_occurrence_model(const XmlElement& element, Source& source) {
  const auto model =
    element.attribute("temporal_occurrence_model").value_or(element.attribute("tom").value_or(""));
  if (model.empty() || model == "PoissonTOM" || model == "ClusterPoissonTOM")
    return {};
  if (model != "NegativeBinomialTOM")
    return element.error("the temporal occurrence model " + in_quotes(model) + " is not known");
  OQ_TRY(source.dispersion, element.number_attribute("alpha"));
  if (!(source.dispersion > 0))
    return element.error("alpha of a NegativeBinomialTOM must be positive");
  return {};
}

} // namespace oq::engine
