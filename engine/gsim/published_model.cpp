// The parts of PublishedModel that need not be in every model's object file.
#include "engine/gsim/published_model.hpp"

#include <algorithm>

namespace oq::engine {

void fill_deviations(const GroundMotion& out, double sigma, double tau, double phi) {
  std::ranges::fill(out.sigma, sigma);
  std::ranges::fill(out.tau, tau);
  std::ranges::fill(out.phi, phi);
}

Result<void> expect_no_arguments(const GsimSpec& spec) {
  if (spec.arguments.empty())
    return {};
  return invalid_input(spec.name + " takes no argument '"
                         + std::string(spec.arguments.begin()->key()) + "'",
                       spec.where);
}

} // namespace oq::engine
