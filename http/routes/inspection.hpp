// From a request of the validating endpoints to what the inspector is asked.
#pragma once

#include "actors/protocol.hpp"
#include "http/request.hpp"
#include "http/routes/route_table.hpp"

#include <memory>

namespace oq::http {

// REQUIRES: validate_zip, validate_ini, valid or on_same_fs. Errc::invalid_input: a field is
// missing, in the words that clients know.
Result<actors::InspectionPtr> read_inspection(Action action,
                                              std::shared_ptr<const Request> request);

} // namespace oq::http
