// ClassicalPlan: estimates the pairs of each location and packs neighbours into tasks.
#include "engine/calculator/classical_plan.hpp"

#include "engine/rupture/site_points.hpp"

#include <algorithm>
#include <cmath>

namespace oq::engine {

namespace {

constexpr double kTaskMilliseconds = 30;
constexpr std::size_t kBlockResultValues = std::size_t{1} << 22; // 32 MiB
constexpr std::size_t kSampledSites = 200;
// Fitted to the times of some thousand tasks of bench/classical; only their ratios matter to
// progress.
constexpr double kRuptureMilliseconds = 1.5e-3; // of a point source
constexpr double kPairMilliseconds = 2e-5;
constexpr double kStripMilliseconds = 0.021;    // of an outline: what is between two rows of nodes
constexpr double kOutlineMilliseconds = 1.1e-3; // of an outline and a node
constexpr double kNodeMilliseconds = 6e-5;      // of a rupture: strike, dip and width
// Of a site and a row of nodes, for one kind of distance.
constexpr double kRowMilliseconds = 1.4e-6;
constexpr double kColumnMilliseconds = 4.3e-5; // of a site and a node of the top edge, for rx
constexpr double kMotionMilliseconds = 3.8e-5; // of a pair, model and IMT
constexpr double kLevelMilliseconds = 8.3e-7;  // of a motion
constexpr double kVariantShare = 0.15;         // of a pair's cost, for one more set of rates
constexpr double kOutlineWithin = 40;          // km
constexpr std::uint32_t kAlike = 8;            // nodes between ruptures that see the same sites

// Every n-th site, so that counting stays cheap.
SitePoints sampled_sites(const SiteCollection& sites) {
  const std::size_t step = std::max<std::size_t>(1, sites.size() / kSampledSites);
  SiteCollection sample;
  for (std::size_t i = 0; i < sites.size(); i += step) {
    sample.lon.push_back(sites.lon[i]);
    sample.lat.push_back(sites.lat[i]);
    sample.depth.push_back(sites.depth[i]);
  }
  return SitePoints(sample, 0, sample.size());
}

struct LocationCost {
  double making = 0; // ms, whatever the number of sites
  double pairs = 0;  // ms for all sites
};

class CostEstimate {
public:
  explicit CostEstimate(const ClassicalModel& model)
    : sites_(model.sites.size()), imts_(model.imts()), levels_(model.levels()),
      sample_(sampled_sites(model.sites)) {}

  LocationCost of(const SourceSet& set, const PointRuptures& source, LonLat location) const {
    const double largest = source.bins().back().magnitude;
    const double farthest = set.maximum_distance.at(largest);
    const double close = std::min(set.pointsource_distance.at(largest), farthest);
    const bool collapses = source.averages();
    double reached = 0, full = 0;
    const Vector3 point = cartesian(location, 0.0);
    for (std::size_t i = 0; i < sample_.size(); ++i) {
      const double distance = norm(sample_.position(i) - point);
      reached += distance <= farthest;
      full += distance <= close || (distance <= farthest && !collapses);
    }
    const auto planes = static_cast<double>(source.plane_depths());
    const auto magnitudes = static_cast<double>(source.bins().size());
    const double pairs = magnitudes * scale() * (full * planes + (reached - full));
    return {magnitudes * planes * kRuptureMilliseconds,
            pairs * (kPairMilliseconds + motions_of(set))};
  }

  // Appends those of the ruptures of a fault.
  void add(const SourceSet& set, const FaultRuptures& fault,
           std::vector<LocationCost>& costs) const {
    std::uint64_t needs = 0;
    for (const auto& model : set.models)
      needs |= model->needs();
    const bool at_surface = needs & need_rjb;
    const double motions = motions_of(set);
    const FaultRupture* last = nullptr;
    Reach reach;
    for (const FaultRupture& rupture : fault.ruptures()) {
      if (!last || !are_alike(*last, rupture))
        reach = reach_of(fault, rupture, set.maximum_distance.at(rupture.magnitude));
      const MeshWindow& window = rupture.window;
      const double rows = window.rows, cols = window.cols;
      LocationCost& cost = costs.emplace_back();
      cost.making = kNodeMilliseconds * rows * cols;
      if (at_surface && reach.near > 0 && rows > 1 && !(last && is_same(last->window, window)))
        cost.making += kStripMilliseconds * (rows - 1) + kOutlineMilliseconds * rows * cols;
      cost.pairs = reach.sites * ((at_surface ? 2 : 1) * kRowMilliseconds * rows + motions);
      if (needs & need_rx)
        cost.pairs += reach.sites * kColumnMilliseconds * cols;
      last = &rupture;
    }
  }

private:
  // Numbers of sites, all and those for which the outline counts.
  struct Reach {
    double sites = 0, near = 0;
  };

  static bool is_same(const MeshWindow& a, const MeshWindow& b) {
    return a.row == b.row && a.rows == b.rows && a.col == b.col && a.cols == b.cols;
  }

  static bool are_alike(const FaultRupture& a, const FaultRupture& b) {
    return a.surface == b.surface && a.magnitude == b.magnitude
           && a.window.row / kAlike == b.window.row / kAlike
           && a.window.col / kAlike == b.window.col / kAlike;
  }

  Reach reach_of(const FaultRuptures& fault, const FaultRupture& rupture, double farthest) const {
    const Vector3 middle = middle_of(fault.surface(rupture), rupture.window);
    Reach reach;
    for (std::size_t i = 0; i < sample_.size(); ++i) {
      const double distance = norm(sample_.position(i) - middle);
      reach.sites += distance <= farthest;
      reach.near += distance <= kOutlineWithin;
    }
    reach.sites *= scale();
    return reach;
  }

