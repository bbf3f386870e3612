// GroundMotionModel: the contract between published ground-motion models and what evaluates them.
#pragma once

#include "engine/gsim/imt.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace oq::engine {

// Ruptures and the sites each of them reaches, as a structure of arrays. `first_pair` has one entry
// more than there are ruptures; the pairs of rupture r are [first_pair[r], first_pair[r + 1]).
// A span that no model of the calculation needs may be empty.
struct PairBatch {
  std::span<const std::uint32_t> first_pair;

  // A value a rupture.
  std::span<const double> mag;        // moment magnitude, rounded to 3 decimals
  std::span<const double> rake;       // degrees
  std::span<const double> dip;        // degrees
  std::span<const double> strike;     // degrees
  std::span<const double> ztor;       // km, depth of the top edge
  std::span<const double> zbot;       // km, depth of the bottom edge
  std::span<const double> width;      // km, down-dip
  std::span<const double> hypo_depth; // km
  std::span<const double> hypo_lon;   // degrees
  std::span<const double> hypo_lat;   // degrees

  // A value a pair. Distances in km.
  std::span<const double> rrup, rjb, rx, ry0, rhypo, repi, azimuth, rvolc;
  // Site parameters, gathered for each pair.
  std::span<const double> vs30;         // m/s
  std::span<const double> vs30measured; // 1 measured, 0 inferred
  std::span<const double> z1pt0;        // m
  std::span<const double> z2pt5;        // km
  std::span<const double> backarc;      // 1 in the back-arc, else 0
  std::span<const double> xvf;          // km to the volcanic front
  std::span<const double> region, geology, slope, siteclass,
    soiltype; // coded, see each model's file
  std::span<const double> site_lon, site_lat;
  // Swiss amplification, natural logarithm: of all IMTs; at 0.3 and 0.6 s, with its deviations
  // between sites and at one site.
  std::span<const double> amplfactor, ch_ampl03, ch_ampl06, ch_phis2s03, ch_phis2s06, ch_phiss03,
    ch_phiss06;

  std::size_t ruptures() const noexcept { return first_pair.empty() ? 0 : first_pair.size() - 1; }
  std::size_t pairs() const noexcept { return first_pair.empty() ? 0 : first_pair.back(); }
};

// Where a model writes for one IMT, a value a pair. Natural logarithm of g (PGA, SA), cm/s (PGV),
// cm (PGD), the unit itself otherwise (MMI: the plain intensity, not its logarithm).
// A model without between- and within-event parts sets tau and phi to 0.
struct GroundMotion {
  std::span<double> ln_mean;
  std::span<double> sigma; // total standard deviation
  std::span<double> tau;   // between events
  std::span<double> phi;   // within event
};

// Bits of what a model reads from a PairBatch.
enum Needs : std::uint64_t {
  need_mag = 1u << 0,
  need_rake = 1u << 1,
  need_dip = 1u << 2,
  need_strike = 1u << 3,
  need_ztor = 1u << 4,
  need_zbot = 1u << 5,
  need_width = 1u << 6,
  need_hypo_depth = 1u << 7,
  need_hypo_location = 1u << 8,
  need_rrup = 1u << 12,
  need_rjb = 1u << 13,
  need_rx = 1u << 14,
  need_ry0 = 1u << 15,
  need_rhypo = 1u << 16,
  need_repi = 1u << 17,
  need_azimuth = 1u << 18,
  need_rvolc = 1u << 19,
  need_vs30 = 1u << 24,
  need_vs30measured = 1u << 25,
  need_z1pt0 = 1u << 26,
  need_z2pt5 = 1u << 27,
  need_backarc = 1u << 28,
  need_xvf = 1u << 29,
  need_region = 1u << 30,
  need_geology = 1ull << 31,
  need_slope = 1ull << 32,
  need_siteclass = 1ull << 33,
  need_site_location = 1ull << 34,
  need_soiltype = 1ull << 35,
  need_amplfactor = 1ull << 36,
  need_ch_amplification = 1ull << 37, // all of ch_*
};

enum class StandardDeviations : unsigned char { total_only, total_between_within };

class GroundMotionModel {
public:
  virtual ~GroundMotionModel() = default;

  // The name users write, with its arguments if it has any.
  virtual std::string name() const = 0;
  // Union of Needs.
  virtual std::uint64_t needs() const = 0;
  virtual StandardDeviations standard_deviations() const = 0;
  // True when the model has, or can interpolate, coefficients for the IMT.
  virtual bool supports(const Imt& imt) const = 0;
  // One call a batch: fills out[i] for imts[i]. REQUIRES: supports(imts[i]), every needed span
  // filled, out.size() == imts.size(). Thread-safe.
  virtual void predict(std::span<const Imt> imts, const PairBatch& batch,
                       std::span<const GroundMotion> out) const = 0;
};

} // namespace oq::engine
