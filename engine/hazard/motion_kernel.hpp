// MotionKernel: what the motion of one rupture at one site adds to values that are no plain curve.
#pragma once

#include "engine/gsim/ground_motion_model.hpp"
#include "engine/hazard/occurrence.hpp"

#include <cstddef>
#include <span>

namespace oq::engine {

// Soil that amplifies single motions, or the cells of a disaggregation: values take the place of
// the levels of an intensity measure type.
class MotionKernel {
public:
  virtual ~MotionKernel() = default;

  // A rupture as a site sees it.
  struct Pair {
    std::size_t site = 0; // of all sites
    double magnitude = 0, rrup = 0;
    double ln_mean = 0, sigma = 0;              // of the motion
    std::span<const GroundMotion> motions = {}; // of every IMT
    std::size_t index = 0;                      // in them
    const Occurrence* occurrence = nullptr;     // of the rupture
  };
  // Whether the values are expected numbers times something, which simply add up, and not
  // probabilities for one occurrence.
  virtual bool adds_up() const { return false; }
  // Adds, value by value, `weight` times what the motion contributes when the rupture happens, or
  // over its occurrences when values add up.
  virtual void add_probabilities(const Pair& pair, std::size_t imt, double weight,
                                 std::span<double> out) const = 0;
};

} // namespace oq::engine
