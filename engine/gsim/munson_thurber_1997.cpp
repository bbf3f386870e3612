// Munson and Thurber (1997), Bull. Seismol. Soc. Am. 87(4), 945-960: PGA on the island of Hawaii,
// with what the 1998 US hazard maps of Hawaii added.
#include "engine/gsim/published_model.hpp"

#include <algorithm>
#include <cmath>

namespace oq::engine {

namespace {

constexpr double kDepth = 11.29;      // km
constexpr double kAsh = 0.335;        // base 10, sites on ash
constexpr double kFastestAsh = 200.0; // m/s; lava sites have about 650
constexpr double kDeviation = 0.237;  // base 10
constexpr double kLargeSlope = 0.216; // base 10 a unit above M 7, Boore, Joyner and Fumal (1993)
constexpr double kLargestMagnitude = 7.7;

double magnitude_term(double m) {
  return 0.387 * (std::min(m, 7.0) - 6.0)
         + kLargeSlope * std::clamp(m - 7.0, 0.0, kLargestMagnitude - 7.0);
}

class MunsonThurber1997Hawaii final : public PublishedModel {
public:
  explicit MunsonThurber1997Hawaii(std::string name)
    : PublishedModel(std::move(name), need_mag | need_rjb | need_vs30,
                     StandardDeviations::total_only) {}

  bool supports(const Imt& imt) const override { return imt == kPga; }

  void predict(std::span<const Imt> imts, const PairBatch& batch,
               std::span<const GroundMotion> out) const override {
    for (std::size_t i = 0; i < imts.size(); ++i) {
      fill_means(batch, out[i], [&](std::size_t r) {
        return [&, source = 0.518 + magnitude_term(batch.mag[r])](std::size_t p) {
          const double distance = std::sqrt(batch.rjb[p] * batch.rjb[p] + kDepth * kDepth);
          const double ash = batch.vs30[p] <= kFastestAsh ? kAsh : 0.0;
          return (source - 0.00256 * distance + ash) * kLn10 - std::log(distance);
        };
      });
      fill_deviations(out[i], kDeviation * kLn10);
    }
  }
};

} // namespace

ModelFamily munson_thurber_1997() {
  static constexpr ModelEntry kModels[] = {
    {"MunsonThurber1997Hawaii", make_plain<MunsonThurber1997Hawaii>},
  };
  return kModels;
}

} // namespace oq::engine
