// SectionDistances: distances from sections to the sites of a tile, each measured once for all the
// ruptures that the section is part of.
#pragma once

#include "engine/hazard/nearby.hpp"
#include "engine/rupture/fault_ruptures.hpp"

#include <functional>
#include <memory>
#include <optional>

namespace oq::engine {

// The top edges of a rupture's sections as one trace.
struct JoinedTrace {
  std::vector<Gc2Member> members;
  double longest = 0; // largest u on the trace, km
};

JoinedTrace joined_trace(const FaultRuptures& fault, std::span<const std::uint32_t> sections);

class SectionDistances {
public:
  using OutlineOf = std::function<const SurfaceOutline&(std::uint32_t section)>;

  // Sites farther than `farthest` km do not matter. All outlive the object.
  SectionDistances(const FaultRuptures& fault, const SiteTile& tile, double farthest,
                   OutlineOf outline_of)
    : fault_(fault), tile_(tile), farthest_(farthest), outline_of_(std::move(outline_of)),
      sections_(fault.surfaces().size()) {}

  // A value a site of the tile, km: to the nearest point of the sections. Infinite, or beyond
  // `farthest`, where the sites do not matter.
  void closest(std::span<const std::uint32_t> sections, std::span<double> out);
  // The same of the surface projections.
  void closest_at_surface(std::span<const std::uint32_t> sections, std::span<double> out);
  // Coordinates of a site of the tile.
  Gc2::Coordinates coordinates(std::span<const std::uint32_t> sections, const JoinedTrace& trace,
                               std::uint32_t site);

private:
  struct Section {
    bool near = false;                // within reach of some site
    std::vector<std::uint32_t> sites; // all of the tile
    std::optional<MeshDistances> mesh;
    std::vector<double> closest, closest_at_surface;
    std::vector<Gc2Line::Share> shares; // by site
  };
  Section& section(std::uint32_t index);
  void measure(std::uint32_t index, Section& section);
  const std::vector<double>& at_surface(std::uint32_t index);

  const FaultRuptures& fault_;
  const SiteTile& tile_;
  double farthest_;
  OutlineOf outline_of_;
  std::vector<std::unique_ptr<Section>> sections_;
};

} // namespace oq::engine
