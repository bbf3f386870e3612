// Entity tags (RFC 9110, 8.8.3): made from content, and compared with what a client has.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace oq::http {

// Made once for a representation and shared by the answers that carry it.
struct Validator {
  std::string etag;               // quoted
  std::string lines;              // header lines of the answer, ETag among them
  std::string not_modified_lines; // those of a 304: ETag, and what is needed to be allowed to read
};
using ValidatorPtr = std::shared_ptr<const Validator>;

// The strong tag of `content`: 128 bits of a hash that every node and every start computes alike.
// `more` stands for what differs in the headers only.
std::string content_tag(std::string_view content, std::uint64_t more = 0);

// Whether If-None-Match names `etag` or `*`: the client has what it would get (weak comparison, RFC
// 9110, 8.8.3.2 and 13.1.2). What is malformed names nothing.
bool names_tag(std::string_view if_none_match, std::string_view etag) noexcept;

} // namespace oq::http
