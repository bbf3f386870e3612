// SourceRates: which ruptures reach which sites, and the batches that this makes.
#include "engine/hazard/source_rates.hpp"

#include "engine/hazard/fault_block.hpp"
#include "engine/hazard/ground_motion_rates.hpp"

#include <algorithm>

namespace oq::engine {

namespace {

// Sites worked on together: their rates of one IMT stay in the first-level cache.
constexpr std::size_t kTileSites = 64;

// The ruptures of one location, made once and used for every tile.
struct LocationRuptures {
  std::uint32_t source = 0;
  Vector3 surface_point; // km
  double reach = 0;      // km, beyond which no site sees any rupture
  struct Magnitude {
    double maximum_distance = 0; // km
    double full_within = 0;      // km: sites farther than this see `averaged`
    std::vector<PlanarRupture> all;
    std::vector<PlanarRupture> averaged;             // one, or none when `all` is always used
    std::vector<double> other_rates, other_averaged; // rupture x variant
  };
  std::vector<Magnitude> magnitudes;
};

constexpr double kHalfDiagonal = 0.707; // of a square cell, in its sides

// Beyond this a site does not tell the ruptures of one magnitude apart, km.
double full_within(const SourceSet& set, double magnitude, double radius, double farthest) {
  return std::min(radius, farthest / 2.0) + kHalfDiagonal * set.grid_spacing
         + set.pointsource_distance.at(magnitude);
}

// Of the set's variants; the geometry is made once more, which costs little beside its pairs.
void add_other_rates(const SourceSet& set, std::uint32_t source, LonLat location, std::size_t bin,
                     LocationRuptures::Magnitude& magnitude) {
  const std::size_t variants = set.variants.size();
  magnitude.other_rates.resize(magnitude.all.size() * variants);
  for (std::size_t v = 0; v < variants; ++v) {
    const PointRuptures& ruptures = set.variants[v].sources[source];
    std::vector<PlanarRupture> same;
    ruptures.append(location, bin, same);
    for (std::size_t r = 0; r < same.size(); ++r)
      magnitude.other_rates[r * variants + v] = same[r].rate;
    if (!magnitude.averaged.empty())
      magnitude.other_averaged.push_back(ruptures.averaged(location, bin).rate);
  }
}

LocationRuptures ruptures_at(const SourceSet& set, std::uint32_t source, LonLat location) {
  const PointRuptures& ruptures = set.sources[source];
  LocationRuptures result;
  result.source = source;
  result.surface_point = cartesian(location, 0.0);
  double farthest = 0, largest_radius = 0;
  for (std::size_t m = 0; m < ruptures.bins().size(); ++m) {
    LocationRuptures::Magnitude magnitude;
    const double size = ruptures.bins()[m].magnitude;
    magnitude.maximum_distance = set.maximum_distance.at(size);
    if (magnitude.maximum_distance <= 0)
      continue;
    ruptures.append(location, m, magnitude.all);
    if (ruptures.averages()) {
      magnitude.averaged.push_back(ruptures.averaged(location, m));
      magnitude.full_within =
        full_within(set, size, ruptures.radius(m), magnitude.maximum_distance);
    }
    add_other_rates(set, source, location, m, magnitude);
    farthest = std::max(farthest, magnitude.maximum_distance);
    largest_radius = std::max(largest_radius, ruptures.radius(m));
    result.magnitudes.push_back(std::move(magnitude));
  }
  result.reach =
    farthest + std::min(largest_radius, farthest / 2.0) + kHalfDiagonal * set.grid_spacing;
  return result;
}

// Appends the ruptures of one magnitude (three decimals) of all members; returns their largest
// radius.
double append_members(const SourceSet& set, const PointCell& cell, double size,
                      std::vector<PlanarRupture>& all) {
  double radius = 0;
  for (const PointCell::Member& member : cell.members) {
    const PointRuptures& ruptures = set.sources[member.source];
    for (std::size_t m = 0; m < ruptures.bins().size(); ++m)
      if (std::nearbyint(ruptures.bins()[m].magnitude * 1e3) == std::nearbyint(size * 1e3)) {
        ruptures.append(member.location, m, all);
        radius = std::max(radius, ruptures.radius(m));
      }
  }
  return radius;
}

LocationRuptures ruptures_of_cell(const SourceSet& set, const PointCell& cell) {
  const PointCell::Member& first = cell.members.front();
  if (!cell.mean)
    return ruptures_at(set, first.source, first.location);
  const PointRuptures& mean = *cell.mean;
  const LonLat centre = mean.locations().front();
  LocationRuptures result;
  result.source = first.source;
  result.surface_point = cartesian(centre, 0.0);
  double farthest = 0, largest_radius = 0;
  for (std::size_t m = 0; m < mean.bins().size(); ++m) {
    LocationRuptures::Magnitude magnitude;
    const double size = mean.bins()[m].magnitude;
    magnitude.maximum_distance = set.maximum_distance.at(size);
    if (magnitude.maximum_distance <= 0)
      continue;
    const double radius = append_members(set, cell, size, magnitude.all);
    mean.append(centre, m, magnitude.averaged);
    magnitude.full_within = full_within(set, size, radius, magnitude.maximum_distance);
    farthest = std::max(farthest, magnitude.maximum_distance);
    largest_radius = std::max(largest_radius, radius);
    result.magnitudes.push_back(std::move(magnitude));
  }
  result.reach =
    farthest + std::min(largest_radius, farthest / 2.0) + kHalfDiagonal * set.grid_spacing;
  return result;
}

std::vector<LocationRuptures> ruptures_of(const SourceSet& set, LocationRange range) {
  std::vector<LocationRuptures> result;
  for (std::size_t i = range.begin; i < std::min(range.end, set.cells.size()); ++i)
    result.push_back(ruptures_of_cell(set, set.cells[i]));
  if (!set.cells.empty())
    return result;
  std::size_t first = 0; // of the source
  for (std::size_t s = 0; s < set.sources.size(); ++s) {
    const std::vector<LonLat>& locations = set.sources[s].locations();
    const std::size_t begin = std::max(range.begin, first);
    const std::size_t end = std::min(range.end, first + locations.size());
    for (std::size_t i = begin; i < end; ++i)
      result.push_back(ruptures_at(set, static_cast<std::uint32_t>(s), locations[i - first]));
    first += locations.size();
  }
  return result;
}

// Walks the ruptures of a block over one tile of sites.
class TileWalk {
public:
  TileWalk(const HazardSettings& settings, const SiteTile& tile, GroundMotionRates& rates)
    : settings_(settings), tile_(tile), rates_(rates) {}