  static Vector3 middle_of(const FaultSurface& surface, const MeshWindow& window) {
    if (surface.mesh) {
      const std::size_t row = window.row + window.rows / 2, col = window.col + window.cols / 2;
      const Vector3 node = surface.mesh->positions()[row * surface.mesh->cols() + col];
      if (std::isfinite(node.x)) // kites lack some
        return node;
    }
    const std::vector<Vector3> points = surface.outer_points();
    return points[points.size() / 2];
  }

  // Sites that one of the sample stands for.
  double scale() const {
    return static_cast<double>(sites_)
           / static_cast<double>(std::max<std::size_t>(1, sample_.size()));
  }

  // Of a pair, ms.
  double motions_of(const SourceSet& set) const {
    return static_cast<double>(set.models.size() * imts_)
           * (kMotionMilliseconds + kLevelMilliseconds * static_cast<double>(levels_));
  }

  std::size_t sites_, imts_, levels_;
  SitePoints sample_;
};

std::vector<LocationCost> costs_of(const CostEstimate& estimate, const SourceSet& set) {
  std::vector<LocationCost> costs;
  for (const PointCell& cell : set.cells) {
    LocationCost& cost = costs.emplace_back();
    for (const PointCell::Member& member : cell.members) {
      const LocationCost own = estimate.of(set, set.sources[member.source], member.location);
      cost.making += own.making;
      cost.pairs += own.pairs;
    }
  }
  for (const PointRuptures& source : set.sources)
    for (const LonLat& location : source.locations())
      if (set.cells.empty())
        costs.push_back(estimate.of(set, source, location));
  for (const FaultRuptures& fault : set.faults)
    estimate.add(set, fault, costs);
  return costs;
}

// Sites that a block of locations is made for: as many as one location's work has time for.
std::size_t block_sites(const ClassicalModel& model, const RateGroup& group,
                        const std::vector<LocationCost>& costs) {
  const std::size_t sites = model.sites.size();
  if (model.settings.few_sites) // what one of them sees depends on the others
    return sites;
  double heaviest = 0;
  for (const LocationCost& cost : costs)
    heaviest = std::max(heaviest, cost.pairs);
  const auto parts = static_cast<std::size_t>(std::ceil(heaviest / kTaskMilliseconds));
  const std::size_t by_time = sites / std::max<std::size_t>(1, parts) + 1;
  const std::size_t by_memory = kBlockResultValues / model.values_per_site(group);
  return std::clamp<std::size_t>(std::min(by_time, by_memory), 1, sites);
}

struct Block {
  LocationRange locations;
  double weight = 0; // of one task for all sites that the block is made for
};

// The tasks of a group, whichever the sites.
struct GroupPlan {
  std::size_t group = 0;
  std::vector<Block> blocks;
  std::size_t sites = 1;  // of a task, at the most
  double block_sites = 1; // that the weights are for
};

// Blocks are the same however many tiles and variants there are, and with them the order of sums.
GroupPlan plan_group(const ClassicalModel& model, std::size_t index, const CostEstimate& estimate,
                     std::size_t most_values) {
  const RateGroup& group = model.groups[index];
  const std::vector<LocationCost> costs = costs_of(estimate, group.set);
  const std::size_t variants = group.variants.size(), made_for = block_sites(model, group, costs);
  const double share = static_cast<double>(made_for) / static_cast<double>(model.sites.size());
  const double dearer = 1 + kVariantShare * static_cast<double>(variants);
  GroupPlan plan{index, {}, 1, static_cast<double>(made_for)};
  plan.sites = model.settings.few_sites
                 ? made_for
                 : std::clamp<std::size_t>(
                   most_values / ((1 + variants) * model.values_per_site(group)), 1, made_for);
  for (std::size_t begin = 0; begin < costs.size();) {
    double making = 0, pairs = 0;
    std::size_t end = begin;
    while (end < costs.size() && making + pairs < kTaskMilliseconds) {
      making += costs[end].making;
      pairs += share * costs[end].pairs;
      ++end;
    }
    plan.blocks.push_back({{begin, end}, making + dearer * pairs});
    begin = end;
  }
  return plan;
}

void add_tasks(const GroupPlan& plan, SiteRange tile, std::size_t index,
               std::vector<ClassicalTask>& tasks) {
  for (const Block& block : plan.blocks)
    for (std::size_t first = tile.begin; first < tile.end; first += plan.sites) {
      const std::size_t end = std::min(first + plan.sites, tile.end);
      const double weight = block.weight * static_cast<double>(end - first) / plan.block_sites;
      tasks.push_back({plan.group, block.locations, {first, end}, weight, index});
    }
}

} // namespace

std::vector<ClassicalTask> plan_classical(const ClassicalModel& model,
                                          const ClassicalTiles& tiles) {
  std::vector<GroupPlan> groups;
  const CostEstimate estimate(model);
  for (std::size_t group = 0; group < model.groups.size(); ++group)
    groups.push_back(plan_group(model, group, estimate, tiles.task_values));
  std::vector<ClassicalTask> tasks;
  for (std::size_t tile = 0; tile < tiles.count; ++tile)
    for (const GroupPlan& group : groups)
      add_tasks(group, sites_of(tiles, tile, model.sites.size()), tile, tasks);
  return tasks;
}

} // namespace oq::engine
