// The head of a request (request line and header lines): a strict, allocation-free parser.
#pragma once

#include "http/limits.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace oq::http {

enum class Method : std::uint8_t { get, head, post, put, remove, patch, options, other };
enum class Version : std::uint8_t { http10, http11 };

struct HeaderField {
  std::string_view name;
  std::string_view value; // without surrounding blanks
};

// Whether two header names, or tokens such as "close", are the same whatever their case.
bool same_token(std::string_view a, std::string_view b) noexcept;

// Views into the bytes that were parsed; valid as long as those are.
struct RequestHead {
  Method method = Method::other;
  Version version = Version::http11;
  std::string_view method_text;
  std::string_view target;   // as sent
  std::string_view raw_path; // of the target, not decoded
  std::string_view raw_query;
  std::vector<HeaderField> fields; // in the order sent
  std::string_view client;         // address of the peer; set by the connection

  // What the framing headers say, already checked against each other.
  bool keep_alive = true;
  bool expects_continue = false;
  bool chunked = false;
  bool has_host = false;
  std::optional<std::uint64_t> content_length;

  // The first field of that name, or empty.
  std::string_view header(std::string_view name) const noexcept;
  bool has_body() const noexcept { return chunked || content_length.value_or(0) > 0; }
  void clear();
};

// Why a request cannot be served; ends the connection.
struct Refusal {
  int status = 0; // 0: none
  std::string_view reason;
  explicit operator bool() const noexcept { return status != 0; }
};

struct HeadOutcome {
  enum class Kind : std::uint8_t { incomplete, complete, refused };
  Kind kind = Kind::incomplete;
  std::size_t length = 0; // bytes of a complete head, its empty line included
  Refusal refusal;
};

// Parses the head at the start of `bytes`. `searched` bytes were seen incomplete before: they are
// not searched for the end again, so that a client sending byte by byte costs linear time.
// Refuses what two servers may read in two ways (RFC 9112, 2.2, 5.1, 6.3): bare line feeds, folded
// lines, blanks before a colon, conflicting lengths, Content-Length beside Transfer-Encoding.
HeadOutcome parse_head(std::string_view bytes, std::size_t searched, const Limits& limits,
                       RequestHead& head);

} // namespace oq::http
