// The fields of a small form, however it was sent.
#pragma once

#include "http/request.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace oq::http {

// The field of that name of a multipart or an urlencoded body. Errc::invalid_input when it is too
// large to be a field.
Result<std::optional<std::string>> form_field(const Request& request, std::string_view name);

} // namespace oq::http
