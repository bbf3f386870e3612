// Documents: the pages and texts that need no actor.
#pragma once

#include "http/response.hpp"
#include "http/routes/route_table.hpp"

#include <optional>

namespace oq::http {

// Nothing for a route that has no document.
std::optional<Response> document_response(Action action);

} // namespace oq::http
