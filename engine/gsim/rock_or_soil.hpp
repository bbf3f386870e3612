// Models with equations of their own for rock and for soil, told apart by vs30.
#pragma once

#include "engine/gsim/published_model.hpp"

#include <cmath>

namespace oq::engine {

// ln y = source + slope ln(distance + saturation), of one rupture on one kind of ground.
struct GroundTerms {
  double source, slope, saturation, sigma;
  double divisor = 1;   // of the median
  double ln_factor = 0; // added to it

  LogNormal at(double distance) const {
    return {.ln_mean = (source + slope * std::log(distance + saturation)) / divisor + ln_factor,
            .sigma = sigma};
  }
};

// `on_rock` and `on_soil` give the GroundTerms of rupture r; sites from `lowest_rock_vs30` (m/s) on
// are rock.
template <class OnRock, class OnSoil>
void fill_rock_or_soil(const PairBatch& batch, const GroundMotion& out,
                       std::span<const double> distance, double lowest_rock_vs30, OnRock on_rock,
                       OnSoil on_soil) {
  fill_motions(batch, out, [&](std::size_t r) {
    return [&, rock = on_rock(r), soil = on_soil(r)](std::size_t p) {
      return (batch.vs30[p] >= lowest_rock_vs30 ? rock : soil).at(distance[p]);
    };
  });
}

} // namespace oq::engine
