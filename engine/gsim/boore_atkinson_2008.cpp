// Boore and Atkinson (2008), Earthquake Spectra 24(1), 99-138: NGA, active shallow crust; with the
// revisions by Atkinson and Boore (2011), Bull. Seismol. Soc. Am. 101(3), 1121-1135.
#include "engine/gsim/boore_atkinson_2008_site.hpp"
#include "engine/gsim/coefficient_table.hpp"
#include "engine/gsim/published_model.hpp"
#include "engine/gsim/site_terms.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace oq::engine {

namespace {

struct Row { // tables 6, 7 and 8
  double c1, c2, c3, h, e2, e3, e4, e5, e6, e7, hinge_mag, phi, tau, sigma;
};
struct StableRow { // base 10; Atkinson (2008) as revised in 2011
  double c, d;
};
// clang-format off
constexpr TableEntry<Row> kRows[] = {
  {kPga, {-0.6605, 0.1197, -0.01151, 1.35, -0.5035, -0.75472, -0.5097, 0.28805, -0.10164, 0, 6.75, 0.502, 0.26, 0.564}},
  {kPgv, {-0.8737, 0.1006, -0.00334, 2.54, 5.04727, 4.63188, 5.0821, 0.18322, -0.12736, 0, 8.5, 0.5, 0.256, 0.56}},
  {sa(0.01), {-0.6622, 0.12, -0.01151, 1.35, -0.49429, -0.74551, -0.49966, 0.28897, -0.10019, 0, 6.75, 0.502, 0.262, 0.566}},
  {sa(0.02), {-0.666, 0.1228, -0.01151, 1.35, -0.48508, -0.73906, -0.48895, 0.25144, -0.11006, 0, 6.75, 0.502, 0.262, 0.566}},
  {sa(0.03), {-0.6901, 0.1283, -0.01151, 1.35, -0.41831, -0.66722, -0.42229, 0.17976, -0.12858, 0, 6.75, 0.507, 0.274, 0.576}},
  {sa(0.05), {-0.717, 0.1317, -0.01151, 1.35, -0.25022, -0.48462, -0.26092, 0.06369, -0.15752, 0, 6.75, 0.516, 0.286, 0.589}},
  {sa(0.075), {-0.7205, 0.1237, -0.01151, 1.55, 0.04912, -0.20578, 0.02706, 0.0117, -0.17051, 0, 6.75, 0.513, 0.32, 0.606}},
  {sa(0.1), {-0.7081, 0.1117, -0.01151, 1.68, 0.23102, 0.03058, 0.22193, 0.04697, -0.15948, 0, 6.75, 0.52, 0.318, 0.608}},
  {sa(0.15), {-0.6961, 0.09884, -0.01113, 1.86, 0.48661, 0.30185, 0.49328, 0.1799, -0.14539, 0, 6.75, 0.518, 0.29, 0.594}},
  {sa(0.2), {-0.583, 0.04273, -0.00952, 1.98, 0.59253, 0.4086, 0.61472, 0.52729, -0.12964, 0.00102, 6.75, 0.523, 0.288, 0.596}},
  {sa(0.25), {-0.5726, 0.02977, -0.00837, 2.07, 0.53496, 0.3388, 0.57747, 0.6088, -0.13843, 0.08607, 6.75, 0.527, 0.267, 0.592}},
  {sa(0.3), {-0.5543, 0.01955, -0.0075, 2.14, 0.44516, 0.25356, 0.5199, 0.64472, -0.15694, 0.10601, 6.75, 0.546, 0.269, 0.608}},
  {sa(0.4), {-0.6443, 0.04394, -0.00626, 2.24, 0.40602, 0.21398, 0.4608, 0.7861, -0.07843, 0.02262, 6.75, 0.541, 0.267, 0.603}},
  {sa(0.5), {-0.6914, 0.0608, -0.0054, 2.32, 0.19878, 0.00967, 0.26337, 0.76837, -0.09054, 0, 6.75, 0.555, 0.265, 0.615}},
  {sa(0.75), {-0.7408, 0.07518, -0.00409, 2.46, -0.19496, -0.49176, -0.10813, 0.75179, -0.14053, 0.10302, 6.75, 0.571, 0.299, 0.645}},
  {sa(1), {-0.8183, 0.1027, -0.00334, 2.54, -0.43443, -0.78465, -0.3933, 0.6788, -0.18257, 0.05393, 6.75, 0.573, 0.302, 0.647}},
  {sa(1.5), {-0.8303, 0.09793, -0.00255, 2.66, -0.79593, -1.20902, -0.88085, 0.70689, -0.2595, 0.19082, 6.75, 0.566, 0.373, 0.679}},
  {sa(2), {-0.8285, 0.09432, -0.00217, 2.73, -1.15514, -1.57697, -1.27669, 0.77989, -0.29657, 0.29888, 6.75, 0.58, 0.389, 0.7}},
  {sa(3), {-0.7844, 0.07282, -0.00191, 2.83, -1.7469, -2.22584, -1.91814, 0.77966, -0.45384, 0.67466, 6.75, 0.566, 0.401, 0.695}},
  {sa(4), {-0.6854, 0.03758, -0.00191, 2.89, -2.15906, -2.58228, -2.38168, 1.24961, -0.35874, 0.79508, 6.75, 0.583, 0.385, 0.698}},
  {sa(5), {-0.5096, -0.02391, -0.00191, 2.93, -1.2127, -1.50904, -1.41093, 0.14271, -0.39006, 0, 8.5, 0.601, 0.437, 0.744}},
  {sa(7.5), {-0.3724, -0.06568, -0.00191, 3, -1.31632, -1.81022, -1.59217, 0.52407, -0.37578, 0, 8.5, 0.626, 0.477, 0.787}},
  {sa(10), {-0.09824, -0.138, -0.00191, 3.04, -2.16137, -2.53323, -2.14635, 0.40387, -0.48492, 0, 8.5, 0.645, 0.477, 0.801}},
};
constexpr TableEntry<StableRow> kStableRows[] = {
  {kPga, {0.419, 0.00039}},
  {kPgv, {0.45, 0.00211}},
  {sa(0.005), {0.417, 0.00192}},
  {sa(0.05), {0.417, 0.00192}},
  {sa(0.1), {0.245, 0.00273}},
  {sa(0.2), {0.042, 0.00232}},
  {sa(0.3), {-0.078, 0.0019}},
  {sa(0.5), {-0.18, 0.0018}},
  {sa(1), {-0.248, 0.00153}},
  {sa(2), {-0.214, 0.00117}},
  {sa(3.03), {-0.084, 0.00091}},
  {sa(5), {0, 0}},
  {sa(10), {0, 0}},
};
// clang-format on
constexpr CoefficientTable<Row> kTable(kRows);
constexpr CoefficientTable<StableRow> kStable(kStableRows);

constexpr double kReferenceVs30 = 760.0; // m/s
constexpr double kReferenceMagnitude = 4.5;

enum class Variant { published_2008, revised_2011, stable_2011 };

// Equations 3 to 5 with what the rupture fixes: source + slope ln R + c3 (R - 1).
struct RockTerms {
  double source, slope, c3, h2;

