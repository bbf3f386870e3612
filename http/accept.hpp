// What a client would rather have: quality values of Accept and Accept-Encoding (RFC 9110, 12.4.2).
#pragma once

#include <string_view>

namespace oq::http {

// Of a name in a header's list, from 0 to 1; 0 when it is not there by name or is refused.
double quality_of(std::string_view header, std::string_view name) noexcept;

} // namespace oq::http
