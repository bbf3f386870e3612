// Evaluates ground-motion models by name, a rupture and a site at a time.
#pragma once

#include "engine/gsim/published_model.hpp"
#include "engine/gsim/registry.hpp"

#include <limits>
#include <memory>
#include <string>
#include <vector>

namespace oq::engine::testing {

inline constexpr double kUnset = std::numeric_limits<double>::quiet_NaN();

// One rupture and one site. What a test does not set is NaN, so that a model cannot read it unseen.
struct OnePair {
  double mag = kUnset, rake = kUnset, dip = kUnset, strike = kUnset, ztor = kUnset, zbot = kUnset,
         width = kUnset, hypo_depth = kUnset, hypo_lon = kUnset, hypo_lat = kUnset;
  double rrup = kUnset, rjb = kUnset, rx = kUnset, ry0 = kUnset, rhypo = kUnset, repi = kUnset,
         azimuth = kUnset, rvolc = kUnset;
  double vs30 = kUnset, vs30measured = 0, z1pt0 = kUnset, z2pt5 = kUnset, backarc = 0, xvf = kUnset,
         region = kUnset, geology = kUnset, slope = kUnset, siteclass = kUnset, soiltype = kUnset,
         site_lon = kUnset, site_lat = kUnset;
  double amplfactor = kUnset, ch_ampl03 = kUnset, ch_ampl06 = kUnset, ch_phis2s03 = kUnset,
         ch_phis2s06 = kUnset, ch_phiss03 = kUnset, ch_phiss06 = kUnset;
};

// Where OnePair keeps what a PairBatch calls by the same name.
struct Field {
  const char* column; // of the reference tables: rup_*, dist_*, site_*
  double OnePair::*value;
  std::span<const double> PairBatch::*span;
  std::uint64_t need;
};
std::span<const Field> fields();

// Inputs by column: one rupture a pair, or all pairs of one rupture when `share_rupture`.
struct Batch {
  std::vector<std::uint32_t> first_pair;
  std::vector<std::vector<double>> columns; // as fields()

  explicit Batch(std::span<const OnePair> pairs, bool share_rupture = false);
  PairBatch view() const;
};

std::shared_ptr<const GroundMotionModel> model_of(const std::string& name,
                                                  boost::json::object arguments = {});

std::vector<LogNormal> evaluate(const GroundMotionModel& model, const Imt& imt,
                                const PairBatch& batch);
LogNormal evaluate(const std::string& name, const Imt& imt, const OnePair& pair,
                   boost::json::object arguments = {});

} // namespace oq::engine::testing
