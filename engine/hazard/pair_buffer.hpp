// PairBuffer: rupture-site pairs gathered until there are enough for one call of the models.
#pragma once

#include "engine/base/result.hpp"
#include "engine/geo/site_collection.hpp"
#include "engine/gsim/ground_motion_model.hpp"
#include "engine/hazard/occurrence.hpp"
#include "engine/rupture/distances.hpp"
#include "engine/rupture/planar_rupture.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace oq::engine {

// Sites [begin, end) of a collection as the pairs need them.
struct SiteTile {
  SiteTile(const SiteCollection& collection, std::size_t begin_site, std::size_t end_site)
    : sites(collection), begin(begin_site), points(collection, begin_site, end_site) {}

  std::size_t size() const noexcept { return points.size(); }

  const SiteCollection& sites;
  std::size_t begin;
  SitePoints points;
};

// Distances of one rupture to the sites it reaches.
class RuptureDistances {
public:
  virtual ~RuptureDistances() = default;
  // One call a rupture; a column left empty is not wanted.
  virtual void fill(const SitePoints& points, std::span<const std::uint32_t> sites,
                    const DistanceColumns& out) const = 0;
};

class PlanarDistances final : public RuptureDistances {
public:
  explicit PlanarDistances(const PlanarRupture& rupture) : rupture_(rupture) {}
  void fill(const SitePoints& points, std::span<const std::uint32_t> sites,
            const DistanceColumns& out) const override {
    other_distances(rupture_, points, sites, out);
  }

private:
  const PlanarRupture& rupture_;
};

// A rupture on its way into a batch.
struct RuptureOccurrence {
  const RuptureParameters& parameters;
  std::uint32_t source = 0;   // tag of its source
  Occurrence occurrence = {}; // its probabilities outlive the buffer
  double weight = 1;          // among ruptures that exclude each other
  // Expected numbers in the other variants of the set of sources.
  std::span<const double> others = {};
};

// Who takes the pairs of ruptures as they are found: rates, or fields.
class PairSink {
public:
  virtual ~PairSink() = default;
  // Of a rupture with a rate a year, in the set of sources.
  virtual Occurrence occurrence_of(double rate) const = 0;
  virtual Result<void> add(const RuptureOccurrence& rupture, const RuptureDistances& distances,
                           const SiteTile& tile, std::span<const std::uint32_t> sites,
                           std::span<const double> rrup) = 0;
};

class PairBuffer {
public:
  // `needs` is a union of Needs; other columns stay empty. `minimum_distance` in km floors
  // distances.
  PairBuffer(std::uint64_t needs, double minimum_distance)
    : needs_(needs), minimum_distance_(minimum_distance) {}

  void clear();
  // Adds a rupture and the tile's sites it reaches, with their rrup.
  void add(const RuptureOccurrence& rupture, const RuptureDistances& distances,
           const SiteTile& tile, std::span<const std::uint32_t> sites,
           std::span<const double> rrup);

  std::size_t pairs() const noexcept { return site_.size(); }
  // Valid until the buffer changes.
  PairBatch batch() const;
  std::span<const std::uint32_t> site() const noexcept { return site_; } // index in the tile
  // Pair x variant.
  std::span<const double> occurrences() const noexcept { return occurrences_; }
  // Tag of the source that a pair belongs to.
  std::uint32_t tag_of_pair(std::size_t pair) const;
  const Occurrence& occurrence_of_pair(std::size_t pair) const;
  double weight_of_pair(std::size_t pair) const; // of its rupture

private:
  void add_distances(const RuptureDistances& distances, const SiteTile& tile,
                     std::span<const std::uint32_t> sites, std::span<const double> rrup);
  std::size_t rupture_of_pair(std::size_t pair) const;
  void add_parameters(const SiteTile& tile, std::span<const std::uint32_t> sites);

  std::uint64_t needs_;
  double minimum_distance_;
  std::vector<std::uint32_t> first_pair_{0}, tag_, site_;
  std::vector<Occurrence> occurrence_; // a rupture
  std::vector<double> weight_;
  std::vector<double> occurrences_;
  std::vector<double> mag_, rake_, dip_, strike_, ztor_, zbot_, width_, hypo_depth_, hypo_lon_,
    hypo_lat_;
  std::vector<double> rrup_, rjb_, rx_, ry0_, rhypo_, repi_, azimuth_;
  std::vector<double> vs30_, vs30measured_, z1pt0_, z2pt5_, backarc_, xvf_, region_, geology_,
    slope_, siteclass_, soiltype_, rvolc_, site_lon_, site_lat_;
  std::vector<double> amplfactor_, ch_ampl03_, ch_ampl06_, ch_phis2s03_, ch_phis2s06_, ch_phiss03_,
    ch_phiss06_;
};

} // namespace oq::engine