  Result<void> add(const LocationRuptures& location) {
    near_.clear();
    distance_.clear();
    for (std::uint32_t site = 0; site < tile_.size(); ++site) {
      const double distance = norm(tile_.points.position(site) - location.surface_point);
      if (distance <= location.reach) {
        near_.push_back(site);
        distance_.push_back(distance);
      }
    }
    if (near_.empty())
      return {};
    for (const LocationRuptures::Magnitude& magnitude : location.magnitudes)
      OQ_CHECK(add(location, magnitude));
    return {};
  }

private:
  Result<void> add(const LocationRuptures& location, const LocationRuptures::Magnitude& magnitude) {
    if (magnitude.averaged.empty())
      return add_all(location, magnitude, near_);
    close_.clear();
    far_.clear();
    for (std::size_t i = 0; i < near_.size(); ++i)
      (distance_[i] <= magnitude.full_within ? close_ : far_).push_back(near_[i]);
    if (settings_.few_sites && !close_.empty())
      return add_all(location, magnitude, near_);
    OQ_CHECK(add_all(location, magnitude, close_));
    return add(location, magnitude, magnitude.averaged, magnitude.other_averaged, far_);
  }

  Result<void> add_all(const LocationRuptures& location,
                       const LocationRuptures::Magnitude& magnitude,
                       const std::vector<std::uint32_t>& sites) {
    return add(location, magnitude, magnitude.all, magnitude.other_rates, sites);
  }

  Result<void> add(const LocationRuptures& location, const LocationRuptures::Magnitude& magnitude,
                   const std::vector<PlanarRupture>& ruptures, std::span<const double> other_rates,
                   const std::vector<std::uint32_t>& sites) {
    if (sites.empty() || ruptures.empty())
      return {};
    rrup_.resize(sites.size());
    const std::size_t variants = other_rates.size() / ruptures.size();
    for (std::size_t r = 0; r < ruptures.size(); ++r) {
      const PlanarRupture& rupture = ruptures[r];
      rupture_distance(rupture, tile_.points, sites, rrup_);
      reached_.clear();
      reached_rrup_.clear();
      for (std::size_t i = 0; i < sites.size(); ++i)
        if (rrup_[i] < magnitude.maximum_distance) {
          reached_.push_back(sites[i]);
          reached_rrup_.push_back(rrup_[i]);
        }
      if (!reached_.empty())
        OQ_CHECK(rates_.add(rupture, other_rates.subspan(r * variants, variants), location.source,
                            tile_, reached_, reached_rrup_));
    }
    return {};
  }

  const HazardSettings& settings_;
  const SiteTile& tile_;
  GroundMotionRates& rates_;
  std::vector<std::uint32_t> near_, close_, far_, reached_;
  std::vector<double> distance_, rrup_, reached_rrup_;
};

} // namespace

std::size_t SourceSet::point_locations() const {
  if (!cells.empty())
    return cells.size();
  std::size_t count = 0;
  for (const PointRuptures& source : sources)
    count += source.locations().size();
  return count;
}

std::size_t SourceSet::locations() const {
  std::size_t count = point_locations();
  for (const FaultRuptures& fault : faults)
    count += fault.ruptures().size();
  return count;
}

Result<std::vector<double>> source_rates(const HazardSettings& settings, const SourceSet& set,
                                         LocationRange locations, const SiteCollection& sites,
                                         SiteRange range, const StopToken& stop) {
  const std::vector<LocationRuptures> ruptures = ruptures_of(set, locations);
  std::vector<FaultBlock> faults = fault_blocks(set, locations);
  GroundMotionRates rates(settings, set, std::min(kTileSites, range.end - range.begin), stop);
  const std::size_t site_values = rates.values_per_site();
  const std::size_t variant_values = (range.end - range.begin) * site_values;
  std::vector<double> result(variant_values * (1 + set.variants.size()));
  bool any = false;
  for (std::size_t begin = range.begin; begin < range.end; begin += kTileSites) {
    const SiteTile tile(sites, begin, std::min(begin + kTileSites, range.end));
    TileWalk walk(settings, tile, rates);
    for (const LocationRuptures& location : ruptures)
      OQ_CHECK(walk.add(location));
    for (FaultBlock& block : faults)
      OQ_CHECK(block.add(tile, rates));
    std::vector<std::span<double>> parts;
    for (std::size_t v = 0; v <= set.variants.size(); ++v)
      parts.push_back(std::span(result).subspan(
        v * variant_values + (begin - range.begin) * site_values, tile.size() * site_values));
    OQ_TRY(const bool reached, rates.finish(tile, parts));
    any = any || reached;
  }
  if (!any)
    result.clear();
  return result;
}

} // namespace oq::engine
