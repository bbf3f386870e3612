// Sadigh, Chang, Egan, Makdisi and Youngs (1997), Seism. Res. Lett. 68(1), 180-189: California,
// rock and deep soil.
#include "engine/gsim/coefficient_table.hpp"
#include "engine/gsim/published_model.hpp"

#include <algorithm>
#include <cmath>

namespace oq::engine {

namespace {

struct RockRow {
  double c1, c2, c3, c4, c5, c6, c7;
};
struct RockDeviationRow {
  double at_zero, slope, floor, largest_mag;
};
struct SoilRow {
  double c6_strike_slip, c6_reverse, c7, sigma_at_zero, sigma_slope;
};
// clang-format off
// Table 2, rock, up to M 6.5.
constexpr TableEntry<RockRow> kRockSmallRows[] = {
  {kPga, {-0.624, 1, 0, -2.1, 1.29649, 0.25, 0}},
  {sa(0.07), {0.11, 1, 0.006, -2.128, 1.29649, 0.25, -0.082}},
  {sa(0.1), {0.275, 1, 0.006, -2.148, 1.29649, 0.25, -0.041}},
  {sa(0.2), {0.153, 1, -0.004, -2.08, 1.29649, 0.25, 0}},
  {sa(0.3), {-0.057, 1, -0.017, -2.028, 1.29649, 0.25, 0}},
  {sa(0.4), {-0.298, 1, -0.028, -1.99, 1.29649, 0.25, 0}},
  {sa(0.5), {-0.588, 1, -0.04, -1.945, 1.29649, 0.25, 0}},
  {sa(0.75), {-1.208, 1, -0.05, -1.865, 1.29649, 0.25, 0}},
  {sa(1), {-1.705, 1, -0.055, -1.8, 1.29649, 0.25, 0}},
  {sa(1.5), {-2.407, 1, -0.065, -1.725, 1.29649, 0.25, 0}},
  {sa(2), {-2.945, 1, -0.07, -1.67, 1.29649, 0.25, 0}},
  {sa(3), {-3.7, 1, -0.08, -1.61, 1.29649, 0.25, 0}},
  {sa(4), {-4.23, 1, -0.1, -1.57, 1.29649, 0.25, 0}},
};
// Table 2, rock, above M 6.5.
constexpr TableEntry<RockRow> kRockLargeRows[] = {
  {kPga, {-1.274, 1.1, 0, -2.1, -0.48451, 0.524, 0}},
  {sa(0.07), {-0.54, 1.1, 0.006, -2.128, -0.48451, 0.524, -0.082}},
  {sa(0.1), {-0.375, 1.1, 0.006, -2.148, -0.48451, 0.524, -0.041}},
  {sa(0.2), {-0.497, 1.1, -0.004, -2.08, -0.48451, 0.524, 0}},
  {sa(0.3), {-0.707, 1.1, -0.017, -2.028, -0.48451, 0.524, 0}},
  {sa(0.4), {-0.948, 1.1, -0.028, -1.99, -0.48451, 0.524, 0}},
  {sa(0.5), {-1.238, 1.1, -0.04, -1.945, -0.48451, 0.524, 0}},
  {sa(0.75), {-1.858, 1.1, -0.05, -1.865, -0.48451, 0.524, 0}},
  {sa(1), {-2.355, 1.1, -0.055, -1.8, -0.48451, 0.524, 0}},
  {sa(1.5), {-3.057, 1.1, -0.065, -1.725, -0.48451, 0.524, 0}},
  {sa(2), {-3.595, 1.1, -0.07, -1.67, -0.48451, 0.524, 0}},
  {sa(3), {-4.35, 1.1, -0.08, -1.61, -0.48451, 0.524, 0}},
  {sa(4), {-4.88, 1.1, -0.1, -1.57, -0.48451, 0.524, 0}},
};
// Table 3.
constexpr TableEntry<RockDeviationRow> kRockDeviationRows[] = {
  {kPga, {1.39, -0.14, 0.38, 7.21}},
  {sa(0.07), {1.4, -0.14, 0.39, 7.21}},
  {sa(0.1), {1.41, -0.14, 0.4, 7.21}},
  {sa(0.2), {1.43, -0.14, 0.42, 7.21}},
  {sa(0.3), {1.45, -0.14, 0.44, 7.21}},
  {sa(0.4), {1.48, -0.14, 0.47, 7.21}},
  {sa(0.5), {1.5, -0.14, 0.49, 7.21}},
  {sa(0.75), {1.52, -0.14, 0.51, 7.21}},
  {sa(1), {1.53, -0.14, 0.52, 7.21}},
  {sa(4), {1.53, -0.14, 0.52, 7.21}},
};
// Table 4.
constexpr TableEntry<SoilRow> kSoilRows[] = {
  {kPga, {0, 0, 0, 1.52, -0.16}},
  {sa(0.075), {0.4572, 0.4572, 0.005, 1.54, -0.16}},
  {sa(0.1), {0.6395, 0.6395, 0.005, 1.54, -0.16}},
  {sa(0.2), {0.9187, 0.9187, -0.004, 1.565, -0.16}},
  {sa(0.3), {0.9547, 0.9547, -0.014, 1.58, -0.16}},
  {sa(0.4), {0.9251, 0.9005, -0.024, 1.595, -0.16}},
  {sa(0.5), {0.8494, 0.8285, -0.033, 1.61, -0.16}},
  {sa(0.75), {0.701, 0.6802, -0.051, 1.635, -0.16}},
  {sa(1), {0.5665, 0.5075, -0.065, 1.66, -0.16}},
  {sa(1.5), {0.3235, 0.2215, -0.09, 1.69, -0.16}},
  {sa(2), {0.1001, -0.0526, -0.108, 1.7, -0.16}},
  {sa(3), {-0.2801, -0.4905, -0.139, 1.71, -0.16}},
  {sa(4), {-0.6274, -0.8907, -0.16, 1.71, -0.16}},
};
// clang-format on
constexpr CoefficientTable<RockRow> kRockSmall(kRockSmallRows);
constexpr CoefficientTable<RockRow> kRockLarge(kRockLargeRows);
constexpr CoefficientTable<RockDeviationRow> kRockDeviation(kRockDeviationRows);
constexpr CoefficientTable<SoilRow> kSoil(kSoilRows);

constexpr double kFastestSoilVs30 = 750.0;             // m/s; rock is faster
constexpr double kSaturationMagnitude = 6.5;           // near-field saturation, p. 184
constexpr double kLargestMagnitude = 8.5;              // (8.5 - M)^2.5 is undefined above
constexpr double kLnReverse = 0.1823215567939546;      // ln 1.2, table 2, footnote
constexpr double kLargestSoilDeviationMagnitude = 7.0; // table 4

struct GroundTerms {
  double source, slope, saturation, far_slope, sigma;

