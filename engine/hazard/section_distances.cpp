// SectionDistances: minima over sections, shares of coordinates added up.
#include "engine/hazard/section_distances.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace oq::engine {

JoinedTrace joined_trace(const FaultRuptures& fault, std::span<const std::uint32_t> sections) {
  std::vector<const Gc2Line*> lines;
  for (const std::uint32_t section : sections)
    lines.push_back(&fault.section(section).top_edge);
  JoinedTrace trace{gc2_members(lines), 0.0};
  for (const Gc2Line* line : lines)
    for (const LonLat end : {line->start(), line->end()}) {
      Gc2Sum sum;
      for (std::size_t i = 0; i < lines.size(); ++i)
        sum.add(trace.members[i].of(lines[i]->at(end), lines[i]->length()));
      trace.longest = std::max(trace.longest, sum.u());
    }
  return trace;
}

void SectionDistances::measure(std::uint32_t index, Section& section) {
  const FaultSurface& surface = fault_.surfaces()[index];
  const Ball ball = ball_of(surface);
  for (std::uint32_t site = 0; site < tile_.size(); ++site)
    if (norm(tile_.points.position(site) - ball.centre) <= farthest_ + ball.radius)
      section.near = true;
  if (!section.near)
    return;
  section.sites.resize(tile_.size());
  std::iota(section.sites.begin(), section.sites.end(), 0U);
  section.closest.resize(tile_.size());
  if (surface.mesh) {
    section.mesh.emplace(*surface.mesh, tile_.points, section.sites);
    section.mesh->closest(surface.whole(), section.closest);
  } else {
    closest_to_rectangles(surface, tile_.points, section.sites, section.closest);
  }
}

SectionDistances::Section& SectionDistances::section(std::uint32_t index) {
  if (!sections_[index]) {
    sections_[index] = std::make_unique<Section>();
    measure(index, *sections_[index]);
  }
  return *sections_[index];
}

void SectionDistances::closest(std::span<const std::uint32_t> sections, std::span<double> out) {
  std::fill(out.begin(), out.end(), HUGE_VAL);
  for (const std::uint32_t index : sections)
    if (const Section& part = section(index); part.near)
      for (std::size_t i = 0; i < out.size(); ++i)
        out[i] = std::min(out[i], part.closest[i]);
}

const std::vector<double>& SectionDistances::at_surface(std::uint32_t index) {
  Section& part = section(index);
  if (!part.closest_at_surface.empty())
    return part.closest_at_surface;
  const FaultSurface& surface = fault_.surfaces()[index];
  std::vector<double>& distances = part.closest_at_surface;
  distances.resize(tile_.size());
  if (!part.mesh) {
    closest_to_rectangles_at_surface(surface, tile_.points, part.sites, distances);
    return distances;
  }
  part.mesh->closest_at_surface(surface.whole(), distances);
  refine_by_outline(tile_, part.sites, distances, [&]() -> const SurfaceOutline& {
    return outline_of_(index);
  });
  return distances;
}

void SectionDistances::closest_at_surface(std::span<const std::uint32_t> sections,
                                          std::span<double> out) {
  std::fill(out.begin(), out.end(), HUGE_VAL);
  for (const std::uint32_t index : sections)
    if (section(index).near) {
      const std::vector<double>& distances = at_surface(index);
      for (std::size_t i = 0; i < out.size(); ++i)
        out[i] = std::min(out[i], distances[i]);
    }
}

Gc2::Coordinates SectionDistances::coordinates(std::span<const std::uint32_t> sections,
                                               const JoinedTrace& trace, std::uint32_t site) {
  Gc2Sum sum;
  for (std::size_t i = 0; i < sections.size(); ++i) {
    Section& part = section(sections[i]);
    const Gc2Line& line = fault_.section(sections[i]).top_edge;
    if (part.shares.empty())
      for (std::size_t s = tile_.begin; s < tile_.begin + tile_.size(); ++s)
        part.shares.push_back(line.at({tile_.sites.lon[s], tile_.sites.lat[s]}));
    sum.add(trace.members[i].of(part.shares[site], line.length()));
  }
  return {sum.t(), sum.u()};
}

} // namespace oq::engine
