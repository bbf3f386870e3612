// Abrahamson and Silva (1997), Seism. Res. Lett. 68(1), 94-127: active shallow crust, rock and deep
// soil.
#include "engine/gsim/model_families.hpp"
#include "engine/gsim/tabulated_model.hpp"

#include <algorithm>
#include <cmath>

namespace oq::engine {

namespace {

struct Row { // tables 3 and 4; g
  double c4, a1, a3, a5, a6, a9, a10, a11, a12, b5, b6;
};
// clang-format off
constexpr TableEntry<Row> kRows[] = {
  {kPga, {5.6, 1.64, -1.145, 0.61, 0.26, 0.37, -0.417, -0.23, 0, 0.7, 0.135}},
  {sa(0.01), {5.6, 1.64, -1.145, 0.61, 0.26, 0.37, -0.417, -0.23, 0, 0.7, 0.135}},
  {sa(0.02), {5.6, 1.64, -1.145, 0.61, 0.26, 0.37, -0.417, -0.23, 0, 0.7, 0.135}},
  {sa(0.03), {5.6, 1.69, -1.145, 0.61, 0.26, 0.37, -0.47, -0.23, 0.0143, 0.7, 0.135}},
  {sa(0.04), {5.6, 1.78, -1.145, 0.61, 0.26, 0.37, -0.555, -0.251, 0.0245, 0.71, 0.135}},
  {sa(0.05), {5.6, 1.87, -1.145, 0.61, 0.26, 0.37, -0.62, -0.267, 0.028, 0.71, 0.135}},
  {sa(0.075), {5.58, 2.037, -1.145, 0.61, 0.26, 0.37, -0.628, -0.28, 0.03, 0.73, 0.135}},
  {sa(0.1), {5.5, 2.16, -1.145, 0.61, 0.26, 0.37, -0.598, -0.28, 0.028, 0.74, 0.135}},
  {sa(0.15), {5.27, 2.407, -1.145, 0.61, 0.26, 0.37, -0.577, -0.28, 0.005, 0.75, 0.135}},
  {sa(0.2), {5.1, 2.406, -1.115, 0.61, 0.26, 0.37, -0.445, -0.245, -0.0138, 0.77, 0.135}},
  {sa(0.3), {4.8, 2.114, -1.035, 0.61, 0.198, 0.37, -0.219, -0.195, -0.036, 0.78, 0.135}},
  {sa(0.4), {4.52, 1.86, -0.988, 0.61, 0.154, 0.37, 0.065, -0.16, -0.0518, 0.79, 0.135}},
  {sa(0.5), {4.3, 1.615, -0.9515, 0.581, 0.119, 0.37, 0.085, -0.121, -0.0635, 0.8, 0.13}},
  {sa(0.6), {4.12, 1.428, -0.9218, 0.557, 0.091, 0.37, 0.194, -0.089, -0.074, 0.81, 0.127}},
  {sa(0.75), {3.9, 1.16, -0.8852, 0.528, 0.057, 0.331, 0.32, -0.05, -0.0862, 0.81, 0.123}},
  {sa(1), {3.7, 0.828, -0.8383, 0.49, 0.013, 0.281, 0.423, 0, -0.102, 0.83, 0.118}},
  {sa(1.5), {3.55, 0.26, -0.7721, 0.438, -0.049, 0.21, 0.6, 0.04, -0.12, 0.84, 0.11}},
  {sa(2), {3.5, -0.15, -0.725, 0.4, -0.094, 0.16, 0.61, 0.04, -0.14, 0.85, 0.105}},
  {sa(3), {3.5, -0.69, -0.725, 0.4, -0.156, 0.089, 0.63, 0.04, -0.1726, 0.87, 0.097}},
  {sa(4), {3.5, -1.13, -0.725, 0.4, -0.2, 0.039, 0.64, 0.04, -0.1956, 0.88, 0.092}},
  {sa(5), {3.5, -1.46, -0.725, 0.4, -0.2, 0, 0.664, 0.04, -0.215, 0.89, 0.087}},
};
// clang-format on
constexpr CoefficientTable<Row> kTable(kRows);

// Table 3, the same for all periods.
constexpr double kA2 = 0.512, kA4 = -0.144, kA13 = 0.17, kC1 = 6.4, kC5 = 0.03;
constexpr double kRockVs30 = 600.0; // m/s; slower sites are deep soil

// Equations 5 and 6: the whole of it for reverse faulting, half for oblique.
double style_term(const Row& c, double mag, double rake) {
  const double share = rake > 67.5 && rake < 112.5 ? 1.0 : rake > 22.5 && rake < 157.5 ? 0.5 : 0.0;
  constexpr double kSmall = 5.8;
  const double by_mag = mag <= kSmall ? c.a5
                        : mag < kC1   ? c.a5 + (c.a6 - c.a5) * (mag - kSmall) / (kC1 - kSmall)
                                      : c.a6;
  return share * by_mag;
}

// Equations 7 to 9, above a dipping rupture.
double hanging_wall_term(const Row& c, double mag, double dip, double rjb, double rrup) {
  if (rjb != 0.0 || !(dip < 90.0))
    return 0.0;
  const double by_mag = std::clamp(mag - 5.5, 0.0, 1.0);
  if (rrup < 4.0 || rrup >= 25.0)
    return 0.0;
  if (rrup < 8.0)
    return by_mag * c.a9 * (rrup - 4.0) / 4.0;
  return by_mag * (rrup < 18.0 ? c.a9 : c.a9 * (1.0 - (rrup - 18.0) / 7.0));
}

// Equations 3 to 6 of one rupture.
struct RuptureTerms {
  double source, slope, c4, mag, dip;

