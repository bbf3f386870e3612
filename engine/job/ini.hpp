// The ini dialect of job files: sections without meaning, options with their lines.
#pragma once

#include "engine/job/job.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace oq::engine {

// Reads the text of an ini. Names come in lower case; a value of several lines keeps its line
// breaks, so that line n of the value is line n of the file. Errc::invalid_input names
// `file_name`:line for a name given twice, a line that is no option, or text beyond the limits.
Result<std::vector<RawOption>> parse_ini(std::string_view text, const std::string& file_name);

} // namespace oq::engine
