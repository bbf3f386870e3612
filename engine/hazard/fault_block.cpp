// FaultBlock: which sites a surface reaches, and the distances of its parts.
#include "engine/hazard/fault_block.hpp"

#include "engine/rupture/mesh_distances.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace oq::engine {

namespace {

// Closer than this, the nodes of a mesh are too coarse for the distance to its projection
// (engine notes 2.8).
constexpr double kOutlineWithin = 40.0; // km

// A sphere that holds a surface.
struct Ball {
  Vector3 centre;
  double radius = 0;
};

Ball ball_of(const FaultSurface& surface) {
  std::vector<Vector3> points;
  if (surface.mesh)
    points = surface.mesh->positions();
  for (const PlanarRupture& part : surface.rectangles)
    for (const double along : {0.0, part.length})
      for (const double down : {0.0, part.width})
        points.push_back(part.top_left + along * part.along_strike + down * part.down_dip);
  Ball ball;
  for (const Vector3& point : points)
    ball.centre = ball.centre + (1.0 / static_cast<double>(points.size())) * point;
  for (const Vector3& point : points)
    ball.radius = std::max(ball.radius, norm(point - ball.centre));
  return ball;
}

// The sites of a tile that a surface may reach, and what is measured from it to them.
struct Nearby {
  std::vector<std::uint32_t> sites;    // of the tile
  std::optional<MeshDistances> meshes; // when the surface is a mesh
  std::vector<double> scratch;
  std::vector<std::uint32_t> reached; // positions in `sites`
};

// Distances of a window of a mesh to the sites that it reaches.
class MeshRuptureDistances final : public RuptureDistances {
public:
  using Outline = const SurfaceOutline& (*)(void* self, const FaultRupture& rupture);

  MeshRuptureDistances(const FaultRupture& rupture, const RuptureParameters& parameters,
                       const SiteTile& tile, Nearby& nearby)
    : rupture_(rupture), parameters_(parameters), tile_(tile), nearby_(nearby) {}

  void set_outline(void* self, Outline outline) {
    self_ = self;
    outline_ = outline;
  }

  void fill(const SitePoints& points, std::span<const std::uint32_t> sites,
            const DistanceColumns& out) const override {
    MeshDistances& meshes = *nearby_.meshes;
    std::vector<double>& all = nearby_.scratch;
    const auto gather = [&](std::span<double> column) {
      for (std::size_t i = 0; i < column.size(); ++i)
        column[i] = all[nearby_.reached[i]];
    };
    if (!out.rjb.empty()) {
      meshes.closest_at_surface(rupture_.window, all);
      gather(out.rjb);
      refine(sites, out.rjb);
    }
    if (!out.rx.empty()) {
      meshes.across_top_edge(rupture_.window, all);
      gather(out.rx);
    }
    if (!out.ry0.empty()) {
      meshes.beyond_ends(rupture_.window, parameters_.strike, all);
      gather(out.ry0);
    }
    hypocentral_distances(parameters_, points, sites, out);
  }

private:
  // Near the surface its outline counts, not its nodes.
  void refine(std::span<const std::uint32_t> sites, std::span<double> rjb) const {
    const SurfaceOutline* outline = nullptr;
    for (std::size_t i = 0; i < rjb.size(); ++i) {
      if (rjb[i] >= kOutlineWithin)
        continue;
      if (!outline)
        outline = &outline_(self_, rupture_);
      const std::size_t site = tile_.begin + sites[i];
      const double distance = outline->distance({tile_.sites.lon[site], tile_.sites.lat[site]});
      if (std::isfinite(distance))
        rjb[i] = distance;
    }
  }

  const FaultRupture& rupture_;
  const RuptureParameters& parameters_;
  const SiteTile& tile_;
  Nearby& nearby_;
  void* self_ = nullptr;
  Outline outline_ = nullptr;
};

// Of rectangles that rupture together.
class RectangleDistances final : public RuptureDistances {
public:
  RectangleDistances(const FaultSurface& surface, const RuptureParameters& parameters,
                     const SiteTile& tile)
    : surface_(surface), parameters_(parameters), tile_(tile) {}

  void fill(const SitePoints& points, std::span<const std::uint32_t> sites,
            const DistanceColumns& out) const override {
    if (!surface_.coordinates) {
      other_distances(surface_.rectangles.front(), points, sites,
                      {.rjb = out.rjb, .rx = out.rx, .ry0 = out.ry0});
    } else {
      fill_nearest(points, sites, out.rjb);
      for (std::size_t i = 0; i < std::max(out.rx.size(), out.ry0.size()); ++i) {
        const std::size_t site = tile_.begin + sites[i];
        const auto at = surface_.coordinates->at({tile_.sites.lon[site], tile_.sites.lat[site]});
        if (!out.rx.empty())
          out.rx[i] = at.t;
        if (!out.ry0.empty())
          out.ry0[i] = surface_.coordinates->beyond_ends(at.u);
      }
    }
    hypocentral_distances(parameters_, points, sites, out);
  }

private:
  void fill_nearest(const SitePoints& points, std::span<const std::uint32_t> sites,
                    std::span<double> rjb) const {
    if (rjb.empty())
      return;
    std::vector<double> of_part(rjb.size());
    std::fill(rjb.begin(), rjb.end(), HUGE_VAL);
    for (const PlanarRupture& part : surface_.rectangles) {
      other_distances(part, points, sites, {.rjb = of_part});
      for (std::size_t i = 0; i < rjb.size(); ++i)
        rjb[i] = std::min(rjb[i], of_part[i]);
    }
  }

