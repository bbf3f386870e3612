// A mixture of log-normal distributions with one median, as in Kuehn et al. (2015) for heavy tails.
#include "engine/gsim/sigma_mixture.hpp"

#include "engine/gsim/mixture.hpp"
#include "engine/gsim/wrapped_model.hpp"

#include <cmath>

namespace oq::engine {

namespace {

class SigmaMixture final : public MixtureModel {
public:
  SigmaMixture(std::string name, std::shared_ptr<const GroundMotionModel> inner,
               std::vector<MixturePart> parts)
    : MixtureModel(std::move(parts)), name_(std::move(name)), inner_(std::move(inner)) {}

  std::string name() const override { return name_; }
  std::uint64_t needs() const override { return inner_->needs(); }
  StandardDeviations standard_deviations() const override { return inner_->standard_deviations(); }
  bool supports(const Imt& imt) const override { return inner_->supports(imt); }
  void predict(std::span<const Imt> imts, const PairBatch& batch,
               std::span<const GroundMotion> out) const override {
    inner_->predict(imts, batch, out);
  }

private:
  std::string name_;
  std::shared_ptr<const GroundMotionModel> inner_;
};

Error refusal(const GsimSpec& spec, const std::string& reason) {
  return invalid_input(spec.name + ": mixture_model " + reason, spec.where);
}

Result<std::vector<double>> numbers(const GsimSpec& spec, const boost::json::object& mixture,
                                    const char* key) {
  std::vector<double> result;
  const auto* list = mixture.if_contains(key);
  if (!list || !list->is_array() || list->get_array().empty())
    return refusal(spec, std::string("needs a list of ") + key);
  for (const auto& item : list->get_array()) {
    boost::json::error_code error;
    result.push_back(item.to_number<double>(error));
    if (error || !(result.back() > 0) || !std::isfinite(result.back()))
      return refusal(spec, std::string("has ") + key + " that are not positive numbers");
  }
  return result;
}

} // namespace

Result<std::shared_ptr<const GroundMotionModel>> make_sigma_mixture(const GsimSpec& spec) {
  const auto& mixture = spec.arguments.at(kMixtureArgument);
  if (!mixture.is_object())
    return refusal(spec, "must be {factors = […], weights = […]}");
  OQ_TRY(const auto factors, numbers(spec, mixture.get_object(), "factors"));
  OQ_TRY(const auto weights, numbers(spec, mixture.get_object(), "weights"));
  if (factors.size() != weights.size())
    return refusal(spec, "needs as many weights as factors");
  boost::json::object arguments;
  for (const auto& [key, value] : spec.arguments)
    if (key != kMixtureArgument)
      arguments[key] = value;
  OQ_TRY(const InnerModel inner, make_inner(spec, spec.name, arguments));
  if (!mixture_of(*inner.model).empty())
    return refusal(spec, "does not apply to what is a mixture already");
  std::vector<MixturePart> parts;
  for (std::size_t i = 0; i < factors.size(); ++i)
    parts.push_back({inner.model, weights[i], factors[i]});
  return std::shared_ptr<const GroundMotionModel>(
    std::make_shared<const SigmaMixture>(spec.name, inner.model, std::move(parts)));
}

} // namespace oq::engine
