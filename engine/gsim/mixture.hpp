// MixtureModel: a model whose probabilities of exceedance are sums over those of several.
#pragma once

#include "engine/gsim/ground_motion_model.hpp"

#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace oq::engine {

// One of the distributions that a mixture adds up: P(motion > level) = sum of weight times the
// probability of `model` with its total deviation times `sigma_factor`.
struct MixturePart {
  std::shared_ptr<const GroundMotionModel> model;
  double weight = 1, sigma_factor = 1;
};

// Whoever computes probabilities adds up the parts, whose models are no mixtures themselves.
// predict() gives the plain model behind them, or what is not a number when there is none.
class MixtureModel : public GroundMotionModel {
public:
  explicit MixtureModel(std::vector<MixturePart> parts) : parts_(std::move(parts)) {}
  std::span<const MixturePart> mixture() const { return parts_; }

private:
  std::vector<MixturePart> parts_;
};

// The parts of a mixture; nothing of any other model.
inline std::span<const MixturePart> mixture_of(const GroundMotionModel& model) {
  const auto* mixed = dynamic_cast<const MixtureModel*>(&model);
  return mixed ? mixed->mixture() : std::span<const MixturePart>();
}

} // namespace oq::engine