  const FaultSurface& surface_;
  const RuptureParameters& parameters_;
  const SiteTile& tile_;
};

void closest(const FaultSurface& surface, const FaultRupture& rupture, const SiteTile& tile,
             Nearby& nearby) {
  std::vector<double>& rrup = nearby.scratch;
  if (nearby.meshes) {
    nearby.meshes->closest(rupture.window, rrup);
    return;
  }
  std::vector<double> of_part(rrup.size());
  std::fill(rrup.begin(), rrup.end(), HUGE_VAL);
  for (const PlanarRupture& part : surface.rectangles) {
    rupture_distance(part, tile.points, nearby.sites, of_part);
    for (std::size_t i = 0; i < rrup.size(); ++i)
      rrup[i] = std::min(rrup[i], of_part[i]);
  }
}

} // namespace

FaultBlock::FaultBlock(const SourceSet& set, std::uint32_t tag, std::size_t begin, std::size_t end)
  : set_(set), fault_(set.faults[tag - set.ids.size()]), tag_(tag), begin_(begin), end_(end) {}

Result<void> FaultBlock::add(const SiteTile& tile, PairSink& rates) {
  const auto& ruptures = fault_.ruptures();
  for (std::size_t begin = begin_; begin < end_;) {
    std::size_t end = begin;
    while (end < end_ && ruptures[end].surface == ruptures[begin].surface)
      ++end;
    OQ_CHECK(add_of_surface(tile, begin, end, rates));
    begin = end;
  }
  return {};
}

Result<void> FaultBlock::add_of_surface(const SiteTile& tile, std::size_t begin, std::size_t end,
                                        PairSink& rates) {
  const FaultSurface& surface = fault_.surface(fault_.ruptures()[begin]);
  const Ball ball = ball_of(surface);
  double farthest = 0;
  for (std::size_t r = begin; r < end; ++r)
    farthest = std::max(farthest, set_.maximum_distance.at(fault_.ruptures()[r].magnitude));
  Nearby nearby;
  for (std::uint32_t site = 0; site < tile.size(); ++site)
    if (norm(tile.points.position(site) - ball.centre) <= farthest + ball.radius)
      nearby.sites.push_back(site);
  if (nearby.sites.empty())
    return {};
  if (surface.mesh)
    nearby.meshes.emplace(*surface.mesh, tile.points, nearby.sites);
  nearby.scratch.resize(nearby.sites.size());

  std::vector<std::uint32_t> sites;
  std::vector<double> rrup, others;
  for (std::size_t r = begin; r < end; ++r) {
    const FaultRupture& rupture = fault_.ruptures()[r];
    closest(surface, rupture, tile, nearby);
    const double within = set_.maximum_distance.at(rupture.magnitude);
    nearby.reached.clear();
    sites.clear();
    rrup.clear();
    for (std::uint32_t i = 0; i < nearby.sites.size(); ++i)
      if (nearby.scratch[i] <= within && within > 0) {
        nearby.reached.push_back(i);
        sites.push_back(nearby.sites[i]);
        rrup.push_back(nearby.scratch[i]);
      }
    if (sites.empty())
      continue;
    const RuptureParameters parameters = fault_.parameters(rupture);
    RuptureOccurrence occurrence{parameters, tag_, rates.occurrence_of(rupture.rate),
                                 fault_.weight(rupture)};
    others.clear();
    for (const RateVariant& variant : set_.variants)
      others.push_back(
        rates.occurrence_of(variant.fault_rates[tag_ - set_.ids.size()][r]).expected);
    occurrence.others = others;
    if (const auto& probabilities = fault_.probabilities(rupture); !probabilities.empty())
      occurrence.occurrence.probabilities = &probabilities;
    if (surface.mesh) {
      MeshRuptureDistances distances(rupture, parameters, tile, nearby);
      distances.set_outline(this,
                            [](void* self, const FaultRupture& wanted) -> const SurfaceOutline& {
                              return static_cast<FaultBlock*>(self)->outline(wanted);
                            });
      OQ_CHECK(rates.add(occurrence, distances, tile, sites, rrup));
    } else {
      const RectangleDistances distances(surface, parameters, tile);
      OQ_CHECK(rates.add(occurrence, distances, tile, sites, rrup));
    }
  }
  return {};
}

const SurfaceOutline& FaultBlock::outline(const FaultRupture& rupture) {
  const MeshWindow& window = rupture.window;
  const std::array key{rupture.surface, window.row, window.rows, window.col, window.cols};
  const auto known = outlines_.find(key);
  if (known != outlines_.end())
    return known->second;
  const FaultSurface& surface = fault_.surface(rupture);
  const bool cells = surface.kind != FaultSurface::Kind::points;
  return outlines_
    .emplace(key, cells ? SurfaceOutline::of_mesh(*surface.mesh, window)
                        : SurfaceOutline::of_points(surface.mesh->points()))
    .first->second;
}

std::vector<FaultBlock> fault_blocks(const SourceSet& set, LocationRange range) {
  std::vector<FaultBlock> blocks;
  std::size_t first = set.point_locations(); // of the fault
  for (std::size_t f = 0; f < set.faults.size(); ++f) {
    const std::size_t count = set.faults[f].ruptures().size();
    const std::size_t begin = std::max(range.begin, first);
    const std::size_t end = std::min(range.end, first + count);
    if (begin < end)
      blocks.emplace_back(set, static_cast<std::uint32_t>(set.ids.size() + f), begin - first,
                          end - first);
    first += count;
  }
  return blocks;
}

} // namespace oq::engine