  LogNormal at(double rrup) const {
    const double far = far_slope == 0.0 ? 0.0 : far_slope * std::log(rrup + 2.0);
    return {.ln_mean = source + slope * std::log(rrup + saturation) + far, .sigma = sigma};
  }
};

double curvature(double m) {
  return std::pow(kLargestMagnitude - m, 2.5);
}

GroundTerms rock_terms(const Imt& imt, double mag, bool is_reverse) {
  const double m = std::min(mag, kLargestMagnitude);
  const RockRow c = (m > kSaturationMagnitude ? kRockLarge : kRockSmall).at(imt);
  const RockDeviationRow s = kRockDeviation.at(imt);
  return {
    .source = c.c1 + c.c2 * m + c.c3 * curvature(m) + (is_reverse ? kLnReverse : 0.0),
    .slope = c.c4,
    .saturation = std::exp(c.c5 + c.c6 * m),
    .far_slope = c.c7,
    .sigma = mag > s.largest_mag ? s.floor : s.at_zero + s.slope * mag,
  };
}

GroundTerms soil_terms(const SoilRow& c, double mag, bool is_reverse) {
  const double m = std::min(mag, kLargestMagnitude);
  const double c1 = is_reverse ? -1.92 : -2.17;
  const double c6 = is_reverse ? c.c6_reverse : c.c6_strike_slip;
  const bool is_large = mag > kSaturationMagnitude;
  return {
    .source = c1 + m + c6 + c.c7 * curvature(m),
    .slope = -1.7,
    .saturation = is_large ? 0.3825 * std::exp(0.5882 * m) : 2.1863 * std::exp(0.32 * m),
    .far_slope = 0.0,
    .sigma = c.sigma_at_zero + c.sigma_slope * std::min(mag, kLargestSoilDeviationMagnitude),
  };
}

class SadighEtAl1997 final : public PublishedModel {
public:
  explicit SadighEtAl1997(std::string name)
    : PublishedModel(std::move(name), need_mag | need_rake | need_rrup | need_vs30,
                     StandardDeviations::total_only) {}

  // Rock is tabulated from 0.07 s, soil from 0.075 s: both must know the period.
  bool supports(const Imt& imt) const override {
    return kRockSmall.supports(imt) && kSoil.supports(imt);
  }

  void predict(std::span<const Imt> imts, const PairBatch& batch,
               std::span<const GroundMotion> out) const override {
    for (std::size_t i = 0; i < imts.size(); ++i) {
      const SoilRow soil = kSoil.at(imts[i]);
      fill_motions(batch, out[i], [&](std::size_t r) {
        const bool is_reverse = batch.rake[r] >= 45.0 && batch.rake[r] <= 135.0;
        return [&batch, on_rock = rock_terms(imts[i], batch.mag[r], is_reverse),
                on_soil = soil_terms(soil, batch.mag[r], is_reverse)](std::size_t p) {
          return (batch.vs30[p] > kFastestSoilVs30 ? on_rock : on_soil).at(batch.rrup[p]);
        };
      });
    }
  }
};

} // namespace

ModelFamily sadigh_1997() {
  static constexpr ModelEntry kModels[] = {{"SadighEtAl1997", make_plain<SadighEtAl1997>}};
  return kModels;
}

} // namespace oq::engine
