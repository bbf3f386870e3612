// GenericGmpeAvgSA: the geometric mean of spectral accelerations at several periods (Kohrangi,
// Bazzurro, Vamvatsikos and Spillatura 2017, Earthq. Eng. Struct. Dyn. 46(15), 2813-2834).
#include "engine/gsim/baker_jayaram_2008.hpp"
#include "engine/gsim/model_families.hpp"
#include "engine/gsim/wrapped_model.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <cmath>

namespace oq::engine {

namespace {

constexpr Imt kAvgSa{ImtKind::avg_sa};

class GenericAvgSa final : public WrappedModel {
public:
  GenericAvgSa(std::string name, std::shared_ptr<const GroundMotionModel> inner,
               std::vector<Imt> spectral)
    : WrappedModel(std::move(name), std::move(inner), 0), spectral_(std::move(spectral)) {
    for (const Imt& a : spectral_)
      for (const Imt& b : spectral_)
        correlation_.push_back(a == b ? 1.0 : baker_jayaram_2008(a.period, b.period));
  }

  StandardDeviations standard_deviations() const override { return StandardDeviations::total_only; }
  bool supports(const Imt& imt) const override { return imt == kAvgSa; }

  void predict(std::span<const Imt>, const PairBatch& batch,
               std::span<const GroundMotion> out) const override {
    const std::size_t pairs = batch.pairs(), count = spectral_.size();
    std::vector<double> scratch(4 * pairs * count);
    std::vector<GroundMotion> own(count);
    for (std::size_t i = 0; i < count; ++i) {
      const auto all = std::span(scratch).subspan(4 * pairs * i, 4 * pairs);
      own[i] = {all.subspan(0, pairs), all.subspan(pairs, pairs), all.subspan(2 * pairs, pairs),
                all.subspan(3 * pairs, pairs)};
    }
    inner().predict(spectral_, batch, own);
    for (const GroundMotion& motion : out) {
      std::ranges::fill(motion.tau, 0.0);
      std::ranges::fill(motion.phi, 0.0);
      for (std::size_t p = 0; p < pairs; ++p)
        average(own, p, motion);
    }
  }

private:
  // The variance of a mean of correlated normal variables.
  void average(const std::vector<GroundMotion>& own, std::size_t p, const GroundMotion& out) const {
    const std::size_t count = own.size();
    double sum = 0, variance = 0;
    for (std::size_t i = 0; i < count; ++i) {
      sum += own[i].ln_mean[p];
      for (std::size_t j = 0; j < count; ++j)
        variance += correlation_[i * count + j] * own[i].sigma[p] * own[j].sigma[p];
    }
    const auto n = static_cast<double>(count);
    out.ln_mean[p] = sum / n;
    out.sigma[p] = std::sqrt(variance / (n * n));
  }

  std::vector<Imt> spectral_;
  std::vector<double> correlation_; // row by row
};

Error refusal(const GsimSpec& spec, const std::string& reason) {
  return invalid_input(spec.name + ": " + reason, spec.where);
}

Result<std::vector<Imt>> read_periods(const GsimSpec& spec) {
  constexpr double kShortest = 0.01, kLongest = 10.0; // s, of the correlation
  constexpr std::size_t kMost = 100;
  const auto* given = spec.arguments.if_contains("avg_periods");
  const auto* list = given ? given->if_array() : nullptr;
  if (!list || list->empty() || list->size() > kMost)
    return refusal(spec, "avg_periods must be a list of up to 100 periods in seconds");
  std::vector<Imt> spectral;
  for (const auto& value : *list) {
    boost::json::error_code error;
    const double period = value.to_number<double>(error);
    if (error || !(period >= kShortest && period <= kLongest))
      return refusal(spec, "avg_periods must be between 0.01 and 10 s");
    spectral.push_back(sa(period));
  }
  return spectral;
}

Result<std::shared_ptr<const GroundMotionModel>> make(const GsimSpec& spec) {
  OQ_TRY(auto spectral, read_periods(spec));
  const auto* correlation = spec.arguments.if_contains("corr_func");
  if (!correlation || *correlation != "baker_jayaram")
    return refusal(spec, "corr_func must be 'baker_jayaram'; no other correlation is known");
  GsimSpec rest = spec;
  rest.arguments.erase("avg_periods");
  rest.arguments.erase("corr_func");
  OQ_TRY(InnerModel inner, make_named_inner(rest));
  for (const Imt& imt : spectral)
    if (!inner.model->supports(imt))
      return refusal(spec, inner.name + " does not predict " + imt.name());
  return std::shared_ptr<const GroundMotionModel>(
    std::make_shared<const GenericAvgSa>(spec.name, std::move(inner.model), std::move(spectral)));
}

} // namespace

ModelFamily generic_avg_sa() {
  static constexpr ModelEntry kModels[] = {{"GenericGmpeAvgSA", make}};
  return kModels;
}

} // namespace oq::engine
