// Request targets: percent-decoding and query parameters. Pure functions on untrusted bytes.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace oq::http {

struct QueryParameter {
  std::string name;
  std::string value;

  friend bool operator==(const QueryParameter&, const QueryParameter&) = default;
};

// Decodes %XX. Nothing when an escape is malformed or stands for a NUL byte: no path holds one.
std::optional<std::string> decode_path(std::string_view raw);

// All parameters of `a=1&b=&c&a=2`, in order, decoded ('+' is a blank). Also for
// application/x-www-form-urlencoded bodies. A malformed escape stands for itself, as browsers do.
std::vector<QueryParameter> parse_query(std::string_view raw);

} // namespace oq::http
