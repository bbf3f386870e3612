// Cauzzi, Faccioli, Vanini and Bianchini (2015, online 2014), Bull. Earthq. Eng. 13(6), 1587-1612:
// active crust, displacement spectra of digital records.
#include "engine/gsim/cauzzi_2014.hpp"

#include "engine/gsim/arguments.hpp"
#include "engine/gsim/published_model.hpp"

#include <cmath>

namespace oq::engine {

namespace {

double style_term(const CauzziEtAlRow& c, double rake) {
  if (rake > -150.0 && rake <= -30.0)
    return c.f_normal;
  return rake > 30.0 && rake <= 150.0 ? c.f_reverse : c.f_strike_slip;
}

// Natural logarithm of the factor from cm of spectral displacement; PGA is that of 0.01 s.
double ln_unit(const Imt& imt) {
  if (imt == kPgv)
    return 0.0;
  const double period = imt == kPga ? 0.01 : imt.period;
  return 2.0 * std::log(2.0 * std::numbers::pi / period) - kLnGravityCm;
}

class CauzziEtAl2014 final : public PublishedModel {
public:
  CauzziEtAl2014(std::string name, double ln_adjustment)
    : PublishedModel(std::move(name), need_mag | need_rake | need_rrup | need_vs30),
      ln_adjustment_(ln_adjustment) {}

  bool supports(const Imt& imt) const override { return cauzzi_2014_table().supports(imt); }

  void predict(std::span<const Imt> imts, const PairBatch& batch,
               std::span<const GroundMotion> out) const override {
    for (std::size_t i = 0; i < imts.size(); ++i) {
      const CauzziEtAlRow c = cauzzi_2014_table().at(imts[i]);
      const double unit = ln_unit(imts[i]) + ln_adjustment_;
      fill_means(batch, out[i], [&](std::size_t r) {
        const double m = batch.mag[r];
        const double source = c.c1 + c.m1 * m + c.m2 * m * m + style_term(c, batch.rake[r]);
        const double slope = c.r1 + c.r2 * m;
        return [=, &batch, &c](std::size_t p) {
          return source * kLn10 + slope * std::log(batch.rrup[p] + c.r3)
                 + c.bv * std::log(batch.vs30[p] / c.va) + unit;
        };
      });
      fill_deviations(out[i], c.sigma * kLn10, c.tau * kLn10, c.phi * kLn10);
    }
  }

private:
  double ln_adjustment_;
};

Result<std::shared_ptr<const GroundMotionModel>> make_model(const GsimSpec& spec) {
  Arguments arguments(spec);
  const double factor = arguments.positive("adjustment_factor", 1.0);
  OQ_CHECK(arguments.check());
  return std::shared_ptr<const GroundMotionModel>(
    std::make_shared<const CauzziEtAl2014>(model_name(spec), std::log(factor)));
}

} // namespace

ModelFamily cauzzi_2014() {
  static constexpr ModelEntry kModels[] = {{"CauzziEtAl2014", make_model}};
  return kModels;
}

} // namespace oq::engine
