// Base64 (RFC 4648 section 4): bytes as text that any database takes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace oq::store {

std::string base64_text(std::string_view bytes);
// Nothing for text that is not the padded base64 of something.
std::optional<std::string> bytes_of_base64(std::string_view text);

} // namespace oq::store
