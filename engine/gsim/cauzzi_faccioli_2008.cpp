// Cauzzi and Faccioli (2008), J. Seismol. 12, 453-475, and its update by Faccioli et al. (2010):
// active shallow crust, displacement spectra at long periods.
#include "engine/gsim/cauzzi_faccioli_2008.hpp"

#include "engine/gsim/published_model.hpp"

#include <cmath>

namespace oq::engine {

namespace {

// clang-format off
// Faccioli, Bianchini and Villani (2010), Univ. Tokyo Symp. on Long-Period Ground Motion, table 1.
constexpr TableEntry<FaccioliRow> kRows2010[] = {
  {kPga, {-1.18, 0.559, -1.624, 0.018, 0.445, 0.25, 0.31, 0.33, -0.01, 0.09, -0.05, 0.36}},
  {sa(0.05), {-2.96, 0.604, -1.878, 0.052, 0.396, 0.2, 0.21, 0.18, -0.02, 0.08, -0.03, 0.38}},
  {sa(0.1), {-2.02, 0.559, -1.837, 0.07, 0.373, 0.26, 0.24, 0.19, 0.01, 0.08, -0.05, 0.4}},
  {sa(0.2), {-1.97, 0.527, -1.512, 0.031, 0.391, 0.3, 0.42, 0.4, 0.04, 0.05, -0.05, 0.4}},
  {sa(0.3), {-2.11, 0.57, -1.421, 0.009, 0.459, 0.23, 0.42, 0.45, 0.02, 0.03, -0.03, 0.4}},
  {sa(0.4), {-2.23, 0.596, -1.355, 0.005, 0.478, 0.19, 0.42, 0.53, 0.04, 0.01, -0.02, 0.41}},
  {sa(0.5), {-2.35, 0.613, -1.295, 0.001, 0.556, 0.2, 0.42, 0.62, 0.05, 0, -0.02, 0.41}},
  {sa(0.6), {-2.46, 0.641, -1.282, 0.001, 0.566, 0.19, 0.42, 0.68, 0.06, -0.01, -0.02, 0.41}},
  {sa(0.7), {-2.5, 0.664, -1.293, 0.001, 0.58, 0.17, 0.42, 0.7, 0.07, -0.02, -0.02, 0.41}},
  {sa(0.8), {-2.57, 0.693, -1.313, 0.002, 0.536, 0.17, 0.41, 0.72, 0.06, -0.03, -0.01, 0.4}},
  {sa(0.9), {-2.63, 0.717, -1.334, 0.003, 0.526, 0.17, 0.42, 0.73, 0.07, -0.04, -0.01, 0.4}},
  {sa(1), {-2.68, 0.731, -1.335, 0.002, 0.529, 0.17, 0.42, 0.72, 0.08, -0.04, -0.01, 0.4}},
  {sa(1.25), {-2.84, 0.767, -1.32, 0.001, 0.581, 0.16, 0.4, 0.67, 0.09, -0.05, -0.01, 0.4}},
  {sa(1.5), {-2.95, 0.801, -1.342, 0.002, 0.529, 0.15, 0.39, 0.63, 0.09, -0.05, -0.01, 0.4}},
  {sa(2), {-3.09, 0.87, -1.424, 0.018, 0.423, 0.12, 0.34, 0.55, 0.04, -0.04, 0.01, 0.4}},
  {sa(2.5), {-3.14, 0.904, -1.454, 0.078, 0.342, 0.11, 0.31, 0.5, 0.02, -0.03, 0.01, 0.39}},
  {sa(3), {-3.2, 0.933, -1.47, 0.262, 0.272, 0.11, 0.29, 0.49, 0.02, -0.02, 0, 0.38}},
  {sa(4), {-3.49, 1.014, -1.496, 0.387, 0.268, 0.11, 0.27, 0.44, 0.01, -0.03, 0.01, 0.37}},
  {sa(5), {-3.71, 1.069, -1.497, 0.527, 0.26, 0.1, 0.24, 0.39, 0.01, -0.05, 0.02, 0.36}},
  {sa(7.5), {-4.15, 1.097, -1.32, 0.455, 0.266, 0.09, 0.22, 0.34, 0.04, -0.09, 0.04, 0.33}},
  {sa(10), {-4.28, 1.068, -1.187, 0.21, 0.298, 0.08, 0.2, 0.32, 0.05, -0.11, 0.04, 0.31}},
  {sa(15), {-4.17, 1.021, -1.143, 0.089, 0.334, 0.09, 0.19, 0.32, 0.07, -0.11, 0.04, 0.29}},
  {sa(20), {-4.02, 0.993, -1.167, 0.065, 0.343, 0.11, 0.21, 0.33, 0.08, -0.11, 0.03, 0.3}},
};
// clang-format on
constexpr CoefficientTable<FaccioliRow> kTable2010(kRows2010);

constexpr double kShortestDistance2008 = 15.0; // km, E. Faccioli, pers. comm. to the SHARE project

template <class Row>
double style_of_faulting(const Row& c, double rake) {
  if (rake > -120.0 && rake <= -60.0)
    return c.a_normal;
  return rake > 30.0 && rake <= 150.0 ? c.a_reverse : c.a_strike_slip;
}

// Eurocode 8 classes A to D.
template <class Row>
double site_term(const Row& c, double vs30) {
  if (vs30 < 180.0)
    return c.a_d;
  if (vs30 < 360.0)
    return c.a_c;
  return vs30 < 800.0 ? c.a_b : 0.0;
}

// Natural logarithm of the factor from m/s2 (PGA), cm of spectral displacement (SA), cm/s (PGV).
double ln_unit(const Imt& imt) {
  if (imt == kPga)
    return -std::log(kGravity);
  if (imt == kPgv)
    return 0.0;
  return 2.0 * std::log(2.0 * std::numbers::pi / imt.period) - kLnGravityCm;
}

class CauzziFaccioli2008 final : public PublishedModel {
public:
  explicit CauzziFaccioli2008(std::string name)
    : PublishedModel(std::move(name), need_mag | need_rake | need_rhypo | need_vs30,
                     StandardDeviations::total_only) {}

