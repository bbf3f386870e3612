// PointCells: point sources gathered in the cells of a grid, each with one mean source for sites
// far away (engine notes 2.5, ps_grid_spacing).
#pragma once

#include "engine/rupture/point_ruptures.hpp"

#include <optional>
#include <vector>

namespace oq::engine {

struct PointCell {
  struct Member {
    std::uint32_t source = 0; // index into the sources
    LonLat location;
  };
  std::vector<Member> members;
  // One location, plane and depth: means weighted with the members' total rates. Nothing for a cell
  // of one member.
  std::optional<PointRuptures> mean;
};

// Cells of about `spacing_km`, in order of longitude, then latitude; one a location when all stand
// in a line or there is only one.
std::vector<PointCell> point_cells(const std::vector<PointRuptures>& sources, double spacing_km);

} // namespace oq::engine
