// FaultBlock: some ruptures of one fault, and what they share from tile to tile of sites.
#pragma once

#include "engine/geo/surface_outline.hpp"
#include "engine/hazard/ground_motion_rates.hpp"
#include "engine/hazard/section_distances.hpp"

#include <array>
#include <map>

namespace oq::engine {

class FaultBlock {
public:
  // Ruptures [begin, end) of the source with a tag.
  FaultBlock(const SourceSet& set, std::uint32_t tag, std::size_t begin, std::size_t end);

  // Adds the pairs of the ruptures and the sites of a tile. The errors of the sink.
  Result<void> add(const SiteTile& tile, PairSink& pairs);

private:
  Result<void> add_of_surface(const SiteTile& tile, std::size_t begin, std::size_t end,
                              PairSink& pairs);
  Result<void> add_joined(const SiteTile& tile, PairSink& pairs);
  const SurfaceOutline& outline(std::uint32_t surface, const MeshWindow& window);
  const JoinedTrace& trace(std::size_t rupture);

  const SourceSet& set_;
  const FaultRuptures& fault_;
  std::uint32_t tag_;
  std::size_t begin_, end_;
  // Of surfaces and windows: ruptures of several magnitudes may fill the same part of a mesh.
  std::map<std::array<std::uint32_t, 5>, SurfaceOutline> outlines_;
  std::vector<std::optional<JoinedTrace>> traces_; // of ruptures of sections, when made
};

// The blocks of a range of locations, in order.
std::vector<FaultBlock> fault_blocks(const SourceSet& set, LocationRange range);

} // namespace oq::engine
