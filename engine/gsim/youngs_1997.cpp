// Youngs, Chiou, Silva and Humphrey (1997), Seism. Res. Lett. 68(1), 58-73: subduction zones.
#include "engine/gsim/coefficient_table.hpp"
#include "engine/gsim/rock_or_soil.hpp"

#include <algorithm>
#include <cmath>

namespace oq::engine {

namespace {

struct Row {
  double c1, c2, c3, c4, c5;
};
// Table 2; 4 s from the SHARE project (Delavaud et al., 2012).
// clang-format off
constexpr TableEntry<Row> kRockRows[] = {
  {kPga, {0, 0, -2.552, 1.45, -0.1}},
  {sa(0.075), {1.275, 0, -2.707, 1.45, -0.1}},
  {sa(0.1), {1.188, -0.0011, -2.655, 1.45, -0.1}},
  {sa(0.2), {0.722, -0.0027, -2.528, 1.45, -0.1}},
  {sa(0.3), {0.246, -0.0036, -2.454, 1.45, -0.1}},
  {sa(0.4), {-0.115, -0.0043, -2.401, 1.45, -0.1}},
  {sa(0.5), {-0.4, -0.0048, -2.36, 1.45, -0.1}},
  {sa(0.75), {-1.149, -0.0057, -2.286, 1.45, -0.1}},
  {sa(1), {-1.736, -0.0064, -2.234, 1.45, -0.1}},
  {sa(1.5), {-2.634, -0.0073, -2.16, 1.5, -0.1}},
  {sa(2), {-3.328, -0.008, -2.107, 1.55, -0.1}},
  {sa(3), {-4.511, -0.0089, -2.033, 1.65, -0.1}},
  {sa(4), {-4.511, -0.0089, -2.033, 1.65, -0.1}},
};
constexpr TableEntry<Row> kSoilRows[] = {
  {kPga, {0, 0, -2.329, 1.45, -0.1}},
  {sa(0.075), {2.4, -0.0019, -2.697, 1.45, -0.1}},
  {sa(0.1), {2.516, -0.0019, -2.697, 1.45, -0.1}},
  {sa(0.2), {1.549, -0.002, -2.464, 1.45, -0.1}},
  {sa(0.3), {0.793, -0.002, -2.327, 1.45, -0.1}},
  {sa(0.4), {0.144, -0.0035, -2.23, 1.45, -0.1}},
  {sa(0.5), {-0.438, -0.0048, -2.14, 1.45, -0.1}},
  {sa(0.75), {-1.704, -0.0066, -1.952, 1.45, -0.1}},
  {sa(1), {-2.87, -0.0114, -1.785, 1.45, -0.1}},
  {sa(1.5), {-5.101, -0.0164, -1.47, 1.5, -0.1}},
  {sa(2), {-6.433, -0.0221, -1.29, 1.55, -0.1}},
  {sa(3), {-6.672, -0.0235, -1.347, 1.65, -0.1}},
  {sa(4), {-7.618, -0.0235, -1.272, 1.65, -0.1}},
};
// clang-format on
constexpr CoefficientTable<Row> kRock(kRockRows);
constexpr CoefficientTable<Row> kSoil(kSoilRows);

// Equations 1 (rock) and 2 (soil): what does not depend on the period.
struct Constants {
  double a1, a2, a4, a5, a6, slab;
};
constexpr Constants kRockConstants{0.2418, 1.414, 1.7818, 0.554, 0.00607, 0.3846};
constexpr Constants kSoilConstants{-0.6687, 1.438, 1.097, 0.617, 0.00648, 0.3643};

constexpr double kLowestRockVs30 = 760.0; // m/s
// The project that added 4 s divides the logarithm of the rock motion there, and only there.
constexpr double kRockDivisorAt4s = 0.399;

enum class Event { interface_, slab };
struct Variant {
  Event event = Event::interface_;
  double fixed_depth = 0; // km; 0: the event's own
  double ln_factor = 0;   // added to the median
};
constexpr double kNshmp2008Depth = 20.0; // km; Petersen et al. (2008), USGS OFR 2008-1128
// Slab events in the 2010 national maps of Canada (Halchuk and Adams 2008): ln of 1.162, and 0.7
// natural logarithms to either side.
constexpr double kGscBest = 0.1501426584297194, kGscSpread = 0.7;

class YoungsEtAl1997 final : public PublishedModel {
public:
  YoungsEtAl1997(std::string name, Variant variant)
    : PublishedModel(std::move(name), need_mag | need_hypo_depth | need_rrup | need_vs30,
                     StandardDeviations::total_only),
      variant_(variant) {}

  bool supports(const Imt& imt) const override {
    return kRock.supports(imt) && kSoil.supports(imt);
  }

  void predict(std::span<const Imt> imts, const PairBatch& batch,
               std::span<const GroundMotion> out) const override {
    for (std::size_t i = 0; i < imts.size(); ++i) {
      const Row rock = kRock.at(imts[i]);
      const Row soil = kSoil.at(imts[i]);
      const double rock_divisor = imts[i] == sa(4.0) ? kRockDivisorAt4s : 1.0;
      fill_rock_or_soil(
        batch, out[i], batch.rrup, kLowestRockVs30,
        [&](std::size_t r) {
          return ground_terms(kRockConstants, rock, rock_divisor, batch, r);
        },
        [&](std::size_t r) {
          return ground_terms(kSoilConstants, soil, 1.0, batch, r);
        });
    }
  }

private:
  GroundTerms ground_terms(const Constants& a, const Row& c, double divisor, const PairBatch& batch,
                           std::size_t r) const {
    const double m = batch.mag[r];
    const double below_10 = 10.0 - m;
    return {
      .source = a.a1 + a.a2 * m + c.c1 + c.c2 * below_10 * below_10 * below_10
                + a.a6 * (variant_.fixed_depth > 0 ? variant_.fixed_depth : batch.hypo_depth[r])
                + (variant_.event == Event::slab ? a.slab : 0.0),
      .slope = c.c3,
      .saturation = a.a4 * std::exp(a.a5 * m),
      .sigma = c.c4 + c.c5 * std::clamp(m, 0.0, 8.0),
      .divisor = divisor,
      .ln_factor = variant_.ln_factor,
    };
  }

  Variant variant_;
};

} // namespace

ModelFamily youngs_1997() {
  static constexpr ModelEntry kModels[] = {
    {"YoungsEtAl1997SInter", make_plain<YoungsEtAl1997, Variant{Event::interface_}>},
    {"YoungsEtAl1997SInterNSHMP2008",
     make_plain<YoungsEtAl1997, Variant{Event::interface_, kNshmp2008Depth}>},
    {"YoungsEtAl1997SSlab", make_plain<YoungsEtAl1997, Variant{Event::slab}>},
    {"YoungsEtAl1997GSCSSlabBest", make_plain<YoungsEtAl1997, Variant{Event::slab, 0.0, kGscBest}>},
    {"YoungsEtAl1997GSCSSlabUpperLimit",
     make_plain<YoungsEtAl1997, Variant{Event::slab, 0.0, kGscBest + kGscSpread}>},
    {"YoungsEtAl1997GSCSSlabLowerLimit",
     make_plain<YoungsEtAl1997, Variant{Event::slab, 0.0, kGscBest - kGscSpread}>},
  };
  return kModels;
}

} // namespace oq::engine
