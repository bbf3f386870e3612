// McVerry, Zhao, Abrahamson and Somerville (2006), Bull. NZSEE 39(1), 1-58: New Zealand, crustal,
// volcanic and subduction events. A site class is the code of its letter ('C').
#include "engine/gsim/coefficient_table.hpp"
#include "engine/gsim/published_model.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace oq::engine {

namespace {

struct Row { // natural logarithm, g
  double c1, c3as, c4as, c5, c6as, c8, c10as, c11, c12y, c13y, c15, c17, c18y, c19y, c20, c24;
  double c29, c30as, c32, c33as, c43, c46;
};
struct DeviationRow {
  double at_m6, slope, tau;
};
// clang-format off
// Table 7: "primed" coefficients.
constexpr TableEntry<Row> kPrimedRows[] = {
  {kPga, {0.1813, 0, -0.144, -0.00846, 0.17, -0.75519, 5.6, 8.10697, 1.414, 0, -2.552, -2.48795, 1.7818, 0.554, 0.01622, -0.41369, 0.44307, -0.23, 0.2, 0.26, -0.29648, -0.03301}},
  {sa(0.075), {1.36561, 0.03, -0.144, -0.00889, 0.17, -0.94568, 5.58, 8.68782, 1.414, 0, -2.707, -2.54215, 1.7818, 0.554, 0.0185, -0.48652, 0.31139, -0.28, 0.2, 0.26, -0.48366, -0.03452}},
  {sa(0.1), {1.77717, 0.028, -0.144, -0.00837, 0.17, -1.01852, 5.5, 9.37929, 1.414, -0.0011, -2.655, -2.60945, 1.7818, 0.554, 0.0174, -0.61973, 0.34059, -0.28, 0.2, 0.26, -0.43854, -0.03595}},
  {sa(0.2), {1.39535, -0.0138, -0.144, -0.0094, 0.17, -0.78199, 5.1, 10.6148, 1.414, -0.0027, -2.528, -2.70851, 1.7818, 0.554, 0.01542, -0.67672, 0.37235, -0.245, 0.2, 0.26, -0.29906, -0.03853}},
  {sa(0.3), {0.44591, -0.036, -0.144, -0.00987, 0.17, -0.56098, 4.8, 9.40776, 1.414, -0.0036, -2.454, -2.47668, 1.7818, 0.554, 0.01278, -0.59339, 0.56648, -0.195, 0.2, 0.198, -0.05184, -0.03604}},
  {sa(0.4), {0.01645, -0.0518, -0.144, -0.00923, 0.17, -0.51281, 4.52, 8.50343, 1.414, -0.0043, -2.401, -2.36895, 1.7818, 0.554, 0.01426, -0.30579, 0.69911, -0.16, 0.2, 0.154, 0.20301, -0.03364}},
  {sa(0.5), {0.14826, -0.0635, -0.144, -0.00823, 0.17, -0.56716, 4.3, 8.46463, 1.414, -0.0048, -2.36, -2.4063, 1.7818, 0.554, 0.01287, -0.24839, 0.63188, -0.121, 0.2, 0.119, 0.37026, -0.0326}},
  {sa(0.75), {-0.21246, -0.0862, -0.144, -0.00738, 0.17, -0.55384, 3.9, 7.30176, 1.414, -0.0057, -2.286, -2.26512, 1.7818, 0.554, 0.0108, -0.01298, 0.51577, -0.05, 0.2, 0.057, 0.73517, -0.02877}},
  {sa(1), {-0.10451, -0.102, -0.144, -0.00588, 0.17, -0.65892, 3.7, 7.08727, 1.414, -0.0064, -2.234, -2.27668, 1.7818, 0.554, 0.00946, 0.06672, 0.34048, 0, 0.2, 0.013, 0.87764, -0.02561}},
  {sa(1.5), {-0.48665, -0.12, -0.144, -0.0063, 0.17, -0.58222, 3.55, 6.93264, 1.414, -0.0073, -2.16, -2.28347, 1.7818, 0.554, 0.00788, -0.02289, 0.12468, 0.04, 0.2, -0.049, 0.75438, -0.02034}},
  {sa(2), {-0.77433, -0.12, -0.144, -0.0063, 0.17, -0.58222, 3.55, 6.64496, 1.414, -0.0073, -2.16, -2.28347, 1.7818, 0.554, 0.00788, -0.02289, 0.12468, 0.04, 0.2, -0.049, 0.75438, -0.02034}},
  {sa(3), {-1.30916, -0.1726, -0.144, -0.00553, 0.17, -0.57009, 3.5, 5.05488, 1.414, -0.0089, -2.033, -2.0305, 1.7818, 0.554, -0.00265, -0.20537, 0.14593, 0.04, 0.2, -0.156, 0.61545, -0.01673}},
};
// Table 6: "unprimed" coefficients.
constexpr TableEntry<Row> kUnprimedRows[] = {
  {kPga, {0.28815, 0, -0.144, -0.00967, 0.17, -0.70494, 5.6, 8.68354, 1.414, 0, -2.552, -2.56727, 1.7818, 0.554, 0.0155, -0.50962, 0.30206, -0.23, 0.2, 0.26, -0.31769, -0.03279}},
  {sa(0.075), {1.36561, 0.03, -0.144, -0.00889, 0.17, -0.94568, 5.58, 8.68782, 1.414, 0, -2.707, -2.54215, 1.7818, 0.554, 0.0185, -0.48652, 0.31139, -0.28, 0.2, 0.26, -0.48366, -0.03452}},
  {sa(0.1), {1.77717, 0.028, -0.144, -0.00837, 0.17, -1.01852, 5.5, 9.37929, 1.414, -0.0011, -2.655, -2.60945, 1.7818, 0.554, 0.0174, -0.61973, 0.34059, -0.28, 0.2, 0.26, -0.43854, -0.03595}},
  {sa(0.2), {1.39535, -0.0138, -0.144, -0.0094, 0.17, -0.78199, 5.1, 10.6148, 1.414, -0.0027, -2.528, -2.70851, 1.7818, 0.554, 0.01542, -0.67672, 0.37235, -0.245, 0.2, 0.26, -0.29906, -0.03853}},
  {sa(0.3), {0.44591, -0.036, -0.144, -0.00987, 0.17, -0.56098, 4.8, 9.40776, 1.414, -0.0036, -2.454, -2.47668, 1.7818, 0.554, 0.01278, -0.59339, 0.56648, -0.195, 0.2, 0.198, -0.05184, -0.03604}},
  {sa(0.4), {0.01645, -0.0518, -0.144, -0.00923, 0.17, -0.51281, 4.52, 8.50343, 1.414, -0.0043, -2.401, -2.36895, 1.7818, 0.554, 0.01426, -0.30579, 0.69911, -0.16, 0.2, 0.154, 0.20301, -0.03364}},
  {sa(0.5), {0.14826, -0.0635, -0.144, -0.00823, 0.17, -0.56716, 4.3, 8.46463, 1.414, -0.0048, -2.36, -2.4063, 1.7818, 0.554, 0.01287, -0.24839, 0.63188, -0.121, 0.2, 0.119, 0.37026, -0.0326}},
  {sa(0.75), {-0.21246, -0.0862, -0.144, -0.00738, 0.17, -0.55384, 3.9, 7.30176, 1.414, -0.0057, -2.286, -2.26512, 1.7818, 0.554, 0.0108, -0.01298, 0.51577, -0.05, 0.2, 0.057, 0.73517, -0.02877}},
  {sa(1), {-0.10451, -0.102, -0.144, -0.00588, 0.17, -0.65892, 3.7, 7.08727, 1.414, -0.0064, -2.234, -2.27668, 1.7818, 0.554, 0.00946, 0.06672, 0.34048, 0, 0.2, 0.013, 0.87764, -0.02561}},
  {sa(1.5), {-0.48665, -0.12, -0.144, -0.0063, 0.17, -0.58222, 3.55, 6.93264, 1.414, -0.0073, -2.16, -2.28347, 1.7818, 0.554, 0.00788, -0.02289, 0.12468, 0.04, 0.2, -0.049, 0.75438, -0.02034}},
  {sa(2), {-0.77433, -0.12, -0.144, -0.0063, 0.17, -0.58222, 3.55, 6.64496, 1.414, -0.0073, -2.16, -2.28347, 1.7818, 0.554, 0.00788, -0.02289, 0.12468, 0.04, 0.2, -0.049, 0.75438, -0.02034}},
  {sa(3), {-1.30916, -0.1726, -0.144, -0.00553, 0.17, -0.57009, 3.5, 5.05488, 1.414, -0.0089, -2.033, -2.0305, 1.7818, 0.554, -0.00265, -0.20537, 0.14593, 0.04, 0.2, -0.156, 0.61545, -0.01673}},
};
// Table 8.
constexpr TableEntry<DeviationRow> kDeviationRows[] = {
  {kPga, {0.4865, -0.1261, 0.2687}},
  {sa(0.075), {0.5281, -0.097, 0.3217}},
  {sa(0.1), {0.5398, -0.0673, 0.3088}},
  {sa(0.2), {0.5703, -0.0243, 0.2726}},
  {sa(0.3), {0.5505, -0.0861, 0.2112}},
  {sa(0.4), {0.5627, -0.1405, 0.2005}},
  {sa(0.5), {0.568, -0.1444, 0.1476}},
  {sa(0.75), {0.5562, -0.0932, 0.1794}},
  {sa(1), {0.5629, -0.0749, 0.2053}},
  {sa(1.5), {0.5394, -0.0056, 0.2411}},
  {sa(2), {0.5394, -0.0056, 0.2411}},
  {sa(3), {0.5701, 0.0934, 0.2406}},
};
// clang-format on
constexpr CoefficientTable<Row> kPrimed(kPrimedRows);
constexpr CoefficientTable<Row> kUnprimed(kUnprimedRows);
constexpr CoefficientTable<DeviationRow> kDeviations(kDeviationRows);

enum class Event { crustal, volcanic, interface_, slab };
enum class SiteParameter { vs30, siteclass };
// NZS 1170.5: A and B are rock, and so is whatever is not C or D.
enum class Ground { rock, shallow_soil, deep_soil };

Ground ground_of(SiteParameter parameter, const PairBatch& batch, std::size_t p) {
  if (parameter == SiteParameter::siteclass) {
    const double letter = batch.siteclass[p];
    return letter == 'C' ? Ground::shallow_soil : letter == 'D' ? Ground::deep_soil : Ground::rock;
  }
  const double vs30 = batch.vs30[p];
  if (vs30 < 360.0)
    return Ground::deep_soil;
  return vs30 < 760.0 ? Ground::shallow_soil : Ground::rock;
}

// Equations 1 and 2 with what the rupture fixes.
struct RuptureTerms {
  double source, slope, saturation, attenuation;
  bool is_subduction;

