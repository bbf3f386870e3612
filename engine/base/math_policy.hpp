// MathPolicy: how functions of Boost.Math are to behave in the engine.
#pragma once

#include <boost/math/policies/policy.hpp>

namespace oq {

// No exceptions, no promotion to long double: the same bits on every machine.
using MathPolicy = boost::math::policies::policy<
  boost::math::policies::domain_error<boost::math::policies::ignore_error>,
  boost::math::policies::overflow_error<boost::math::policies::ignore_error>,
  boost::math::policies::evaluation_error<boost::math::policies::ignore_error>,
  boost::math::policies::promote_double<false>>;

} // namespace oq
