// The parts of PublishedModel that need not be in every model's object file.
#include "engine/gsim/published_model.hpp"

#include "engine/gsim/arguments.hpp"
#include "engine/gsim/registry.hpp"

#include <algorithm>

namespace oq::engine {

void fill_deviations(const GroundMotion& out, double sigma, double tau, double phi) {
  std::ranges::fill(out.sigma, sigma);
  std::ranges::fill(out.tau, tau);
  std::ranges::fill(out.phi, phi);
}

const std::string& model_name(const GsimSpec& spec) {
  return spec.name;
}

Result<void> expect_no_arguments(const GsimSpec& spec) {
  return Arguments(spec).check();
}

} // namespace oq::engine
