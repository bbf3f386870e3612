// Atkinson and Boore (2003), Bull. Seismol. Soc. Am. 93(4), 1703-1729: subduction interface and
// slab.
#include "engine/gsim/coefficient_table.hpp"
#include "engine/gsim/published_model.hpp"

#include <algorithm>
#include <cmath>

namespace oq::engine {

namespace {

struct Row { // base 10, cm/s2
  double c1, c2, c3, c4, c5, c6, c7, sigma, s1, s2;
};
// Table 1; 4 s from the SHARE project (Delavaud et al., 2012).
// clang-format off
constexpr TableEntry<Row> kInterfaceRows[] = {
  {kPga, {2.991, 0.03525, 0.00759, -0.00206, 0.19, 0.24, 0.29, 0.23, 0.2, 0.11}},
  {sa(0.04), {2.8753, 0.07052, 0.01004, -0.00278, 0.15, 0.2, 0.2, 0.26, 0.22, 0.14}},
  {sa(0.1), {2.7789, 0.09841, 0.00974, -0.00287, 0.15, 0.23, 0.2, 0.27, 0.25, 0.1}},
  {sa(0.2), {2.6638, 0.12386, 0.00884, -0.0028, 0.15, 0.27, 0.25, 0.28, 0.25, 0.13}},
  {sa(0.4), {2.5249, 0.1477, 0.00728, -0.00235, 0.13, 0.37, 0.38, 0.29, 0.25, 0.15}},
  {sa(1), {2.1442, 0.1345, 0.00521, -0.0011, 0.1, 0.3, 0.55, 0.34, 0.28, 0.19}},
  {sa(2), {2.1907, 0.07148, 0.00224, 0, 0.1, 0.25, 0.4, 0.34, 0.29, 0.18}},
  {sa(3), {2.301, 0.02237, 0.00012, 0, 0.1, 0.25, 0.36, 0.36, 0.31, 0.18}},
  {sa(4), {2.301, 0.02237, 0.00012, 0, 0.1, 0.25, 0.36, 0.36, 0.31, 0.18}},
};
constexpr TableEntry<Row> kSlabRows[] = {
  {kPga, {-0.04713, 0.6909, 0.0113, -0.00202, 0.19, 0.24, 0.29, 0.27, 0.23, 0.14}},
  {sa(0.04), {0.50697, 0.63273, 0.01275, -0.00234, 0.15, 0.2, 0.2, 0.25, 0.24, 0.07}},
  {sa(0.1), {0.43928, 0.66675, 0.0108, -0.00219, 0.15, 0.23, 0.2, 0.28, 0.27, 0.07}},
  {sa(0.2), {0.51589, 0.69186, 0.00572, -0.00192, 0.15, 0.27, 0.25, 0.28, 0.26, 0.1}},
  {sa(0.4), {0.00545, 0.7727, 0.00173, -0.00178, 0.13, 0.37, 0.38, 0.28, 0.26, 0.1}},
  {sa(1), {-1.02133, 0.8789, 0.0013, -0.00173, 0.1, 0.3, 0.55, 0.29, 0.27, 0.11}},
  {sa(2), {-2.39234, 0.9964, 0.00364, -0.00118, 0.1, 0.25, 0.4, 0.3, 0.28, 0.11}},
  {sa(3), {-3.70012, 1.1169, 0.00615, -0.00045, 0.1, 0.25, 0.36, 0.3, 0.29, 0.08}},
  {sa(4), {-3.70012, 1.1169, 0.00615, -0.00045, 0.1, 0.25, 0.36, 0.3, 0.29, 0.08}},
};
// Cascadia's own constant, table 3.
constexpr TableEntry<Row> kCascadiaRows[] = {
  {kPga, {-0.25, 0.6909, 0.0113, -0.00202, 0.19, 0.24, 0.29, 0.27, 0.23, 0.14}},
  {sa(0.04), {0.23, 0.63273, 0.01275, -0.00234, 0.15, 0.2, 0.2, 0.25, 0.24, 0.07}},
  {sa(0.1), {0.16, 0.66675, 0.0108, -0.00219, 0.15, 0.23, 0.2, 0.28, 0.27, 0.07}},
  {sa(0.2), {0.4, 0.69186, 0.00572, -0.00192, 0.15, 0.27, 0.25, 0.28, 0.26, 0.1}},
  {sa(0.4), {-0.01, 0.7727, 0.00173, -0.00178, 0.13, 0.37, 0.38, 0.28, 0.26, 0.1}},
  {sa(1), {-0.98, 0.8789, 0.0013, -0.00173, 0.1, 0.3, 0.55, 0.29, 0.27, 0.11}},
  {sa(2), {-2.25, 0.9964, 0.00364, -0.00118, 0.1, 0.25, 0.4, 0.3, 0.28, 0.11}},
  {sa(3), {-3.64, 1.1169, 0.00615, -0.00045, 0.1, 0.25, 0.36, 0.3, 0.29, 0.08}},
};
// clang-format on
constexpr CoefficientTable<Row> kInterface(kInterfaceRows);
constexpr CoefficientTable<Row> kSlab(kSlabRows);
constexpr CoefficientTable<Row> kCascadia(kCascadiaRows);

// The project that added 4 s divides the logarithm of the motion there, and only there.
constexpr double kDivisorAt4s = 0.550;
// Atkinson and Boore (2008), BSSA 98(5), 2567-2569: erratum, interface motions at 0.2 and 0.4 s.
constexpr double kOwnWeight = 0.333;
constexpr double kOtherWeight = 0.667;

struct Variant {
  bool is_slab;
  bool is_cascadia;
  bool is_nshmp_2008; // Petersen et al. (2008): B/C site term, interface at 20 km depth
};

// Equation 1's nonlinearity, from the rock PGA in cm/s2. NEHRP classes C to E share it.
double nonlinearity(double period, double rock_pga) {
  if (period >= 1.0)
    return 1.0;
  const double strength = period <= 0.5 ? 1.0 : 1.0 / period - 1.0;
  return 1.0 - strength * std::clamp((rock_pga - 100.0) / 400.0, 0.0, 1.0);
}

struct Distance { // km
  double r, log10_r;
};

struct RuptureTerms {
  double mag, depth;
  double near_source;      // Delta, km: near-source saturation
  double geometric_spread; // g