  double at(double rjb) const {
    const double r2 = rjb * rjb + h2;
    return source + slope * 0.5 * std::log(r2) + c3 * (std::sqrt(r2) - 1.0);
  }
};

double mechanism_term(const Row& c, double rake) {
  if (rake > 30.0 && rake < 150.0)
    return c.e4;
  return rake > -150.0 && rake < -30.0 ? c.e3 : c.e2;
}

RockTerms rock_terms(const Row& c, double mag, double rake) {
  const double over = mag - c.hinge_mag;
  const double size = mag <= c.hinge_mag ? c.e5 * over + c.e6 * over * over : c.e7 * over;
  return {.source = mechanism_term(c, rake) + size,
          .slope = c.c1 + c.c2 * (mag - kReferenceMagnitude),
          .c3 = c.c3,
          .h2 = c.h * c.h};
}

// Equation 5 of Atkinson and Boore (2011): small magnitudes, base 10.
double small_magnitude_term(double mag, double rjb) {
  return std::max(3.888 - 0.674 * mag, 0.0)
         - std::max(2.933 - 0.510 * mag, 0.0) * std::log10(rjb + 10.0);
}

// What all IMTs of a batch share, a value a pair. Kept by each thread from batch to batch.
struct Shared {
  std::vector<double> ln_rock_pga, nonlinear, ln_vs30_ratio, revision;

