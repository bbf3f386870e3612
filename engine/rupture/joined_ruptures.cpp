// FaultRuptures of sections: each section is meshed once, whatever ruptures it is part of.
#include "engine/rupture/fault_ruptures.hpp"

#include <algorithm>

namespace oq::engine {

Result<void> FaultRuptures::add_sections(const MultiFaultGeometry& geometry,
                                         const FaultSettings& settings) {
  for (const auto& section : geometry.sections) {
    auto surface = make_surface(
      section->surface, {settings.rupture_mesh_spacing, settings.complex_fault_mesh_spacing});
    if (surface && surface->kind == FaultSurface::Kind::points)
      surface = invalid_input("a section cannot be points without order");
    if (!surface)
      return invalid_input("section '" + section->id + "' (" + section->where
                           + "): " + surface.error().message);
    surfaces_.push_back(*std::move(surface));
  }
  return {};
}

void FaultRuptures::set_sections() {
  sections_.clear();
  for (const FaultSurface& surface : surfaces_) {
    RuptureParameters parameters;
    if (surface.mesh)
      surface.set_parameters(surface.whole(), parameters);
    else
      parameters = surface.rectangles.front();
    // Of a long edge the ends count, as the reference engine has it.
    const std::vector<LonLat> edge = surface.top_edge(surface.whole());
    sections_.push_back({parameters, surface.area(), Gc2Line({edge.front(), edge.back()})});
  }
}

Result<void> FaultRuptures::add_joined(const MultiFaultGeometry& geometry,
                                       const FaultSettings& settings) {
  if (geometry.sections.size() != geometry.section_ids.size())
    return invalid_input("its sections are not known");
  // Of the sections, those that ruptures have.
  MultiFaultGeometry used;
  std::vector<std::uint32_t> surface_of(geometry.sections.size(), 0);
  std::vector<bool> is_used(geometry.sections.size());
  for (const SectionsRupture& rupture : geometry.ruptures)
    if (rupture.mag >= settings.minimum_magnitude)
      for (const std::uint32_t section : rupture.sections)
        is_used[section] = true;
  for (std::size_t i = 0; i < is_used.size(); ++i)
    if (is_used[i]) {
      surface_of[i] = static_cast<std::uint32_t>(used.sections.size());
      used.sections.push_back(geometry.sections[i]);
    }
  OQ_CHECK(add_sections(used, settings));
  set_sections();
  first_joined_.push_back(0);
  for (const SectionsRupture& described : geometry.ruptures) {
    if (described.mag < settings.minimum_magnitude)
      continue;
    for (const std::uint32_t section : described.sections)
      joined_.push_back(surface_of[section]);
    first_joined_.push_back(joined_.size());
    FaultRupture rupture;
    rupture.surface = surface_of[described.sections.front()];
    rupture.window = surfaces_[rupture.surface].whole();
    const RuptureParameters& first = sections_[rupture.surface].parameters;
    NonParametricRupture given;
    given.mag = described.mag;
    given.rake = described.rake;
    given.hypocentre = {first.hypocentre.lon, first.hypocentre.lat, first.hypo_depth};
    given.probabilities = described.probabilities;
    add_given(std::move(given), rupture, settings);
  }
  return {};
}

void FaultRuptures::set_meshes(std::vector<SurfaceMesh> meshes, FaultSurface::Kind kind) {
  surfaces_.clear();
  for (SurfaceMesh& mesh : meshes)
    surfaces_.push_back({kind, std::move(mesh), {}, {}});
  ruptures_.front().window = surfaces_.front().whole();
  if (surfaces_.size() < 2)
    return;
  joined_.clear();
  for (std::uint32_t i = 0; i < surfaces_.size(); ++i)
    joined_.push_back(i);
  first_joined_ = {0, joined_.size()};
  set_sections();
}

} // namespace oq::engine
