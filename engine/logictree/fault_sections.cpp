// FaultSections: ids looked up, sources split by fault.
#include "engine/logictree/fault_sections.hpp"

#include "engine/nrml/number.hpp"

#include <algorithm>

namespace oq::engine {
namespace {

constexpr std::size_t kNoFault = static_cast<std::size_t>(-1);

// The first fault that a rupture touches.
std::vector<std::size_t> faults_of(const MultiFaultGeometry& geometry) {
  std::vector<std::size_t> by_section(geometry.section_ids.size(), kNoFault);
  for (std::size_t fault = geometry.faults.size(); fault-- > 0;)
    for (const std::uint32_t section : geometry.faults[fault].sections)
      by_section[section] = fault;
  std::vector<std::size_t> result;
  for (const SectionsRupture& rupture : geometry.ruptures) {
    std::size_t first = kNoFault;
    for (const std::uint32_t section : rupture.sections)
      first = std::min(first, by_section[section]);
    result.push_back(first);
  }
  return result;
}

void add_split(const Source& source, SourceList& sources) {
  const auto& whole = std::get<MultiFaultGeometry>(source.geometry);
  const std::vector<std::size_t> faults = faults_of(whole);
  const auto add = [&](std::size_t fault, const std::string& id) {
    Source part = source;
    part.id = id;
    auto& geometry = std::get<MultiFaultGeometry>(part.geometry);
    geometry.ruptures.clear();
    geometry.faults.clear();
    for (std::size_t i = 0; i < faults.size(); ++i)
      if (faults[i] == fault)
        geometry.ruptures.push_back(whole.ruptures[i]);
    if (!geometry.ruptures.empty())
      sources.push_back(std::move(part));
  };
  for (std::size_t fault = 0; fault < whole.faults.size(); ++fault)
    add(fault, source.id + "@" + whole.faults[fault].tag);
  add(kNoFault, source.id);
}

bool joins_sections(const Source& source) {
  return std::holds_alternative<MultiFaultGeometry>(source.geometry);
}

} // namespace

Result<void> FaultSections::add(const SourceModel& model) {
  for (const auto& section : model.sections) {
    const auto [first, is_new] = by_id_.emplace(section->id, section);
    if (!is_new)
      return invalid_input("the section id " + in_quotes(section->id) + " is used twice, first in "
                             + first->second->where,
                           section->where);
  }
  return {};
}

Result<void> FaultSections::attach(MultiFaultGeometry& geometry) const {
  if (by_id_.empty())
    return invalid_input("no file of the logic tree has a geometryModel with its sections");
  geometry.sections.clear();
  for (const std::string& id : geometry.section_ids) {
    const auto section = by_id_.find(id);
    if (section == by_id_.end())
      return invalid_input("no geometryModel has a section with the id " + in_quotes(id));
    geometry.sections.push_back(section->second);
  }
  return {};
}

Result<void> FaultSections::attach(SourceGroup& group) const {
  if (std::none_of(group.sources.begin(), group.sources.end(), joins_sections))
    return {};
  SourceList attached;
  for (auto source = group.sources.begin(); source != group.sources.end(); ++source) {
    if (!joins_sections(*source)) {
      attached.push_back(source.shared());
      continue;
    }
    Source joined = *source;
    auto& geometry = std::get<MultiFaultGeometry>(joined.geometry);
    if (const auto done = attach(geometry); !done)
      return invalid_input("source " + in_quotes(source->id) + ": " + done.error().message,
                           source->where);
    if (geometry.faults.empty())
      attached.push_back(std::move(joined));
    else
      add_split(joined, attached);
  }
  group.sources = std::move(attached);
  return {};
}

} // namespace oq::engine
