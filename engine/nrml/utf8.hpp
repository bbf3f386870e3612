// Is a text UTF-8: asked of every file before it is parsed.
#pragma once

#include <cstddef>
#include <string_view>

namespace oq::engine {

// Offset of the first byte that is not part of valid UTF-8 or is NUL; npos when there is none.
std::size_t first_byte_not_utf8(std::string_view text) noexcept;

} // namespace oq::engine
