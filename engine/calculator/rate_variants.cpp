// Rate variants: the same sources but for their distributions, with the same magnitudes.
#include "engine/calculator/rate_variants.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

namespace oq::engine {

namespace {

bool equal_but_rates(const Source& a, const Source& b) {
  Source same = a;
  same.mfd = b.mfd;
  return same == b;
}

// REQUIRES: the sources are equal but for their distributions, as are the job's options.
bool equal_ruptures(const PointRuptures& a, const PointRuptures& b) {
  return a.locations().size() == b.locations().size()
         && std::ranges::equal(a.bins(), b.bins(), {}, &MagnitudeRate::magnitude,
                               &MagnitudeRate::magnitude);
}

bool equal_ruptures(const FaultRuptures& a, const FaultRuptures& b) {
  return std::ranges::equal(
    a.ruptures(), b.ruptures(), [&](const FaultRupture& one, const FaultRupture& other) {
      return one.surface == other.surface && one.window.row == other.window.row
             && one.window.rows == other.window.rows && one.window.col == other.window.col
             && one.window.cols == other.window.cols && one.magnitude == other.magnitude
             && one.hypocentre == other.hypocentre && a.probabilities(one).empty()
             && b.probabilities(other).empty();
    });
}

bool equal_but_rates(const SourceSet& a, const SourceSet& b) {
  constexpr auto equal = [](const auto& one, const auto& other) {
    return equal_ruptures(one, other);
  };
  return std::ranges::equal(a.sources, b.sources, equal)
         && std::ranges::equal(a.faults, b.faults, equal);
}

// What the set has beside ruptures whose rates simply add up stays as it is.
bool can_be_shared(const SourceSet& set) {
  return set.is_plain() && set.cells.empty();
}

RateVariant take_rates(SourceSet& set) {
  RateVariant variant{std::exchange(set.sources, {}), {}};
  for (const FaultRuptures& fault : std::exchange(set.faults, {})) {
    std::vector<double>& rates = variant.fault_rates.emplace_back();
    for (const FaultRupture& rupture : fault.ruptures())
      rates.push_back(rupture.rate);
  }
  return variant;
}

} // namespace

void share_probabilities(const std::vector<SourcesOfGroup>& origins, ClassicalModel& model) {
  // Only groups whose sources have the same names are compared.
  std::map<std::pair<std::size_t, std::vector<std::string>>, std::vector<std::size_t>> firsts;
  for (std::size_t g = 0; g < model.groups.size(); ++g) {
    RateGroup& group = model.groups[g];
    if (origins[g].empty() || !can_be_shared(group.set))
      continue;
    std::vector<std::string> names;
    for (const Source* source : origins[g])
      names.push_back(source->id);
    std::vector<std::size_t>& known = firsts[{group.gsim_set, std::move(names)}];
    const auto twin = std::ranges::find_if(known, [&](std::size_t first) {
      constexpr auto equal = [](const Source* one, const Source* other) {
        return equal_but_rates(*one, *other);
      };
      return std::ranges::equal(origins[first], origins[g], equal)
             && equal_but_rates(model.groups[first].set, group.set);
    });
    if (twin == known.end()) {
      known.push_back(g);
      continue;
    }
    RateGroup& first = model.groups[*twin];
    first.variants.push_back(g);
    first.set.variants.push_back(take_rates(group.set));
  }
}

} // namespace oq::engine
