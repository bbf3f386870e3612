// Si and Midorikawa (1999), J. Struct. Constr. Eng. AIJ 523, 63-70: Japan, peak motions, as given
// in NIED (2009), Technical Note 336, pp. 148-151.
#include "engine/gsim/published_model.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace oq::engine {

namespace {

enum class Event { crustal, interface_, slab };

struct Constants { // base 10, g and cm/s
  double by_mag, by_depth, event[3], constant, saturation, attenuation;
};
// Equation 3.5.1-1.
constexpr Constants kVelocity{0.58, 0.0038, {0.0, -0.02, 0.12}, -1.29, 0.0028, 0.002};
constexpr Constants kAcceleration{0.50, 0.0043, {0.0, 0.01, 0.22}, 0.61, 0.0055, 0.003};

constexpr double kLargestMagnitude = 8.3;

// The model knows three velocities; its PGV factor is used for PGA as well.
double site_term(double vs30) {
  constexpr double kTolerance = 1e-10;
  if (std::abs(vs30 - 600.0) < kTolerance)
    return 0.0;
  if (std::abs(vs30 - 400.0) < kTolerance)
    return std::log(1.41);
  if (std::abs(vs30 - 800.0) < kTolerance)
    return -std::log(1.25);
  return std::numeric_limits<double>::quiet_NaN();
}

// Equations 3.5.5-1 (crustal events, by distance) and 3.5.5-2 (others, by amplitude); base 10.
double deviation(Event event, double rrup, double log10_y) {
  if (event == Event::crustal) {
    const double r = std::clamp(rrup, 20.0, 30.0);
    return 0.23 - 0.03 * std::log(r / 20.0) / std::log(1.5);
  }
  const double amplitude = std::clamp(std::exp(log10_y * kLn10), 25.0, 50.0);
  return 0.20 - 0.05 * (amplitude - 25.0) / 25.0;
}

class SiMidorikawa1999 final : public PublishedModel {
public:
  SiMidorikawa1999(std::string name, Event event)
    : PublishedModel(std::move(name), need_mag | need_hypo_depth | need_rrup | need_vs30,
                     StandardDeviations::total_only),
      event_(event) {}

  bool supports(const Imt& imt) const override { return imt == kPga || imt == kPgv; }

  void predict(std::span<const Imt> imts, const PairBatch& batch,
               std::span<const GroundMotion> out) const override {
    for (std::size_t i = 0; i < imts.size(); ++i) {
      const Constants& c = imts[i] == kPgv ? kVelocity : kAcceleration;
      const double unit = imts[i] == kPgv ? 0.0 : kLnGravityCm / kLn10;
      fill_motions(batch, out[i], [&](std::size_t r) {
        const double m = std::min(batch.mag[r], kLargestMagnitude);
        const double source = c.by_mag * m + c.by_depth * batch.hypo_depth[r]
                              + c.event[static_cast<int>(event_)] + c.constant - unit;
        const double saturation = c.saturation * std::exp(0.5 * m * kLn10);
        return [=, this, &batch, &c](std::size_t p) {
          const double rrup = batch.rrup[p];
          const double log10_y = source - std::log10(rrup + saturation) - c.attenuation * rrup;
          return LogNormal{.ln_mean = log10_y * kLn10 + site_term(batch.vs30[p]),
                           .sigma = kLn10 * deviation(event_, rrup, log10_y)};
        };
      });
    }
  }

private:
  Event event_;
};

} // namespace

ModelFamily si_midorikawa_1999() {
  static constexpr ModelEntry kModels[] = {
    {"SiMidorikawa1999Asc", make_plain<SiMidorikawa1999, Event::crustal>},
    {"SiMidorikawa1999SInter", make_plain<SiMidorikawa1999, Event::interface_>},
    {"SiMidorikawa1999SSlab", make_plain<SiMidorikawa1999, Event::slab>},
  };
  return kModels;
}

} // namespace oq::engine
