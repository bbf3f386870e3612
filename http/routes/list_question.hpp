// From the query of a list request to the question for the catalog.
#pragma once

#include "actors/protocol.hpp"
#include "engine/base/result.hpp"

#include <string_view>

namespace oq::http {

// calculation_mode, is_running, start_time, limit, offset, order_by, order_dir; unknown parameters
// are ignored, as they always were. Errc::invalid_input names the parameter and its value.
Result<actors::ListQuestion> read_list_question(actors::ListKind kind, std::string_view raw_query);

} // namespace oq::http