  double on_rock(double rrup) const {
    const double ln_distance = is_subduction
                                 ? std::log(rrup + saturation)
                                 : 0.5 * std::log(rrup * rrup + saturation * saturation);
    return source + attenuation * rrup + slope * ln_distance;
  }
};

double style_term(const Row& c, double rake) {
  double term = 0.0;
  if (rake > -147.0 && rake < -33.0)
    term -= c.c32;
  if (rake > 67.0 && rake < 123.0)
    term += c.c33as;
  else if (rake > 33.0 && rake < 66.0)
    term += 0.5 * c.c33as;
  return term;
}

RuptureTerms crustal_terms(const Row& c, bool is_volcanic, double m, double rake) {
  const double below_8p5 = 8.5 - m;
  return {.source =
            c.c1 + c.c4as * (m - 6.0) + c.c3as * below_8p5 * below_8p5 + style_term(c, rake),
          .slope = c.c8 + c.c6as * (m - 6.0),
          .saturation = c.c10as,
          .attenuation = c.c5 + (is_volcanic ? c.c46 : 0.0),
          .is_subduction = false};
}

RuptureTerms subduction_terms(const Row& c, bool is_interface, double m, double depth) {
  const double below_10 = 10.0 - m;
  return {.source = c.c11 + (c.c12y + (c.c15 - c.c17) * c.c19y) * (m - 6.0)
                    + c.c13y * below_10 * below_10 * below_10 + c.c20 * depth
                    + (is_interface ? c.c24 : 0.0),
          .slope = c.c17,
          .saturation = c.c18y * std::exp(c.c19y * m),
          .attenuation = 0.0,
          .is_subduction = true};
}

// Equation 4: what a soil adds to the motion of the same row on rock.
double with_site(const Row& c, Ground ground, double on_rock) {
  switch (ground) {
  case Ground::rock:
    return on_rock;
  case Ground::shallow_soil:
    return on_rock + c.c29;
  case Ground::deep_soil:
    return on_rock + c.c30as * std::log(std::exp(on_rock) + 0.03) + c.c43;
  }
  return on_rock;
}

class McVerry2006 final : public PublishedModel {
public:
  McVerry2006(std::string name, Event event, SiteParameter site)
    : PublishedModel(std::move(name),
                     need_mag | need_rrup
                       | (is_subduction(event) ? std::uint64_t{need_hypo_depth} : need_rake)
                       | (site == SiteParameter::vs30 ? std::uint64_t{need_vs30} : need_siteclass)),
      event_(event), site_(site) {}

