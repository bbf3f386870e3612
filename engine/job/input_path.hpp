// Where an input file named in a job or a logic tree lies, and whether it may be read.
#pragma once

#include "engine/base/result.hpp"

#include <filesystem>
#include <string_view>

namespace oq::engine {

// `name` relative to `folder`; an existing regular file. With `confine_to`, a file outside that
// folder (by "..", an absolute path or a link) is Errc::invalid_input, as is a file that is not
// there. The error has no place; the caller knows it.
Result<std::filesystem::path> resolve_input(const std::filesystem::path& folder,
                                            std::string_view name,
                                            const std::filesystem::path& confine_to);

} // namespace oq::engine
