// What several sources of a dependent group make together: engine notes 2.10.
#include "engine/calculator/dependent_groups.hpp"

#include <algorithm>
#include <cmath>

namespace oq::engine {

namespace {

constexpr double kLeast = 1.11e-16; // so that the logarithm is finite

bool equal(const SourceGroup& a, const SourceGroup& b) {
  return a.dependence == b.dependence && std::ranges::equal(a.sources, b.sources);
}

// Probability of exceedance of one source of the group.
double exceedance(const GroupDependence& dependence, double value) {
  return dependence.mutex_ruptures ? value : -std::expm1(-value);
}

// The group's, from its sources' sums.
class Together {
public:
  explicit Together(const Combination& combination) : combination_(combination) {}

  void add(std::size_t source, double value) {
    const GroupDependence& dependence = combination_.dependence;
    if (dependence.mutex_sources)
      sum_ += combination_.weights[source] * exceedance(dependence, value);
    else if (dependence.mutex_ruptures && !dependence.cluster)
      sum_ += value;
    else
      none_ *= 1.0 - exceedance(dependence, value);
  }

  // Minus the logarithm of the probability that nothing exceeds the level.
  double rate(double investigation_time) const {
    const GroupDependence& dependence = combination_.dependence;
    const bool adds =
      dependence.mutex_sources || (dependence.mutex_ruptures && !dependence.cluster);
    const double poe = std::min((adds ? sum_ : 1.0 - none_) * dependence.probability, 1.0);
    if (dependence.cluster) // a Poissonian number of clusters
      return dependence.occurrence_rate * investigation_time * poe;
    return -std::log1p(-std::min(poe, 1.0 - kLeast));
  }

private:
  const Combination& combination_;
  double sum_ = 0, none_ = 1;
};

} // namespace

std::vector<DependentGroup> dependent_groups(const FullLogicTree& tree, const std::string& region) {
  std::vector<DependentGroup> result;
  for (std::size_t path = 0; path < tree.source_paths.size(); ++path)
    for (const SourceGroup& group : tree.source_paths[path].groups) {
      if (group.dependence.independent() || group.sources.empty()
          || group.sources.front().tectonic_region != region)
        continue;
      const auto twin = std::ranges::find_if(result, [&](const DependentGroup& known) {
        return known.paths.back() != path && equal(*known.group, group);
      });
      if (twin != result.end())
        twin->paths.push_back(path);
      else
        result.push_back({&group, {path}});
    }
  return result;
}

void set_summation(const GroupDependence& dependence, SourceSet& set) {
  set.summation = dependence.mutex_ruptures ? Summation::probabilities : Summation::rates;
  set.cluster = dependence.cluster;
}

void combine(const Combination& combination, double investigation_time,
             std::vector<std::vector<double>>& rates) {
  std::vector<double>& first = rates.front();
  for (std::size_t i = 0; i < first.size(); ++i) {
    Together together(combination);
    for (std::size_t source = 0; source < rates.size(); ++source)
      together.add(source, std::exchange(rates[source][i], 0.0));
    first[i] = together.rate(investigation_time);
  }
}

void combine(const ClassicalModel& model, std::vector<std::vector<double>>& rates) {
  for (const Combination& combination : model.combinations) {
    std::vector<std::vector<double>> own;
    for (const std::size_t group : combination.groups)
      own.push_back(std::move(rates[group]));
    if (!own.empty())
      combine(combination, model.settings.investigation_time, own);
    for (std::size_t source = 0; source < own.size(); ++source)
      rates[combination.groups[source]] = std::move(own[source]);
  }
}

} // namespace oq::engine
