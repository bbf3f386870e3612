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

// How a site's amplification is told: from vs30 and the table's reference velocity, from vs30 and
// 800 m/s, or by the classes of Eurocode 8.
enum class Site { vs30, fixed_reference, eurocode_8 };

// Base 10.
double site_term(const CauzziEtAlRow& c, Site site, double vs30) {
  switch (site) {
  case Site::vs30:
    return c.bv * std::log10(vs30 / c.va);
  case Site::fixed_reference:
    return c.bv_800 * std::log10(vs30 / 800.0);
  case Site::eurocode_8:
    return vs30 >= 800.0 ? 0.0 : vs30 >= 360.0 ? c.class_b : vs30 >= 180.0 ? c.class_c : c.class_d;
  }
  return 0.0;
}

class CauzziEtAl2014 final : public PublishedModel {
public:
  CauzziEtAl2014(std::string name, Site site, bool has_style, double ln_adjustment)
    : PublishedModel(std::move(name),
                     need_mag | need_rrup | need_vs30 | (has_style ? std::uint64_t{need_rake} : 0)),
      site_(site), has_style_(has_style), ln_adjustment_(ln_adjustment) {}

  bool supports(const Imt& imt) const override { return cauzzi_2014_table().supports(imt); }

  void predict(std::span<const Imt> imts, const PairBatch& batch,
               std::span<const GroundMotion> out) const override {
    for (std::size_t i = 0; i < imts.size(); ++i) {
      const CauzziEtAlRow c = cauzzi_2014_table().at(imts[i]);
      const double unit = ln_unit(imts[i]) + ln_adjustment_;
      fill_means(batch, out[i], [&](std::size_t r) {
        const double m = batch.mag[r];
        const double style = has_style_ ? style_term(c, batch.rake[r]) : 0.0;
        const double source = c.c1 + c.m1 * m + c.m2 * m * m + style;
        const double slope = c.r1 + c.r2 * m;
        return [=, this, &batch, &c](std::size_t p) {
          return (source + site_term(c, site_, batch.vs30[p])) * kLn10
                 + slope * std::log(batch.rrup[p] + c.r3) + unit;
        };
      });
      fill_deviations(out[i], (has_style_ ? c.sigma : c.sigma_no_style) * kLn10,
                      (has_style_ ? c.tau : c.tau_no_style) * kLn10, c.phi * kLn10);
    }
  }

private:
  Site site_;
  bool has_style_;
  double ln_adjustment_;
};

template <Site kSite, bool kHasStyle>
Result<std::shared_ptr<const GroundMotionModel>> make_model(const GsimSpec& spec) {
  Arguments arguments(spec);
  const double factor = arguments.positive("adjustment_factor", 1.0);
  OQ_CHECK(arguments.check());
  return std::shared_ptr<const GroundMotionModel>(
    std::make_shared<const CauzziEtAl2014>(model_name(spec), kSite, kHasStyle, std::log(factor)));
}

} // namespace

ModelFamily cauzzi_2014() {
  using enum Site;
  static constexpr ModelEntry kModels[] = {
    {"CauzziEtAl2014", make_model<vs30, true>},
    {"CauzziEtAl2014NoSOF", make_model<vs30, false>},
    {"CauzziEtAl2014FixedVs30", make_model<fixed_reference, true>},
    {"CauzziEtAl2014FixedVs30NoSOF", make_model<fixed_reference, false>},
    {"CauzziEtAl2014Eurocode8", make_model<eurocode_8, true>},
    {"CauzziEtAl2014Eurocode8NoSOF", make_model<eurocode_8, false>},
  };
  return kModels;
}

} // namespace oq::engine
