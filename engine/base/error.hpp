// Errc and Error: the one vocabulary of failure, from a reader's line number to an HTTP status.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace oq {

enum class Errc : std::uint8_t {
  none,
  invalid_input,   // what the caller gave cannot be used: a file, an option, a request
  not_found,       // no such calculation, output, file
  conflict,        // not possible in the present state
  forbidden,       // the caller may not
  overloaded,      // a queue is full; try again later
  aborted,         // somebody stopped it
  numeric_failure, // a kernel produced a value that is not a number
  unavailable,     // a part that is needed does not answer: store, cache, node, disk
  timeout,         // no answer in time
  internal,        // a defect of ours
  fenced,          // another node took the calculation over; what is known here is out of date
};

// The enumerator's own name ("invalid_input").
std::string_view to_string(Errc code) noexcept;

struct Error {
  Errc code = Errc::internal;
  std::string message; // one sentence for the user, no trailing full stop
  std::string where;   // "job.ini:12", "source_model.xml:40", a source id; empty when there is no place

  // "where: message", or the message alone.
  std::string text() const;

  friend bool operator==(const Error&, const Error&) = default;
};

inline Error invalid_input(std::string message, std::string where = {}) {
  return {Errc::invalid_input, std::move(message), std::move(where)};
}

} // namespace oq