  bool supports(const Imt& imt) const override { return kPrimed.supports(imt); }

  void predict(std::span<const Imt> imts, const PairBatch& batch,
               std::span<const GroundMotion> out) const override {
    thread_local std::vector<double> pga_shift; // unprimed minus primed PGA, equation 6
    pga_shift.resize(batch.pairs());
    const Row primed = kPrimed.at(kPga), unprimed = kUnprimed.at(kPga);
    for (std::size_t r = 0; r < batch.ruptures(); ++r) {
      const RuptureTerms with_prime = rupture_terms(primed, batch, r);
      const RuptureTerms without = rupture_terms(unprimed, batch, r);
      for (std::size_t p = batch.first_pair[r]; p < batch.first_pair[r + 1]; ++p) {
        const Ground ground = ground_of(site_, batch, p);
        pga_shift[p] = with_site(unprimed, ground, without.on_rock(batch.rrup[p]))
                       - with_site(primed, ground, with_prime.on_rock(batch.rrup[p]));
      }
    }
    for (std::size_t i = 0; i < imts.size(); ++i)
      predict_one(imts[i], batch, pga_shift, out[i]);
  }

private:
  static bool is_subduction(Event event) { return event >= Event::interface_; }

  RuptureTerms rupture_terms(const Row& c, const PairBatch& batch, std::size_t r) const {
    if (is_subduction(event_))
      return subduction_terms(c, event_ == Event::interface_, batch.mag[r], batch.hypo_depth[r]);
    return crustal_terms(c, event_ == Event::volcanic, batch.mag[r], batch.rake[r]);
  }

