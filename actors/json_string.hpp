// Any bytes as a JSON string: a client's text must never make a list unreadable for the others.
#pragma once

#include <string>
#include <string_view>

namespace oq::actors {

// The same text with every byte that is not part of valid UTF-8 replaced by '?'.
std::string valid_utf8(std::string_view text);
// With its quotes; invalid UTF-8 is replaced.
std::string json_string(std::string_view text);

} // namespace oq::actors
