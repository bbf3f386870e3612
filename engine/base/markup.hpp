// escaped_markup: text as XML and HTML documents and attribute values hold it.
#pragma once

#include <string>
#include <string_view>

namespace oq {

// Replaces & < > and ". Control characters that XML 1.0 does not allow become blanks; tabs and line
// ends stay.
std::string escaped_markup(std::string_view text);

} // namespace oq
