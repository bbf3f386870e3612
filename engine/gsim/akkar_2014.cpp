// Akkar, Sandikkaya and Bommer (2014), Bull. Earthq. Eng. 12(1), 359-387 (erratum 389-390): active
// crust of Europe and the Middle East, for three distance measures.
#include "engine/gsim/akkar_2014.hpp"

#include "engine/gsim/arguments.hpp"
#include "engine/gsim/published_model.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace oq::engine {

namespace {

constexpr double kHingeMagnitude = 6.75;
constexpr double kReferenceVs30 = 750.0; // m/s
constexpr double kFastestVs30 = 1000.0;  // m/s

struct Measure {
  std::span<const double> PairBatch::*distance;
  Needs need;
  const CoefficientTable<AkkarRow>& (*table)();
};
constexpr Measure kRjb{&PairBatch::rjb, need_rjb, akkar_2014_rjb_table};
constexpr Measure kRepi{&PairBatch::repi, need_repi, akkar_2014_repi_table};
constexpr Measure kRhypo{&PairBatch::rhypo, need_rhypo, akkar_2014_rhypo_table};

// Equations 2a and 2b with what the rupture fixes.
struct RockTerms {
  double source, slope, a6_2;

  double at(double r) const { return source + slope * 0.5 * std::log(r * r + a6_2); }
};

double style_term(const AkkarRow& c, double rake) {
  if (rake > -135.0 && rake < -45.0)
    return c.a8;
  return rake > 45.0 && rake < 135.0 ? c.a9 : 0.0;
}

RockTerms rock_terms(const AkkarRow& c, double mag, double rake) {
  const double over = mag - kHingeMagnitude;
  const double below_8p5 = 8.5 - mag;
  return {.source = c.a1 + (mag <= kHingeMagnitude ? c.a2 : c.a7) * over
                    + c.a3 * below_8p5 * below_8p5 + style_term(c, rake),
          .slope = c.a4 + c.a5 * over,
          .a6_2 = c.a6 * c.a6};
}

// Equations 3a to 3c; `rock_pga` in g.
double site_term(const AkkarRow& c, double vs30, double rock_pga) {
  const double ln_q = std::log(std::min(vs30, kFastestVs30) / kReferenceVs30);
  if (!(vs30 < kReferenceVs30))
    return c.b1 * ln_q;
  const double softening = std::exp(c.n * ln_q);
  return c.b1 * ln_q
         + c.b2 * std::log((rock_pga + c.c * softening) / ((rock_pga + c.c) * softening));
}

class AkkarEtAl2014 final : public PublishedModel {
public:
  AkkarEtAl2014(std::string name, const Measure& measure, double ln_adjustment)
    : PublishedModel(std::move(name), need_mag | need_rake | need_vs30 | measure.need),
      measure_(measure), ln_adjustment_(ln_adjustment) {}

  bool supports(const Imt& imt) const override { return measure_.table().supports(imt); }

  void predict(std::span<const Imt> imts, const PairBatch& batch,
               std::span<const GroundMotion> out) const override {
    const std::span<const double> distance = batch.*measure_.distance;
    thread_local std::vector<double> rock_pga;
    rock_pga.resize(batch.pairs());
    const AkkarRow pga = measure_.table().at(kPga);
    for (std::size_t r = 0; r < batch.ruptures(); ++r) {
      const RockTerms rock = rock_terms(pga, batch.mag[r], batch.rake[r]);
      for (std::size_t p = batch.first_pair[r]; p < batch.first_pair[r + 1]; ++p)
        rock_pga[p] = std::exp(rock.at(distance[p]));
    }
    for (std::size_t i = 0; i < imts.size(); ++i) {
      const AkkarRow c = measure_.table().at(imts[i]);
      fill_means(batch, out[i], [&](std::size_t r) {
        return [&, rock = rock_terms(c, batch.mag[r], batch.rake[r])](std::size_t p) {
          return rock.at(distance[p]) + site_term(c, batch.vs30[p], rock_pga[p]) + ln_adjustment_;
        };
      });
      fill_deviations(out[i], std::sqrt(c.sigma * c.sigma + c.tau * c.tau), c.tau, c.sigma);
    }
  }

private:
  const Measure& measure_;
  double ln_adjustment_;
};

template <const Measure& kMeasure>
Result<std::shared_ptr<const GroundMotionModel>> make_model(const GsimSpec& spec) {
  Arguments arguments(spec);
  const double factor = arguments.positive("adjustment_factor", 1.0);
  OQ_CHECK(arguments.check());
  return std::shared_ptr<const GroundMotionModel>(
    std::make_shared<const AkkarEtAl2014>(model_name(spec), kMeasure, std::log(factor)));
}

} // namespace

ModelFamily akkar_2014() {
  static constexpr ModelEntry kModels[] = {
    {"AkkarEtAlRjb2014", make_model<kRjb>},
    {"AkkarEtAlRepi2014", make_model<kRepi>},
    {"AkkarEtAlRhyp2014", make_model<kRhypo>},
    {"AkkarEtAl2013", make_model<kRjb>},
  };
  return kModels;
}

} // namespace oq::engine