  void predict_one(const Imt& imt, const PairBatch& batch, std::span<const double> pga_shift,
                   const GroundMotion& out) const {
    const Row c = kPrimed.at(imt);
    const DeviationRow s = kDeviations.at(imt);
    fill_motions(batch, out, [&](std::size_t r) {
      const double phi = s.at_m6 + s.slope * std::clamp(batch.mag[r] - 6.0, -1.0, 1.0);
      const double sigma = std::sqrt(phi * phi + s.tau * s.tau);
      return [&, phi, sigma, rupture = rupture_terms(c, batch, r)](std::size_t p) {
        const double ln_y =
          with_site(c, ground_of(site_, batch, p), rupture.on_rock(batch.rrup[p]));
        return LogNormal{.ln_mean = ln_y + pga_shift[p], .sigma = sigma, .tau = s.tau, .phi = phi};
      };
    });
  }

  Event event_;
  SiteParameter site_;
};

template <Event kEvent, SiteParameter kSite>
constexpr auto make_model = make_plain<McVerry2006, kEvent, kSite>;

} // namespace

ModelFamily mcverry_2006() {
  using enum Event;
  using enum SiteParameter;
  static constexpr ModelEntry kModels[] = {
    {"McVerry2006Asc", make_model<crustal, vs30>},
    {"McVerry2006Volc", make_model<volcanic, vs30>},
    {"McVerry2006SInter", make_model<interface_, vs30>},
    {"McVerry2006SSlab", make_model<slab, vs30>},
    {"McVerry2006AscSC", make_model<crustal, siteclass>},
    {"McVerry2006VolcSC", make_model<volcanic, siteclass>},
    {"McVerry2006SInterSC", make_model<interface_, siteclass>},
    {"McVerry2006SSlabSC", make_model<slab, siteclass>},
  };
  return kModels;
}

} // namespace oq::engine