  double on_rock(const Row& c, Distance distance) const {
    return c.c1 + c.c2 * mag + c.c3 * depth + c.c4 * distance.r
           - geometric_spread * distance.log10_r;
  }
  Distance effective(double rrup) const {
    const double r2 = rrup * rrup + near_source * near_source;
    return {std::sqrt(r2), 0.5 * std::log10(r2)};
  }
};

class AtkinsonBoore2003 final : public PublishedModel {
public:
  AtkinsonBoore2003(std::string name, Variant variant)
    : PublishedModel(std::move(name), need_mag | need_hypo_depth | need_rrup | need_vs30),
      variant_(variant), table_(!variant.is_slab      ? kInterface
                                : variant.is_cascadia ? kCascadia
                                                      : kSlab) {}

  bool supports(const Imt& imt) const override { return table_.supports(imt); }

  void predict(std::span<const Imt> imts, const PairBatch& batch,
               std::span<const GroundMotion> out) const override {
    for (std::size_t i = 0; i < imts.size(); ++i)
      predict_one(imts[i], batch, out[i]);
  }

private:
  void predict_one(const Imt& imt, const PairBatch& batch, const GroundMotion& out) const {
    const Row c = table_.at(imt);
    const Row mixed = mixed_row(imt, c);
    const Row pga = table_.at(kPga);
    const double divisor = imt == sa(4.0) ? kDivisorAt4s : 1.0;
    fill_means(batch, out, [&](std::size_t r) {
      return [&, rupture = rupture_terms(batch, r)](std::size_t p) {
        const Distance distance = rupture.effective(batch.rrup[p]);
        const double soil = site_coefficient(mixed, batch.vs30[p]);
        double log10_y = rupture.on_rock(mixed, distance);
        if (soil != 0.0)
          log10_y +=
            soil * nonlinearity(imt.period, std::exp(kLn10 * rupture.on_rock(pga, distance)));
        return (log10_y * kLn10 - kLnGravityCm) / divisor;
      };
    });
    fill_deviations(out, c.sigma * kLn10, c.s2 * kLn10, c.s1 * kLn10);
  }

  RuptureTerms rupture_terms(const PairBatch& batch, std::size_t r) const {
    const double m = std::clamp(batch.mag[r], 0.0, variant_.is_slab ? 8.0 : 8.5);
    const bool fixed_depth = variant_.is_nshmp_2008 && !variant_.is_slab;
    const double log10_spread = variant_.is_slab ? 0.301 - 0.01 * m : 1.2 - 0.18 * m;
    return {.mag = m,
            .depth = fixed_depth ? 20.0 : std::clamp(batch.hypo_depth[r], 0.0, 100.0),
            .near_source = 0.00724 * std::exp(0.507 * m * kLn10),
            .geometric_spread = std::exp(log10_spread * kLn10)};
  }

  // The model is linear in its coefficients but for g: mixing two motions is mixing their rows,
  // with the weights' sum (1.000) left to g.
  Row mixed_row(const Imt& imt, const Row& own) const {
    const bool at_0p2 = imt == sa(0.2);
    if (variant_.is_slab || !(at_0p2 || imt == sa(0.4)))
      return own;
    const Row other = table_.at(at_0p2 ? sa(0.4) : sa(0.2));
    const auto mix = [&](double Row::*column) {
      return kOwnWeight * own.*column + kOtherWeight * other.*column;
    };
    return {mix(&Row::c1), mix(&Row::c2), mix(&Row::c3), mix(&Row::c4), mix(&Row::c5),
            mix(&Row::c6), mix(&Row::c7), own.sigma,     own.s1,        own.s2};
  }

  double site_coefficient(const Row& c, double vs30) const {
    if (vs30 > 760.0)
      return variant_.is_nshmp_2008 ? 0.5 * c.c5 : 0.0;
    if (vs30 > 360.0)
      return c.c5;
    return vs30 >= 180.0 ? c.c6 : c.c7;
  }

  Variant variant_;
  const CoefficientTable<Row>& table_;
};

} // namespace

ModelFamily atkinson_boore_2003() {
  static constexpr ModelEntry kModels[] = {
    {"AtkinsonBoore2003SInter", make_plain<AtkinsonBoore2003, Variant{false, false, false}>},
    {"AtkinsonBoore2003SInterNSHMP2008",
     make_plain<AtkinsonBoore2003, Variant{false, false, true}>},
    {"AtkinsonBoore2003SSlab", make_plain<AtkinsonBoore2003, Variant{true, false, false}>},
    {"AtkinsonBoore2003SSlabCascadia", make_plain<AtkinsonBoore2003, Variant{true, true, false}>},
    {"AtkinsonBoore2003SSlabNSHMP2008", make_plain<AtkinsonBoore2003, Variant{true, false, true}>},
    {"AtkinsonBoore2003SSlabCascadiaNSHMP2008",
     make_plain<AtkinsonBoore2003, Variant{true, true, true}>},
  };
  return kModels;
}

} // namespace oq::engine
