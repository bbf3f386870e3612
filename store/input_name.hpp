// Names of input files as clients send them, made into paths that stay below one folder.
#pragma once

#include "engine/base/result.hpp"

#include <string>
#include <string_view>

namespace oq::store {

// A relative path with '/': backslashes turned, a drive letter and leading slashes stripped, "."
// dropped. Errc::invalid_input for "..", control characters, an empty or an overlong name.
Result<std::string> relative_name(std::string_view name);

// The part after the last slash or backslash, under the same rules.
Result<std::string> base_name(std::string_view name);

} // namespace oq::store
