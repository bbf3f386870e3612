// SourceVariants: filters of branch sets, changes applied, variants remembered.
#include "engine/logictree/source_variants.hpp"

#include "engine/nrml/number.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace oq::engine {
namespace {

// applyToSourceType, in the words of older trees.
std::string_view type_of(const Source& source) {
  constexpr std::string_view kTypes[] = {"point",        "area",         "multiPoint",
                                         "simpleFault",  "complexFault", "characteristicFault",
                                         "nonParametric"};
  return source.geometry.index() < std::size(kTypes) ? kTypes[source.geometry.index()] : "";
}

bool applies_to(const BranchSet& set, const Source& source) {
  const auto& ids = set.apply_to_sources;
  // A set that names its sources must fit them; of others, the sources that it does not fit stay.
  if (ids.empty() && changes_sources(set.uncertainty) && !fits_source(set.uncertainty, source))
    return false;
  return (set.tectonic_region.empty() || set.tectonic_region == source.tectonic_region)
         && (set.source_type.empty() || set.source_type == type_of(source))
         && (ids.empty() || std::ranges::find(ids, source.id) != ids.end());
}

using Steps = std::vector<BranchStep>;

std::vector<const Branch*> branches_of(const std::vector<BranchStep>& steps) {
  std::vector<const Branch*> branches;
  for (const BranchStep& step : steps)
    branches.push_back(step.branch);
  return branches;
}

// Of distributions of many points OpenQuake keeps one adjustment, the last of the path.
Steps without_replaced(const Source& source, const Steps& steps) {
  if (!std::holds_alternative<MultiMfd>(source.mfd))
    return steps;
  Steps kept;
  for (auto step = steps.begin(); step != steps.end(); ++step)
    if (!adjusts_richter(step->set->uncertainty)
        || std::none_of(step + 1, steps.end(), [](const BranchStep& later) {
             return adjusts_richter(later.set->uncertainty);
           }))
      kept.push_back(*step);
  return kept;
}

} // namespace

bool SourceVariants::applies(const BranchSet& set, const SourceGroup& group) {
  const auto [entry, fresh] = applies_.try_emplace({&set, &group}, false);
  if (fresh)
    entry->second =
      std::any_of(group.sources.begin(), group.sources.end(), [&](const Source& source) {
        return applies_to(set, source);
      });
  return entry->second;
}

Result<SourceGroup> SourceVariants::of(const SourceGroup& group, const Steps& steps) {
  Steps relevant;
  for (const BranchStep& step : steps)
    if (step.branch && step.branch->value && applies(*step.set, group))
      relevant.push_back(step);
  if (relevant.empty())
    return group;
  const std::pair key(&group, branches_of(relevant));
  auto known = groups_.find(key);
  if (known == groups_.end()) {
    OQ_TRY(auto made, changed(group, relevant));
    known = groups_.emplace(key, std::move(made)).first;
  }
  return known->second;
}

Result<SourceGroup> SourceVariants::changed(const SourceGroup& group, const Steps& steps) {
  SourceGroup result = group;
  result.sources = {};
  for (auto source = group.sources.begin(); source != group.sources.end(); ++source) {
    Steps relevant;
    for (const BranchStep& step : steps)
      if (applies_to(*step.set, *source))
        relevant.push_back(step);
    OQ_TRY(auto variant, changed(source.shared(), without_replaced(*source, relevant)));
    result.sources.push_back(std::move(variant));
  }
  return result;
}

Result<SourceList::Pointer> SourceVariants::changed(const SourceList::Pointer& source,
                                                    const Steps& steps) {
  if (steps.empty())
    return source;
  const std::pair key(source.get(), branches_of(steps));
  if (const auto known = sources_.find(key); known != sources_.end())
    return known->second;
  Source variant = *source;
  for (const BranchStep& step : steps)
    if (const auto done = apply_uncertainty(step.set->uncertainty, *step.branch->value, variant);
        !done)
      return invalid_input(fmt::format("{} of branch {} cannot be applied to source {}: {}",
                                       step.set->uncertainty, in_quotes(step.branch->id),
                                       in_quotes(source->id), done.error().message),
                           step.branch->where);
  return sources_.emplace(key, std::make_shared<const Source>(std::move(variant))).first->second;
}

} // namespace oq::engine