  bool supports(const Imt& imt) const override {
    return cauzzi_faccioli_2008_table().supports(imt);
  }

  void predict(std::span<const Imt> imts, const PairBatch& batch,
               std::span<const GroundMotion> out) const override {
    for (std::size_t i = 0; i < imts.size(); ++i) {
      const CauzziRow c = cauzzi_faccioli_2008_table().at(imts[i]);
      const double unit = ln_unit(imts[i]);
      fill_means(batch, out[i], [&](std::size_t r) {
        const double source = c.a1 + c.a2 * batch.mag[r] + style_of_faulting(c, batch.rake[r]);
        return [=, &batch, &c](std::size_t p) {
          const double ln_distance = std::log(std::max(batch.rhypo[p], kShortestDistance2008));
          return (source + site_term(c, batch.vs30[p])) * kLn10 + c.a3 * ln_distance + unit;
        };
      });
      fill_deviations(out[i], c.sigma * kLn10);
    }
  }
};

class FaccioliEtAl2010 final : public PublishedModel {
public:
  explicit FaccioliEtAl2010(std::string name)
    : PublishedModel(std::move(name), need_mag | need_rake | need_rrup | need_vs30,
                     StandardDeviations::total_only) {}

  bool supports(const Imt& imt) const override { return kTable2010.supports(imt); }

  void predict(std::span<const Imt> imts, const PairBatch& batch,
               std::span<const GroundMotion> out) const override {
    for (std::size_t i = 0; i < imts.size(); ++i) {
      const FaccioliRow c = kTable2010.at(imts[i]);
      const double unit = ln_unit(imts[i]);
      fill_means(batch, out[i], [&](std::size_t r) {
        const double m = batch.mag[r];
        const double source = c.a1 + c.a2 * m + style_of_faulting(c, batch.rake[r]);
        const double saturation = c.a4 * std::exp(c.a5 * m * kLn10);
        return [=, &batch, &c](std::size_t p) {
          return (source + site_term(c, batch.vs30[p])) * kLn10
                 + c.a3 * std::log(batch.rrup[p] + saturation) + unit;
        };
      });
      fill_deviations(out[i], c.sigma * kLn10);
    }
  }
};

} // namespace

ModelFamily cauzzi_faccioli_2008() {
  static constexpr ModelEntry kModels[] = {
    {"CauzziFaccioli2008", make_plain<CauzziFaccioli2008>},
    {"FaccioliEtAl2010", make_plain<FaccioliEtAl2010>},
  };
  return kModels;
}

} // namespace oq::engine
