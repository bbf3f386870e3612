// Atkinson and Adams (2013), Can. J. Civ. Eng. 40, 988-998: earthquakes off the west coast in the
// 2015 national seismic hazard model of Canada.
#include "engine/gsim/model_families.hpp"
#include "engine/gsim/wrapped_model.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace oq::engine {

namespace {

// Offshore motions are those of western crustal earthquakes half a unit smaller.
constexpr double kMagnitudeShift = -0.5;
constexpr double kReferenceVs30 = 760.0; // m/s

// Of a rupture that runs anywhere about its epicentre, the distance to the nearest point is on
// average shorter than the epicentral one by 0.3 of its length: that of Wells and Coppersmith
// (1994), Bull. Seismol. Soc. Am. 84(4), 974-1002, table 2A, subsurface, all styles of faulting.
double equivalent_rjb(double mag, double repi) {
  return std::max(repi - 0.3 * std::pow(10.0, -2.44 + 0.59 * mag), 0.0);
}

// How far the lower and upper models are from the central one, base 10.
double spread(double rjb) {
  return std::min(0.1 + 0.0007 * rjb, 0.3);
}

// Base 10: 0.23 below 0.2 s and for peak acceleration, 0.27 above 1 s, linear in the period
// between.
double total_deviation(const Imt& imt) {
  constexpr double kShort = 0.2, kLong = 1.0; // s
  const double share = std::clamp((imt.period - kShort) / (kLong - kShort), 0.0, 1.0);
  return 0.23 + (0.27 - 0.23) * share;
}

enum class Side { lower = -1, central = 0, upper = 1 };

class OffshoreCanada final : public WrappedModel {
public:
  OffshoreCanada(std::string name, std::shared_ptr<const GroundMotionModel> crustal, Side side)
    : WrappedModel(std::move(name), std::move(crustal), 0), side_(static_cast<double>(side)) {}

  std::uint64_t needs() const override { return need_mag | need_rake | need_repi; }
  StandardDeviations standard_deviations() const override { return StandardDeviations::total_only; }
  bool supports(const Imt& imt) const override {
    return (imt == kPga || imt.is_sa()) && inner().supports(imt);
  }

  void predict(std::span<const Imt> imts, const PairBatch& batch,
               std::span<const GroundMotion> out) const override {
    std::vector<double> mag(batch.mag.begin(), batch.mag.end());
    std::vector<double> rjb(batch.pairs());
    for (std::size_t r = 0; r < batch.ruptures(); ++r) {
      mag[r] += kMagnitudeShift;
      for (std::size_t p = batch.first_pair[r]; p < batch.first_pair[r + 1]; ++p)
        rjb[p] = equivalent_rjb(mag[r], batch.repi[p]);
    }
    const UniformVs30 reference(batch, kReferenceVs30);
    PairBatch shifted = reference.view();
    shifted.mag = mag;
    shifted.rjb = rjb;
    inner().predict(imts, shifted, out);
    for (std::size_t i = 0; i < imts.size(); ++i) {
      for (std::size_t p = 0; p < batch.pairs(); ++p)
        out[i].ln_mean[p] += side_ * spread(rjb[p]) * kLn10;
      fill_deviations(out[i], total_deviation(imts[i]) * kLn10);
    }
  }

private:
  double side_;
};

template <Side kSide>
Result<std::shared_ptr<const GroundMotionModel>> make(const GsimSpec& spec) {
  OQ_CHECK(expect_no_arguments(spec));
  OQ_TRY(auto crustal,
         make_ground_motion_model({.name = "BooreAtkinson2011", .where = spec.where}));
  return std::shared_ptr<const GroundMotionModel>(
    std::make_shared<const OffshoreCanada>(model_name(spec), std::move(crustal), kSide));
}

} // namespace

ModelFamily atkinson_adams_2013() {
  static constexpr ModelEntry kModels[] = {
    {"OceanicCan15Low", make<Side::lower>},
    {"OceanicCan15Mid", make<Side::central>},
    {"OceanicCan15Upp", make<Side::upper>},
  };
  return kModels;
}

} // namespace oq::engine
