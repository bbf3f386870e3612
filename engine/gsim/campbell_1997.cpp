// Campbell (1997), Seismol. Res. Lett. 68(1), 154-179, with the errata of 2000 and 2001: PGA near
// shallow earthquakes worldwide.
#include "engine/gsim/published_model.hpp"

#include <algorithm>
#include <cmath>

namespace oq::engine {

namespace {

// km; stands for the distance to the seismogenic part of the rupture (Campbell and Bozorgnia 2003).
constexpr double kLeastDistance = 3.0;

// Equation 3's deviation, which falls as the motion grows.
double deviation_of(double ln_pga) {
  const double pga = std::exp(ln_pga);
  return pga < 0.068 ? 0.55 : pga <= 0.21 ? 0.173 - 0.140 * ln_pga : 0.39;
}

class Campbell1997 final : public PublishedModel {
public:
  explicit Campbell1997(std::string name)
    : PublishedModel(std::move(name), need_mag | need_rake | need_rrup | need_vs30,
                     StandardDeviations::total_only) {}

  bool supports(const Imt& imt) const override { return imt == kPga; }

  // Equation 3.
  void predict(std::span<const Imt> imts, const PairBatch& batch,
               std::span<const GroundMotion> out) const override {
    for (std::size_t i = 0; i < imts.size(); ++i)
      fill_motions(batch, out[i], [&](std::size_t r) {
        const double m = batch.mag[r];
        const double reverse = batch.rake[r] >= 30.0 && batch.rake[r] <= 150.0 ? 1.0 : 0.0;
        const double saturation = 0.149 * std::exp(0.647 * m);
        return [=, &batch](std::size_t p) {
          const double distance = std::max(batch.rrup[p], kLeastDistance);
          const double ln_distance = std::log(distance);
          const double ln_y =
            -3.512 + 0.904 * m
            - 1.328 * 0.5 * std::log(distance * distance + saturation * saturation)
            + (1.125 - 0.112 * ln_distance - 0.0957 * m) * reverse
            + site_term(batch.vs30[p], ln_distance);
          return LogNormal{.ln_mean = ln_y, .sigma = deviation_of(ln_y)};
        };
      });
  }

private:
  // Soil has no term of its own.
  static double site_term(double vs30, double ln_distance) {
    return vs30 >= 760.0 ? 0.440 - 0.171 * ln_distance : 0.0;
  }
};

} // namespace

ModelFamily campbell_1997() {
  static constexpr ModelEntry kModels[] = {{"Campbell1997", make_plain<Campbell1997>}};
  return kModels;
}

} // namespace oq::engine