  double on_rock(const Row& c, double rjb, double rrup) const {
    return source + slope * 0.5 * std::log(rrup * rrup + c4 * c4)
           + hanging_wall_term(c, mag, dip, rjb, rrup);
  }
};

RuptureTerms rupture_terms(const Row& c, const PairBatch& batch, std::size_t r) {
  const double mag = batch.mag[r], over = mag - kC1;
  return {c.a1 + (mag <= kC1 ? kA2 : kA4) * over + c.a12 * (8.5 - mag) * (8.5 - mag)
            + style_term(c, mag, batch.rake[r]),
          c.a3 + kA13 * over, c.c4, mag, batch.dip[r]};
}

class AbrahamsonSilva1997 final : public TabulatedModel<Row> {
public:
  explicit AbrahamsonSilva1997(std::string name)
    : TabulatedModel(std::move(name), kTable,
                     need_mag | need_rake | need_dip | need_rrup | need_rjb | need_vs30,
                     StandardDeviations::total_only) {}

private:
  void predict_row(const Row& c, const PairBatch& batch, const GroundMotion& out) const override {
    const Row pga = kTable.at(kPga);
    fill_motions(batch, out, [&](std::size_t r) {
      const double sigma = c.b5 - c.b6 * std::clamp(batch.mag[r] - 5.0, 0.0, 2.0); // equation 12
      return [&, sigma, own = rupture_terms(c, batch, r),
              rock = rupture_terms(pga, batch, r)](std::size_t p) {
        const double rjb = batch.rjb[p], rrup = batch.rrup[p];
        double ln_mean = own.on_rock(c, rjb, rrup);
        if (batch.vs30[p] < kRockVs30) // equation 10
          ln_mean += c.a10 + c.a11 * std::log(std::exp(rock.on_rock(pga, rjb, rrup)) + kC5);
        return LogNormal{.ln_mean = ln_mean, .sigma = sigma};
      };
    });
  }
};

} // namespace

ModelFamily abrahamson_silva_1997() {
  static constexpr ModelEntry kModels[] = {
    {"AbrahamsonSilva1997", make_plain<AbrahamsonSilva1997>},
  };
  return kModels;
}

} // namespace oq::engine
