// FaultBlock: which sites a surface reaches, and the distances of its parts.
#include "engine/hazard/fault_block.hpp"

#include "engine/hazard/nearby.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace oq::engine {

namespace {

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

  MeshRuptureDistances(const FaultSurface& surface, const FaultRupture& rupture,
                       const RuptureParameters& parameters, const SiteTile& tile, Nearby& nearby)
    : surface_(surface), rupture_(rupture), parameters_(parameters), tile_(tile), nearby_(nearby) {}

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
      refine_by_outline(tile_, sites, out.rjb, [&]() -> const SurfaceOutline& {
        return outline_(self_, rupture_);
      });
    }
    hypocentral_distances(parameters_, points, sites, out);
    if (surface_.kind == FaultSurface::Kind::kite) {
      if (!out.rx.empty() || !out.ry0.empty())
        fill_from_trace(sites, out);
      return;
    }
    if (!out.rx.empty()) {
      meshes.across_top_edge(rupture_.window, all);
      gather(out.rx);
    }
    if (!out.ry0.empty()) {
      meshes.beyond_ends(rupture_.window, parameters_.strike, all);
      gather(out.ry0);
    }
  }

private:
  void fill_from_trace(std::span<const std::uint32_t> sites, const DistanceColumns& out) const {
    const Gc2 trace({Gc2Line(surface_.top_edge(rupture_.window))});
    for (std::size_t i = 0; i < sites.size(); ++i) {
      const std::size_t site = tile_.begin + sites[i];
      const auto at = trace.at({tile_.sites.lon[site], tile_.sites.lat[site]});
      if (!out.rx.empty())
        out.rx[i] = at.t;
      if (!out.ry0.empty())
        out.ry0[i] = trace.beyond_ends(at.u);
    }
  }

  const FaultSurface& surface_;
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
      if (!out.rjb.empty())
        closest_to_rectangles_at_surface(surface_, points, sites, out.rjb);
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
  closest_to_rectangles(surface, tile.points, nearby.sites, rrup);
}

} // namespace

FaultBlock::FaultBlock(const SourceSet& set, std::uint32_t tag, std::size_t begin, std::size_t end)
  : set_(set), fault_(set.faults[tag - set.ids.size()]), tag_(tag), begin_(begin), end_(end) {}

Result<void> FaultBlock::add(const SiteTile& tile, PairSink& rates) {
  if (fault_.joins_sections())
    return add_joined(tile, rates);
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
      MeshRuptureDistances distances(surface, rupture, parameters, tile, nearby);
      distances.set_outline(
        this, [](void* self, const FaultRupture& wanted) -> const SurfaceOutline& {
          return static_cast<FaultBlock*>(self)->outline(wanted.surface, wanted.window);
        });
      OQ_CHECK(rates.add(occurrence, distances, tile, sites, rrup));
    } else {
      const RectangleDistances distances(surface, parameters, tile);
      OQ_CHECK(rates.add(occurrence, distances, tile, sites, rrup));
    }
  }
  return {};
}

const SurfaceOutline& FaultBlock::outline(std::uint32_t index, const MeshWindow& window) {
  const std::array key{index, window.row, window.rows, window.col, window.cols};
  const auto known = outlines_.find(key);
  if (known != outlines_.end())
    return known->second;
  const FaultSurface& surface = fault_.surfaces()[index];
  const auto make = [&] {
    if (surface.kind == FaultSurface::Kind::points)
      return SurfaceOutline::of_points(surface.mesh->points());
    return surface.kind == FaultSurface::Kind::kite
             ? SurfaceOutline::of_cells(*surface.mesh, window)
             : SurfaceOutline::of_mesh(*surface.mesh, window);
  };
  return outlines_.emplace(key, make()).first->second;
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
