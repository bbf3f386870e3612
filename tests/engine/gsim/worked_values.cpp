// The comparison behind every table of worked values.
#include "engine/gsim/worked_values.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace oq::engine::testing {

void expect_worked_value(const WorkedValue& value) {
  const LogNormal actual = evaluate(value.model, value.imt, value.inputs);
  const auto near = [](double expected) {
    return 1e-9 * std::max(1.0, std::abs(expected));
  };

  EXPECT_NEAR(actual.ln_mean, value.expected.ln_mean, near(value.expected.ln_mean));
  EXPECT_NEAR(actual.sigma, value.expected.sigma, near(value.expected.sigma));
  EXPECT_NEAR(actual.tau, value.expected.tau, near(value.expected.tau));
  EXPECT_NEAR(actual.phi, value.expected.phi, near(value.expected.phi));
}

} // namespace oq::engine::testing
