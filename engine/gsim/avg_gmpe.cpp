// AvgGMPE and AvgPoeGMPE: weighted means of several models, of their moments or of their
// probabilities.
#include "engine/gsim/mixture.hpp"
#include "engine/gsim/model_families.hpp"
#include "engine/gsim/wrapped_model.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace oq::engine {

namespace {

std::uint64_t needs_of(const std::vector<MixturePart>& parts) {
  std::uint64_t needs = 0;
  for (const MixturePart& part : parts)
    needs |= part.model->needs();
  return needs;
}

StandardDeviations deviations_of(const std::vector<MixturePart>& parts) {
  const bool all = std::ranges::all_of(parts, [](const MixturePart& part) {
    return part.model->standard_deviations() == StandardDeviations::total_between_within;
  });
  return all ? StandardDeviations::total_between_within : StandardDeviations::total_only;
}

bool all_support(const std::vector<MixturePart>& parts, const Imt& imt) {
  return std::ranges::all_of(parts, [&](const MixturePart& part) {
    return part.model->supports(imt);
  });
}

// Means of medians and of variances; what the medians differ by is not added to the variance.
class AverageOfMoments final : public PublishedModel {
public:
  AverageOfMoments(std::string name, std::vector<MixturePart> parts)
    : PublishedModel(std::move(name), needs_of(parts), deviations_of(parts)),
      parts_(std::move(parts)) {
    double sum = 0;
    for (const MixturePart& part : parts_)
      sum += part.weight;
    for (MixturePart& part : parts_)
      part.weight /= sum;
  }

  bool supports(const Imt& imt) const override { return all_support(parts_, imt); }

  void predict(std::span<const Imt> imts, const PairBatch& batch,
               std::span<const GroundMotion> out) const override {
    const std::size_t pairs = batch.pairs();
    std::vector<double> scratch(4 * pairs * imts.size());
    std::vector<GroundMotion> own(imts.size());
    for (std::size_t i = 0; i < imts.size(); ++i) {
      const auto all = std::span(scratch).subspan(4 * pairs * i, 4 * pairs);
      own[i] = {all.subspan(0, pairs), all.subspan(pairs, pairs), all.subspan(2 * pairs, pairs),
                all.subspan(3 * pairs, pairs)};
    }
    for (const GroundMotion& motion : out)
      for (const auto& values : {motion.ln_mean, motion.sigma, motion.tau, motion.phi})
        std::ranges::fill(values, 0.0);
    for (const MixturePart& part : parts_) {
      part.model->predict(imts, batch, own);
      for (std::size_t i = 0; i < imts.size(); ++i)
        add(own[i], part.weight, out[i]);
    }
    for (const GroundMotion& motion : out)
      for (const auto& values : {motion.sigma, motion.tau, motion.phi})
        for (double& value : values)
          value = std::sqrt(value);
  }

private:
  static void add(const GroundMotion& own, double weight, const GroundMotion& out) {
    for (std::size_t p = 0; p < out.ln_mean.size(); ++p)
      out.ln_mean[p] += weight * own.ln_mean[p];
    const auto add_squares = [&](std::span<const double> from, std::span<double> to) {
      for (std::size_t p = 0; p < to.size(); ++p)
        to[p] += weight * from[p] * from[p];
    };
    add_squares(own.sigma, out.sigma);
    add_squares(own.tau, out.tau);
    add_squares(own.phi, out.phi);
  }

  std::vector<MixturePart> parts_;
};

// The mean of probabilities of exceedance has no median and no deviation of its own.
class AverageOfProbabilities final : public MixtureModel {
public:
  AverageOfProbabilities(std::string name, std::vector<MixturePart> parts)
    : MixtureModel(parts), name_(std::move(name)), parts_(std::move(parts)) {}

  std::string name() const override { return name_; }
  std::uint64_t needs() const override { return needs_of(parts_); }
  StandardDeviations standard_deviations() const override { return StandardDeviations::total_only; }
  bool supports(const Imt& imt) const override { return all_support(parts_, imt); }
  void predict(std::span<const Imt>, const PairBatch&,
               std::span<const GroundMotion> out) const override {
    constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
    for (const GroundMotion& motion : out) {
      std::ranges::fill(motion.ln_mean, kNone);
      fill_deviations(motion, kNone, kNone, kNone);
    }
  }

private:
  std::string name_;
  std::vector<MixturePart> parts_;
};

Error refusal(const GsimSpec& spec, const std::string& reason) {
  return invalid_input(spec.name + ": " + reason, spec.where);
}

// `b1.AkkarBommer2010.weight = 0.2` and the model's other arguments beside the weight.
Result<MixturePart> read_part(const GsimSpec& spec, std::string_view branch,
                              const boost::json::value& named) {
  if (!named.is_object() || named.get_object().size() != 1)
    return refusal(spec, std::string(branch) + " must name one model");
  const auto& model = *named.get_object().begin();
  if (!model.value().is_object())
    return refusal(spec, std::string(branch) + " needs a weight");
  boost::json::object arguments;
  double weight = -1;
  for (const auto& [key, value] : model.value().get_object()) {
    boost::json::error_code error;
    if (key != "weight")
      arguments[key] = value;
    else if (weight = value.to_number<double>(error); error || !std::isfinite(weight))
      weight = -1;
  }
  if (weight < 0)
    return refusal(spec, std::string(branch) + " needs a weight that is not negative");
  OQ_TRY(InnerModel inner, make_inner(spec, std::string(model.key()), arguments));
  return MixturePart{std::move(inner.model), weight, 1.0};
}

Result<std::vector<MixturePart>> read_parts(const GsimSpec& spec) {
  std::vector<MixturePart> parts;
  double sum = 0;
  for (const auto& [branch, named] : spec.arguments) {
    OQ_TRY(parts.emplace_back(), read_part(spec, branch, named));
    sum += parts.back().weight;
  }
  if (!(sum > 0))
    return refusal(spec, "needs models whose weights do not sum to 0");
  return parts;
}

Result<std::shared_ptr<const GroundMotionModel>> make_of_moments(const GsimSpec& spec) {
  OQ_TRY(auto parts, read_parts(spec));
  return std::shared_ptr<const GroundMotionModel>(
    std::make_shared<const AverageOfMoments>(spec.name, std::move(parts)));
}

Result<std::shared_ptr<const GroundMotionModel>> make_of_probabilities(const GsimSpec& spec) {
  OQ_TRY(const auto given, read_parts(spec));
  std::vector<MixturePart> parts;
  for (const MixturePart& part : given) {
    if (mixture_of(*part.model).empty()) {
      parts.push_back(part);
      continue;
    }
    for (const MixturePart& inner : mixture_of(*part.model))
      parts.push_back({inner.model, part.weight * inner.weight, inner.sigma_factor});
  }
  return std::shared_ptr<const GroundMotionModel>(
    std::make_shared<const AverageOfProbabilities>(spec.name, std::move(parts)));
}

} // namespace

ModelFamily avg_gmpe() {
  static constexpr ModelEntry kModels[] = {
    {"AvgGMPE", make_of_moments},
    {"AvgPoeGMPE", make_of_probabilities},
  };
  return kModels;
}

} // namespace oq::engine
