// A model behind a filter of intensity measure types.
#include "engine/hazard/suppressed_imts.hpp"

#include <algorithm>

namespace oq::engine {
namespace {

// Of ln g or of intensity: no level is as low.
constexpr double kNoMotion = -1000;

class SuppressedImts : public GroundMotionModel {
public:
  SuppressedImts(std::shared_ptr<const GroundMotionModel> model, std::vector<Imt> suppressed)
    : model_(std::move(model)), suppressed_(std::move(suppressed)) {}

  std::string name() const override { return model_->name(); }
  std::uint64_t needs() const override { return model_->needs(); }
  StandardDeviations standard_deviations() const override { return model_->standard_deviations(); }
  bool supports(const Imt& imt) const override {
    return is_suppressed(imt) || model_->supports(imt);
  }

  void predict(std::span<const Imt> imts, const PairBatch& batch,
               std::span<const GroundMotion> out) const override {
    std::vector<Imt> asked;
    std::vector<GroundMotion> filled;
    for (std::size_t i = 0; i < imts.size(); ++i) {
      if (!is_suppressed(imts[i])) {
        asked.push_back(imts[i]);
        filled.push_back(out[i]);
        continue;
      }
      std::ranges::fill(out[i].ln_mean, kNoMotion);
      std::ranges::fill(out[i].sigma, 1.0);
      std::ranges::fill(out[i].tau, 0.0);
      std::ranges::fill(out[i].phi, 0.0);
    }
    if (!asked.empty())
      model_->predict(asked, batch, filled);
  }

private:
  bool is_suppressed(const Imt& imt) const {
    return std::ranges::find(suppressed_, imt) != suppressed_.end();
  }

  std::shared_ptr<const GroundMotionModel> model_;
  std::vector<Imt> suppressed_;
};

} // namespace

std::shared_ptr<const GroundMotionModel>
with_suppressed_imts(std::shared_ptr<const GroundMotionModel> model, std::vector<Imt> suppressed) {
  if (suppressed.empty())
    return model;
  return std::make_shared<SuppressedImts>(std::move(model), std::move(suppressed));
}

} // namespace oq::engine
