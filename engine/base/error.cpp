// Names and texts of errors.
#include "engine/base/error.hpp"

namespace oq {

std::string_view to_string(Errc code) noexcept {
  switch (code) {
  case Errc::none:
    return "none";
  case Errc::invalid_input:
    return "invalid_input";
  case Errc::not_found:
    return "not_found";
  case Errc::conflict:
    return "conflict";
  case Errc::forbidden:
    return "forbidden";
  case Errc::overloaded:
    return "overloaded";
  case Errc::aborted:
    return "aborted";
  case Errc::numeric_failure:
    return "numeric_failure";
  case Errc::unavailable:
    return "unavailable";
  case Errc::timeout:
    return "timeout";
  case Errc::internal:
    return "internal";
  case Errc::fenced:
    return "fenced";
  }
  return "internal";
}

std::string Error::text() const {
  return where.empty() ? message : where + ": " + message;
}

} // namespace oq
