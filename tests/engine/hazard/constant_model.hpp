// ConstantModel: a ground-motion model with one mean and one standard deviation, for closed forms.
#pragma once

#include "engine/gsim/ground_motion_model.hpp"

#include <algorithm>

namespace oq::engine::testing {

class ConstantModel : public GroundMotionModel {
public:
  ConstantModel(double mean, double sigma) : mean_(mean), sigma_(sigma) {}

  std::string name() const override { return "ConstantModel"; }
  std::uint64_t needs() const override { return need_mag | need_rjb; }
  StandardDeviations standard_deviations() const override { return StandardDeviations::total_only; }
  bool supports(const Imt&) const override { return true; }
  void predict(std::span<const Imt>, const PairBatch& batch,
               std::span<const GroundMotion> out) const override {
    pairs += batch.pairs();
    for (const GroundMotion& motion : out) {
      std::fill(motion.ln_mean.begin(), motion.ln_mean.end(), mean_);
      std::fill(motion.sigma.begin(), motion.sigma.end(), sigma_);
    }
  }

  mutable std::size_t pairs = 0;

private:
  double mean_, sigma_;
};

} // namespace oq::engine::testing