  void compute(Variant variant, const PairBatch& batch) {
    for (auto* values : {&ln_rock_pga, &nonlinear, &ln_vs30_ratio})
      values->resize(batch.pairs());
    revision.assign(batch.pairs(), 0.0);
    const Row pga = kTable.at(kPga);
    double vs30 = kReferenceVs30, ln_ratio = 0.0;
    for (std::size_t r = 0; r < batch.ruptures(); ++r) {
      const RockTerms rock = rock_terms(pga, batch.mag[r], batch.rake[r]);
      for (std::size_t p = batch.first_pair[r]; p < batch.first_pair[r + 1]; ++p) {
        if (batch.vs30[p] != vs30) {
          vs30 = batch.vs30[p];
          ln_ratio = std::log(vs30 / kReferenceVs30);
        }
        ln_vs30_ratio[p] = ln_ratio;
        ln_rock_pga[p] = rock.at(batch.rjb[p]);
        nonlinear[p] = boore_atkinson_2008_nonlinear_range(ln_rock_pga[p]);
        if (variant != Variant::published_2008)
          revision[p] = kLn10 * small_magnitude_term(batch.mag[r], batch.rjb[p]);
      }
    }
  }
};

class BooreAtkinson2008 final : public PublishedModel {
public:
  BooreAtkinson2008(std::string name, Variant variant)
    : PublishedModel(std::move(name), need_mag | need_rake | need_rjb | need_vs30),
      variant_(variant) {}

  bool supports(const Imt& imt) const override {
    return kTable.supports(imt) && boore_atkinson_2008_soil_table().supports(imt)
           && (variant_ != Variant::stable_2011 || kStable.supports(imt));
  }

  void predict(std::span<const Imt> imts, const PairBatch& batch,
               std::span<const GroundMotion> out) const override {
    thread_local Shared shared;
    shared.compute(variant_, batch);
    for (std::size_t i = 0; i < imts.size(); ++i) {
      predict_one(imts[i], shared, batch, out[i]);
      const Row c = kTable.at(imts[i]);
      fill_deviations(out[i], c.sigma, c.tau, c.phi);
    }
  }

private:
  void predict_one(const Imt& imt, const Shared& shared, const PairBatch& batch,
                   const GroundMotion& out) const {
    const Row c = kTable.at(imt);
    const BooreAtkinsonSoilRow soil = boore_atkinson_2008_soil_table().at(imt);
    const StableRow stable =
      variant_ == Variant::stable_2011 ? kStable.at(imt) : StableRow{.c = 0.0, .d = 0.0};
    fill_means(batch, out, [&](std::size_t r) {
      const RockTerms rock = rock_terms(c, batch.mag[r], batch.rake[r]);
      return [&, rock](std::size_t p) {
        const double on_rock = imt == kPga ? shared.ln_rock_pga[p] : rock.at(batch.rjb[p]);
        const double ln_ratio = shared.ln_vs30_ratio[p];
        const double site = soil.blin * ln_ratio
                            + boore_atkinson_2008_nonlinear_slope(soil, batch.vs30[p], ln_ratio)
                                * shared.nonlinear[p];
        const double region = kLn10 * (stable.c + stable.d * batch.rjb[p]);
        return on_rock + site + shared.revision[p] + region;
      };
    });
  }

  Variant variant_;
};

} // namespace

double boore_atkinson_2008_ln_rock_pga(double mag, double rake, double rjb) {
  return rock_terms(kTable.at(kPga), mag, rake).at(rjb);
}

ModelFamily boore_atkinson_2008() {
  static constexpr ModelEntry kModels[] = {
    {"BooreAtkinson2008", make_plain<BooreAtkinson2008, Variant::published_2008>},
    {"BooreAtkinson2011", make_plain<BooreAtkinson2008, Variant::revised_2011>},
    {"Atkinson2008prime", make_plain<BooreAtkinson2008, Variant::stable_2011>},
  };
  return kModels;
}

} // namespace oq::engine
