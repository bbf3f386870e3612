// Toro, Abrahamson and Schneider (1997), Seism. Res. Lett. 68(1), 41-57, as modified by Toro (2002)
// for large magnitudes: mid-continent, hard rock.
#include "engine/gsim/coefficient_table.hpp"
#include "engine/gsim/published_model.hpp"
#include "engine/gsim/share_adjustment.hpp"

#include <algorithm>
#include <cmath>

namespace oq::engine {

namespace {

struct Row {
  double c1, c2, c3, c4, c5, c6, c7;
  double m50, m55, m80; // aleatory deviation in magnitude, at M 5, 5.5 and 8
  double r5, r20;       // in distance, at 5 and 20 km
};
// clang-format off
// Tables 2 and 3 (moment magnitude); 3 and 4 s from the SHARE project.
constexpr TableEntry<Row> kRows[] = {
  {kPga, {2.2, 0.81, 0, 1.27, 1.16, 0.0021, 9.3, 0.55, 0.59, 0.5, 0.54, 0.2}},
  {sa(0.03), {4, 0.79, 0, 1.57, 1.83, 0.0008, 11.1, 0.62, 0.63, 0.5, 0.62, 0.35}},
  {sa(0.04), {3.68, 0.8, 0, 1.46, 1.77, 0.0013, 10.5, 0.62, 0.63, 0.5, 0.57, 0.29}},
  {sa(0.1), {2.37, 0.81, 0, 1.1, 1.02, 0.004, 8.3, 0.59, 0.61, 0.5, 0.5, 0.17}},
  {sa(0.2), {1.73, 0.84, 0, 0.98, 0.66, 0.0042, 7.5, 0.6, 0.64, 0.56, 0.45, 0.12}},
  {sa(0.4), {1.07, 1.05, -0.1, 0.93, 0.56, 0.0033, 7.1, 0.63, 0.68, 0.64, 0.45, 0.12}},
  {sa(1), {0.09, 1.42, -0.2, 0.9, 0.49, 0.0023, 6.8, 0.63, 0.64, 0.67, 0.45, 0.12}},
  {sa(2), {-0.74, 1.86, -0.31, 0.92, 0.46, 0.0017, 6.9, 0.61, 0.62, 0.66, 0.45, 0.12}},
  {sa(3), {-0.74, 1.86, -0.31, 0.92, 0.46, 0.0017, 6.9, 0.61, 0.62, 0.66, 0.45, 0.12}},
  {sa(4), {-0.74, 1.86, -0.31, 0.92, 0.46, 0.0017, 6.9, 0.61, 0.62, 0.66, 0.45, 0.12}},
};
constexpr TableEntry<ShareRow> kShareRows[] = {
  {kPga, {1.22, 0.735106}},
  {sa(0.03), {1.1794, 0.423049}},
  {sa(0.04), {1.164, 0.477379}},
  {sa(0.1), {1.08, 0.888509}},
  {sa(0.2), {1.19, 1.197291}},
  {sa(0.4), {1.23, 1.308267}},
  {sa(1), {1.196667, 1.265762}},
  {sa(2), {1.14, 1.215779}},
  {sa(3), {1.14, 1.215779}},
  {sa(4), {1.14, 1.215779}},
};
// clang-format on
constexpr CoefficientTable<Row> kTable(kRows);
constexpr CoefficientTable<ShareRow> kShare(kShareRows);

enum class Variant { hard_rock, share };

// The project that added 3 and 4 s divides the logarithm of the motion there, and only there.
double divisor(const Imt& imt) {
  if (imt == sa(3.0))
    return 0.612;
  return imt == sa(4.0) ? 0.559 : 1.0;
}

double magnitude_deviation(const Row& c, double m) {
  if (m <= 5.5)
    return c.m50 + (c.m55 - c.m50) * std::clamp((m - 5.0) / 0.5, 0.0, 1.0);
  return c.m55 + (c.m80 - c.m55) * std::min((m - 5.5) / 2.5, 1.0);
}

double distance_deviation(const Row& c, double rjb) {
  return c.r5 + (c.r20 - c.r5) * std::clamp((rjb - 5.0) / 15.0, 0.0, 1.0);
}

// Equations 5 and 6.
double epistemic_deviation(double period, double m) {
  return period < 1.0 ? 0.36 + 0.07 * (m - 6.0) : 0.34 + 0.06 * (m - 6.0);
}

class ToroEtAl2002 final : public PublishedModel {
public:
  ToroEtAl2002(std::string name, Variant variant)
    : PublishedModel(std::move(name),
                     need_mag | need_rjb
                       | (variant == Variant::share ? std::uint64_t{need_rake} : 0),
                     StandardDeviations::total_only),
      variant_(variant) {}

  bool supports(const Imt& imt) const override { return kTable.supports(imt); }

  void predict(std::span<const Imt> imts, const PairBatch& batch,
               std::span<const GroundMotion> out) const override {
    for (std::size_t i = 0; i < imts.size(); ++i)
      predict_one(imts[i], batch, out[i]);
  }

private:
  void predict_one(const Imt& imt, const PairBatch& batch, const GroundMotion& out) const {
    const Row c = kTable.at(imt);
    const ShareRow share = kShare.at(imt);
    const double per = divisor(imt);
    fill_motions(batch, out, [&](std::size_t r) {
      const double m = batch.mag[r];
      const double over_6 = m - 6.0;
      const double source = c.c1 + c.c2 * over_6 + c.c3 * over_6 * over_6;
      const double finite = c.c7 * std::exp(-1.25 + 0.227 * m);
      const double epistemic = epistemic_deviation(imt.period, m);
      const double in_magnitude = magnitude_deviation(c, m);
      const double fixed_variance = in_magnitude * in_magnitude + epistemic * epistemic;
      const double adjustment =
        variant_ == Variant::share ? ln_share_adjustment(share, batch.rake[r]) : 0.0;
      return [=, &batch, &c](std::size_t p) {
        const double rjb = batch.rjb[p];
        const double rm = std::sqrt(rjb * rjb + finite * finite);
        const double ln_rm = std::log(rm);
        const double beyond_100km = std::max(ln_rm - std::log(100.0), 0.0);
        const double ln_y = source - c.c4 * ln_rm - (c.c5 - c.c4) * beyond_100km - c.c6 * rm;
        const double in_distance = distance_deviation(c, rjb);
        return LogNormal{.ln_mean = ln_y / per + adjustment,
                         .sigma = std::sqrt(fixed_variance + in_distance * in_distance)};
      };
    });
  }

  Variant variant_;
};

} // namespace

ModelFamily toro_2002() {
  static constexpr ModelEntry kModels[] = {
    {"ToroEtAl2002", make_plain<ToroEtAl2002, Variant::hard_rock>},
    {"ToroEtAl2002SHARE", make_plain<ToroEtAl2002, Variant::share>},
  };
  return kModels;
}

} // namespace oq::engine
