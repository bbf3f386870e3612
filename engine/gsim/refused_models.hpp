// Published models that are refused by name: a near name must not be offered in their place.
#pragma once

#include <string_view>

namespace oq::engine {

// Why a published model is not here; empty for a name that nobody knows.
std::string_view refused_model(std::string_view name);

} // namespace oq::engine
