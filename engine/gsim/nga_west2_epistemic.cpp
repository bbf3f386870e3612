// Counts of records and what follows from them.
#include "engine/gsim/nga_west2_epistemic.hpp"

#include "engine/gsim/wrapped_model.hpp"

#include <cmath>

namespace oq::engine {

namespace {

// Natural logarithm, below magnitudes 6 and 7 and above; below 10 km, below 30 km and beyond.
double nshmp_2014_epistemic(double mag, double rrup) {
  static constexpr double kTable[3][3] = {
    {0.37, 0.22, 0.22}, {0.25, 0.23, 0.23}, {0.40, 0.36, 0.33}};
  return kTable[mag < 6.0 ? 0 : mag < 7.0 ? 1 : 2][rrup < 10.0 ? 0 : rrup < 30.0 ? 1 : 2];
}

class Shifted final : public WrappedModel {
public:
  Shifted(std::shared_ptr<const GroundMotionModel> inner, double epsilon, EpistemicRange range)
    : WrappedModel(inner->name(), inner, need_mag | need_rrup), epsilon_(epsilon),
      deviation_(range == EpistemicRange::nshmp_2014 ? nshmp_2014_epistemic : nga_west2_epistemic) {
  }

  void predict(std::span<const Imt> imts, const PairBatch& batch,
               std::span<const GroundMotion> out) const override {
    inner().predict(imts, batch, out);
    for (std::size_t r = 0; r < batch.ruptures(); ++r)
      for (std::size_t p = batch.first_pair[r]; p < batch.first_pair[r + 1]; ++p) {
        const double shift = epsilon_ * deviation_(batch.mag[r], batch.rrup[p]);
        for (const GroundMotion& motion : out)
          motion.ln_mean[p] += shift;
      }
  }

private:
  double epsilon_;
  double (*deviation_)(double mag, double rrup);
};

} // namespace

double nga_west2_epistemic(double mag, double rrup) {
  // Up to 10 km, up to 30 km, beyond.
  static constexpr double kFives[] = {11, 38, 94}, kSixes[] = {2, 7, 13}, kOthers[] = {2, 2, 4};
  const int column = rrup <= 10.0 ? 0 : rrup < 30.0 ? 1 : 2;
  const double count = mag >= 5.0 && mag < 6.0   ? kFives[column]
                       : mag >= 6.0 && mag < 7.0 ? kSixes[column]
                                                 : kOthers[column];
  return 0.4 * std::sqrt(2.0 / count);
}

std::shared_ptr<const GroundMotionModel>
with_nga_west2_epistemic(std::shared_ptr<const GroundMotionModel> model, double epsilon,
                         EpistemicRange range) {
  if (epsilon == 0)
    return model;
  return std::make_shared<const Shifted>(std::move(model), epsilon, range);
}

} // namespace oq::engine
