// The order of draws is the reference engine's (engine notes 3.1, step 8).
#include "engine/gmf/ground_motion_fields.hpp"

#include "engine/random/normal.hpp"

#include <algorithm>
#include <cmath>

namespace oq::engine {
namespace {

class FieldMaker {
public:
  FieldMaker(const RuptureMotion& motion, const FieldSettings& settings, std::uint64_t seed,
             RuptureFields& out)
    : motion_(motion), settings_(settings), generator_(seed),
      truncated_(settings.across.within_truncation(settings.truncation_level)), out_(out) {}

  // Fields of the events that use one model.
  Result<void> add(std::size_t model, const std::vector<std::size_t>& events) {
    const std::size_t imts = settings_.imts.size(), sites = motion_.sites.size();
    std::vector<std::vector<double>> within(imts);
    for (auto& residuals : within) {
      residuals.resize(sites * events.size());
      for (double& residual : residuals)
        residual = truncated_(generator_);
    }
    settings_.across.correlate_within(within);
    const auto between = settings_.across.draw_between(generator_, events.size());
    for (std::size_t imt = 0; imt < imts; ++imt)
      OQ_CHECK(add_imt(model, imt, events, within[imt],
                       std::span(between).subspan(imt * events.size(), events.size())));
    return {};
  }

private:
  Result<void> add_imt(std::size_t model, std::size_t imt, const std::vector<std::size_t>& events,
                       std::vector<double>& within, std::span<const double> between) {
    const std::size_t imts = settings_.imts.size(), sites = motion_.sites.size();
    const auto& predicted = motion_.at(model, imt, imts);
    const bool has_parts = std::ranges::any_of(predicted.phi, [](double phi) {
      return phi > 0;
    });
    const auto& deviation = has_parts ? predicted.phi : predicted.sigma;
    const bool random = settings_.truncation_level > 0;
    if (settings_.within && random) {
      if (!has_parts)
        return invalid_input("ground_motion_correlation_model needs models with between- and "
                             "within-event standard deviations");
      OQ_CHECK(settings_.within->apply(settings_.imts[imt], motion_.sites, deviation, events.size(),
                                       within));
    } else {
      for (std::size_t site = 0; site < sites; ++site)
        for (std::size_t e = 0; e < events.size(); ++e)
          within[site * events.size() + e] *= random ? deviation[site] : 0.0;
    }
    const bool is_plain = settings_.imts[imt].kind == ImtKind::mmi;
    for (std::size_t e = 0; e < events.size(); ++e) {
      const float epsilon = static_cast<float>(between[e]);
      const std::size_t row = events[e] * imts + imt;
      out_.epsilon[row] = epsilon;
      out_.sigma[row] = !has_parts ? std::numeric_limits<float>::quiet_NaN()
                        : random   ? static_cast<float>(*std::ranges::max_element(predicted.tau))
                                   : 0.F;
      for (std::size_t site = 0; site < sites; ++site) {
        double value = predicted.ln_mean[site] + within[site * events.size() + e];
        if (has_parts && random)
          value += predicted.tau[site] * static_cast<double>(epsilon);
        value = is_plain ? value : std::exp(value);
        if (value > settings_.extreme[imt])
          value = is_plain ? predicted.ln_mean[site] : std::exp(predicted.ln_mean[site]);
        out_.values[(events[e] * sites + site) * imts + imt] = static_cast<float>(value);
      }
    }
    return {};
  }

  const RuptureMotion& motion_;
  const FieldSettings& settings_;
  Pcg64 generator_;
  TruncatedNormalSampler truncated_;
  RuptureFields& out_;
};

} // namespace

void drop_weak_fields(const FieldSettings& settings, std::vector<float>& values) {
  const std::size_t imts = settings.imts.size();
  if (std::ranges::all_of(settings.minimum, [](double minimum) {
        return minimum <= 0;
      }))
    return;
  for (std::size_t row = 0; row < values.size(); row += imts) {
    bool weak = true;
    for (std::size_t imt = 0; imt < imts; ++imt)
      weak = weak && static_cast<double>(values[row + imt]) < settings.minimum[imt];
    if (weak)
      std::fill_n(values.begin() + static_cast<std::ptrdiff_t>(row), imts, 0.0F);
  }
}

Result<RuptureFields> compute_fields(const RuptureMotion& motion,
                                     std::span<const std::size_t> model_of_event,
                                     std::uint64_t seed, const FieldSettings& settings) {
  const std::size_t imts = settings.imts.size();
  RuptureFields fields;
  fields.values.resize(model_of_event.size() * motion.sites.size() * imts);
  fields.sigma.resize(model_of_event.size() * imts);
  fields.epsilon.resize(model_of_event.size() * imts);
  if (motion.sites.empty())
    return fields;
  FieldMaker maker(motion, settings, seed, fields);
  // Models draw in the order in which the events name them.
  std::vector<std::size_t> models;
  std::vector<std::vector<std::size_t>> events(motion.by_model_and_imt.size() / imts);
  for (std::size_t e = 0; e < model_of_event.size(); ++e) {
    if (events[model_of_event[e]].empty())
      models.push_back(model_of_event[e]);
    events[model_of_event[e]].push_back(e);
  }
  for (const std::size_t model : models)
    OQ_CHECK(maker.add(model, events[model]));
  drop_weak_fields(settings, fields.values);
  return fields;
}

} // namespace oq::engine
