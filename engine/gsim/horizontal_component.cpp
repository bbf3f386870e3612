// Conversions by Beyer and Bommer (2006), Bull. Seismol. Soc. Am. 96(4A), 1512-1522, and of RotD50
// by Boore and Kishida (2017), Bull. Seismol. Soc. Am. 107(1), 336-343.
#include "engine/gsim/horizontal_component.hpp"

#include "engine/gsim/mixture.hpp"
#include "engine/gsim/wrapped_model.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <string_view>

namespace oq::engine {

namespace {

// Tables 2 and 3: of PGA and PGV, and of SA up to 0.15 s and from 0.8 s on.
struct Ratios {
  double peak_median, peak_deviation, peak_sigma;
  double median[2], deviation[2], sigma;
};
constexpr Ratios kGmRotI50{1.0, 0.02, 1.00, {1.0, 1.0}, {0.03, 0.04}, 1.00};
constexpr Ratios kRandom{1.0, 0.07, 1.03, {1.0, 1.0}, {0.07, 0.11}, 1.05};
constexpr Ratios kLarger{1.1, 0.05, 1.02, {1.1, 1.2}, {0.04, 0.07}, 1.02};
// Boore and Kishida (2017), of PGA and PGV; spectral motions have ratios by period.
constexpr Ratios kRotD50{1.009, 0.0, 1.00, {1.0, 1.0}, {0.0, 0.0}, 1.00};

// Boore and Kishida (2017), RotD50 over the geometric mean as recorded: linear in the logarithm of
// the period between these.
struct Corner {
  double period, ratio;
};
constexpr Corner kCorners[] = {{0.09, 1.009}, {0.58, 1.028}, {4.59, 1.042}, {8.93, 1.077}};

double rot_d50_over_geometric_mean(double period) {
  if (period <= std::begin(kCorners)->period)
    return std::begin(kCorners)->ratio;
  for (std::size_t i = 1; i < std::size(kCorners); ++i)
    if (const Corner& low = kCorners[i - 1], &high = kCorners[i]; period < high.period)
      return low.ratio
             + (high.ratio - low.ratio) * std::log(period / low.period)
                 / std::log(high.period / low.period);
  return std::rbegin(kCorners)->ratio;
}

enum class Component { geometric_mean, gm_rot_i50, random, larger, rot_d50 };

struct Named {
  std::string_view models; // all whose names begin so
  Component component;
};
// What is not listed predicts the geometric mean.
constexpr Named kNamed[] = {
  {"AbrahamsonEtAl2014", Component::rot_d50},
  {"AbrahamsonGulerce2020", Component::rot_d50},
  {"AbrahamsonSilva2008", Component::gm_rot_i50},
  {"Atkinson2008prime", Component::gm_rot_i50},
  {"Atkinson2015", Component::rot_d50},
  {"AtkinsonBoore2003", Component::random},
  {"AtkinsonMacias2009", Component::random},
  {"BooreAtkinson20", Component::gm_rot_i50},
  {"BooreEtAl1997ArbitraryHorizontal", Component::random},
  {"BooreEtAl2014", Component::rot_d50},
  {"CampbellBozorgnia2008", Component::gm_rot_i50},
  {"CampbellBozorgnia2014", Component::rot_d50},
  {"CampbellBozorgnia2019", Component::rot_d50},
  {"ChiouYoungs2008", Component::gm_rot_i50},
  {"ChiouYoungs2014", Component::rot_d50},
  {"ESHM20Craton", Component::rot_d50},
  {"ESHM20Iceland", Component::rot_d50},
  {"ESHM20ShallowCrust", Component::rot_d50},
  {"Idriss2014", Component::rot_d50},
  {"KothaEtAl2020", Component::rot_d50},
  {"KuehnEtAl2020", Component::rot_d50},
  {"McVerry2006", Component::larger},
  {"MunsonThurber1997", Component::larger},
  {"OceanicCan15", Component::gm_rot_i50},
  {"PezeshkEtAl2011", Component::gm_rot_i50},
  {"SiMidorikawa1999", Component::larger},
  {"TusaLanger2016", Component::larger},
};

Component component_of(const GroundMotionModel& model) {
  if (const auto* wrapped = dynamic_cast<const WrappedModel*>(&model))
    return component_of(wrapped->inner());
  const std::string name = model.name();
  const auto* found = std::ranges::find_if(kNamed, [&](const Named& known) {
    return name.starts_with(known.models);
  });
  return found == std::end(kNamed) ? Component::geometric_mean : found->component;
}

// What the geometric mean is converted from: its median times `median`, its deviation times `sigma`
// and that of the ratio.
struct Factors {
  double median, deviation, sigma;
};

Factors factors_at(const Ratios& ratios, const Imt& imt) {
  if (!imt.is_sa())
    return {ratios.peak_median, ratios.peak_deviation, ratios.peak_sigma};
  if (&ratios == &kRotD50)
    return {rot_d50_over_geometric_mean(imt.period), 0.0, 1.0};
  constexpr double kShort = 0.15, kLong = 0.8; // s
  const double share =
    std::clamp(std::log(imt.period / kShort) / std::log(kLong / kShort), 0.0, 1.0);
  return {ratios.median[0] + (ratios.median[1] - ratios.median[0]) * share,
          ratios.deviation[0] + (ratios.deviation[1] - ratios.deviation[0]) * share, ratios.sigma};
}

class GeometricMean final : public WrappedModel {
public:
  GeometricMean(std::shared_ptr<const GroundMotionModel> inner, const Ratios& ratios)
    : WrappedModel(inner->name(), inner, 0), ratios_(ratios) {}

  void predict(std::span<const Imt> imts, const PairBatch& batch,
               std::span<const GroundMotion> out) const override {
    inner().predict(imts, batch, out);
    for (std::size_t i = 0; i < imts.size(); ++i) {
      const Factors factors = factors_at(ratios_, imts[i]);
      const double shift = std::log(factors.median);
      for (double& ln_mean : out[i].ln_mean)
        ln_mean -= shift;
      for (double& sigma : out[i].sigma) // equation 8
        sigma = std::sqrt(sigma * sigma - factors.deviation * factors.deviation) / factors.sigma;
    }
  }

private:
  const Ratios& ratios_;
};

} // namespace

Result<std::shared_ptr<const GroundMotionModel>>
to_geometric_mean(std::shared_ptr<const GroundMotionModel> model) {
  const Ratios* ratios = nullptr;
  switch (component_of(*model)) {
  case Component::geometric_mean:
    return model;
  case Component::rot_d50:
    ratios = &kRotD50;
    break;
  case Component::gm_rot_i50:
    ratios = &kGmRotI50;
    break;
  case Component::random:
    ratios = &kRandom;
    break;
  case Component::larger:
    ratios = &kLarger;
    break;
  }
  if (!mixture_of(*model).empty())
    return invalid_input(model->name() + " is a mixture and is not converted");
  return std::shared_ptr<const GroundMotionModel>(
    std::make_shared<const GeometricMean>(std::move(model), *ratios));
}

Result<std::shared_ptr<const GroundMotionModel>> make_ground_motion_model(const GsimSpec& spec,
                                                                          bool as_geometric_mean) {
  OQ_TRY(std::shared_ptr<const GroundMotionModel> model, make_ground_motion_model(spec));
  if (!as_geometric_mean)
    return model;
  auto converted = to_geometric_mean(std::move(model));
  return converted ? std::move(converted) : invalid_input(converted.error().message, spec.where);
}

} // namespace oq::engine
