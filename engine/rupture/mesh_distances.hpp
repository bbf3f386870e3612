// MeshDistances: distances from windows of one mesh to some sites, each node seen once.
#pragma once

#include "engine/geo/surface_mesh.hpp"
#include "engine/rupture/site_points.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace oq::engine {

// Smallest values over windows of a rows x cols grid with a value a site. The minima over windows
// of one width are made when that width is first asked for.
class WindowMinima {
public:
  WindowMinima() = default;
  // `values`: row by row, the sites of a node together.
  WindowMinima(std::size_t rows, std::size_t cols, std::size_t sites, std::vector<double> values);

  void minimum(const MeshWindow& window, std::span<double> out);
  bool empty() const noexcept { return values_.empty(); }

private:
  void set_width(std::size_t width);

  std::size_t rows_ = 0, cols_ = 0, sites_ = 0, width_ = 0;
  std::vector<double> values_, of_width_;
};

class MeshDistances {
public:
  // `sites` are indices into `points`. All three outlive the object.
  MeshDistances(const SurfaceMesh& mesh, const SitePoints& points,
                std::span<const std::uint32_t> sites);

  // A value a site, km: to the nearest node, and to the nearest node brought to depth 0.
  void closest(const MeshWindow& window, std::span<double> out);
  void closest_at_surface(const MeshWindow& window, std::span<double> out);
  // Signed distance from the top edge, positive on the side of the dip (engine notes 2.8).
  void across_top_edge(const MeshWindow& window, std::span<double> out);
  // Distance along strike beyond the ends of the top edge.
  void beyond_ends(const MeshWindow& window, double strike, std::span<double> out) const;

private:
  const std::vector<double>& segments_of(std::size_t row);
  LonLat place(std::size_t row, std::size_t col) const;
  // Of the edge from one node to another, degrees.
  double heading(const GeoPoint& from, const GeoPoint& to) const;
  Vector3 unit_above(const GeoPoint& node) const;
  Vector3 direction(std::size_t site) const { return points_.direction(sites_[site]); }

  const SurfaceMesh& mesh_;
  const SitePoints& points_;
  std::span<const std::uint32_t> sites_;
  WindowMinima to_nodes_, to_surface_;
  std::vector<std::vector<double>> segments_; // by row: segment x site
};

} // namespace oq::engine
