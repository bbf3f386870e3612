// mixture_model: an argument of every model, which makes its deviation a mixture of several.
#pragma once

#include "engine/gsim/registry.hpp"

#include <string_view>

namespace oq::engine {

inline constexpr std::string_view kMixtureArgument = "mixture_model";

// `mixture_model = {factors = [0.8, 1.2], weights = [0.5, 0.5]}` beside the model's own arguments.
Result<std::shared_ptr<const GroundMotionModel>> make_sigma_mixture(const GsimSpec& spec);

} // namespace oq::engine
