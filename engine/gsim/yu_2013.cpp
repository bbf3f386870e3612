// Yu, Li and Xiao (2013), Technol. Earthq. Disaster Prev. 8(1), 24-33: China, isoseismals that are
// ellipses along the strike. Moment to surface-wave magnitude: Cheng et al. (2017).
#include "engine/gsim/coefficient_table.hpp"
#include "engine/gsim/published_model.hpp"

#include <cmath>

namespace oq::engine {

namespace {

struct Axis { // natural logarithm, cm/s2 and cm/s
  double a, b, c, d, e;
};
struct Row {
  Axis major_small, major_large, minor_small, minor_large; // up to and above Ms 6.5
  double sigma;
};
// clang-format off
constexpr TableEntry<Row> kActiveRows[] = {
  {kPga, {4.1193, 1.656, -2.389, 1.772, 0.424, 7.8269, 1.0856, -2.389, 1.772, 0.424, 2.2609, 1.6399, -2.118, 0.825, 0.465, 6.003, 1.0649, -2.118, 0.825, 0.465, 0.5428}},
  {kPgv, {-1.2581, 1.932, -2.181, 1.772, 0.424, 3.013, 1.2742, -2.181, 1.772, 0.424, -3.1073, 1.9389, -1.945, 0.825, 0.465, 1.3087, 1.2627, -1.945, 0.825, 0.465, 0.6233}},
};
constexpr TableEntry<Row> kStableRows[] = {
  {kPga, {5.5591, 1.1454, -2.079, 2.802, 0.295, 8.5238, 0.6854, -2.079, 2.802, 0.295, 3.9445, 1.0833, -1.723, 1.295, 0.331, 6.187, 0.7383, -1.723, 1.295, 0.331, 0.5428}},
  {kPgv, {0.2139, 1.4283, -1.889, 2.802, 0.295, 3.772, 0.8786, -1.889, 2.802, 0.295, -1.3547, 1.3823, -1.559, 1.295, 0.331, 1.5433, 0.9361, -1.559, 1.295, 0.331, 0.6233}},
};
// clang-format on
constexpr CoefficientTable<Row> kActive(kActiveRows);
constexpr CoefficientTable<Row> kStable(kStableRows);

constexpr double kLargeMagnitude = 6.5;
constexpr double kDepth2 = 225.0; // km2

enum class Region { active, stable };
enum class Magnitude { ms, mw };

double surface_magnitude(Magnitude scale, double m) {
  if (scale == Magnitude::ms)
    return m;
  return m < 6.58 ? (m - 0.59) / 0.86 : (m + 2.42) / 1.28;
}

// One axis of the ellipse with what the magnitude fixes.
struct AxisTerms {
  double source, c, saturation;

  AxisTerms(const Axis& axis, double m)
    : source(axis.a + axis.b * m), c(axis.c), saturation(axis.d * std::exp(axis.e * m)) {}

  double at(double r) const { return source + c * std::log(r + saturation); }
  double distance_of(double y) const { return std::exp((y - source) / c) - saturation; }
};

struct Ellipse {
  AxisTerms major, minor;
};

// The major semi-axis of the isoseismal through the site, by the reference implementation's halving
// search: its tolerance (1e-3 km) is visible in the motions, so its steps are part of the model.
double major_semi_axis(const Ellipse& ellipse, double repi, double sin2, double cos2) {
  const auto excess = [&](double r) {
    const double q = ellipse.minor.distance_of(ellipse.major.at(r));
    return r * q / std::sqrt(r * r * sin2 + q * q * cos2) - repi;
  };
  double r = 200.0;
  double step = 100.0;
  double f = excess(r);
  while (std::abs(f) > 1e-3) {
    r += f > 0.0 ? -step : step;
    f = excess(r);
    step /= 2.0;
    if (step < 1e-3)
      break;
  }
  return r;
}

// The logarithms themselves are combined as an ellipse.
double ln_motion(const Ellipse& ellipse, double repi, double azimuth) {
  const double theta = azimuth * (std::numbers::pi / 180.0);
  const double sin2 = std::sin(theta) * std::sin(theta);
  const double cos2 = std::cos(theta) * std::cos(theta);
  const double ra = major_semi_axis(ellipse, repi, sin2, cos2);
  const double rb = ellipse.minor.distance_of(ellipse.major.at(ra));
  const double y1 = ellipse.major.at(std::sqrt(ra * ra + kDepth2));
  const double y2 = ellipse.minor.at(std::sqrt(rb * rb + kDepth2));
  return y1 * y2 / std::sqrt(y1 * y1 * sin2 + y2 * y2 * cos2);
}

class YuEtAl2013 final : public PublishedModel {
public:
  YuEtAl2013(std::string name, Region region, Magnitude scale)
    : PublishedModel(std::move(name), need_mag | need_repi | need_azimuth,
                     StandardDeviations::total_only),
      table_(region == Region::active ? kActive : kStable), scale_(scale) {}

  bool supports(const Imt& imt) const override { return table_.supports(imt); }

  void predict(std::span<const Imt> imts, const PairBatch& batch,
               std::span<const GroundMotion> out) const override {
    for (std::size_t i = 0; i < imts.size(); ++i) {
      const Row c = table_.at(imts[i]);
      const double unit = imts[i] == kPgv ? 0.0 : kLnGravityCm;
      fill_means(batch, out[i], [&](std::size_t r) {
        const double m = surface_magnitude(scale_, batch.mag[r]);
        const bool is_large = m > kLargeMagnitude;
        const Ellipse ellipse{AxisTerms(is_large ? c.major_large : c.major_small, m),
                              AxisTerms(is_large ? c.minor_large : c.minor_small, m)};
        return [&batch, unit, ellipse](std::size_t p) {
          return ln_motion(ellipse, batch.repi[p], batch.azimuth[p]) - unit;
        };
      });
      fill_deviations(out[i], c.sigma);
    }
  }

private:
  const CoefficientTable<Row>& table_;
  Magnitude scale_;
};

} // namespace

ModelFamily yu_2013() {
  static constexpr ModelEntry kModels[] = {
    {"YuEtAl2013Ms", make_plain<YuEtAl2013, Region::active, Magnitude::ms>},
    {"YuEtAl2013Mw", make_plain<YuEtAl2013, Region::active, Magnitude::mw>},
    {"YuEtAl2013MsStable", make_plain<YuEtAl2013, Region::stable, Magnitude::ms>},
    {"YuEtAl2013MwStable", make_plain<YuEtAl2013, Region::stable, Magnitude::mw>},
  };
  return kModels;
}

} // namespace oq::engine
