// CorsPolicy: which other origins' pages may read answers (the CORS protocol of the Fetch
// standard).
#pragma once

#include "http/response.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace oq::http {

// Header lines, ready for the wire.
struct CorsLines {
  SharedBytes answer;
  SharedBytes not_modified; // of a 304: what is needed to be allowed to read
};

// What the API always sent: anybody may read, and no cookie comes along.
const CorsLines& any_origin();

class CorsPolicy {
public:
  // "https://maps.example.org"; none: any origin.
  explicit CorsPolicy(const std::vector<std::string>& origins);

  // The lines of answers to a request with this Origin header, empty when it has none. Null: those
  // for any origin.
  const CorsLines* lines_for(std::string_view origin) const;
  // Whether the origin was named.
  bool names(std::string_view origin) const { return named_.contains(origin); }

private:
  std::map<std::string, CorsLines, std::less<>> named_;
  CorsLines refused_;
};

} // namespace oq::http
