// Byte ranges of a download (RFC 9110, 14): a single range of a file, checked against its size.
#pragma once

#include "http/response.hpp"

#include <cstdint>
#include <string_view>

namespace oq::http {

struct ByteRange {
  std::uint64_t first = 0;
  std::uint64_t length = 0;

  friend bool operator==(const ByteRange&, const ByteRange&) = default;
};

struct RangeOutcome {
  enum class Kind : std::uint8_t { whole, partial, unsatisfiable };
  Kind kind = Kind::whole;
  ByteRange range; // what to send; nothing when unsatisfiable
};

// Several ranges, other units and malformed ones are answered with the whole, as the standard
// allows.
RangeOutcome select_range(std::string_view range_header, std::uint64_t size);

// Whether If-Range (an entity tag or a date) still describes the file; an empty header does.
bool range_still_valid(std::string_view if_range_header, const ServedFile& file);

} // namespace oq::http
