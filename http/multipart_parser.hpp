// multipart/form-data (RFC 7578), parsed as a stream: parts are announced, filled and ended.
#pragma once

#include "engine/base/result.hpp"
#include "http/head_parser.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace oq::http {

struct PartHead {
  std::string name;
  std::optional<std::string> filename;
  std::string content_type;
};

// Who receives the parts. A refusal ends the parse.
class PartSink {
public:
  virtual Refusal begin_part(PartHead head) = 0;
  virtual Refusal part_bytes(std::string_view bytes) = 0;

protected:
  ~PartSink() = default;
};

// The boundary of a Content-Type header, or nothing when it is not multipart/form-data.
// An invalid or missing boundary gives an empty one.
std::optional<std::string> multipart_boundary(std::string_view content_type);

class MultipartParser {
public:
  // REQUIRES: boundary of 1 to 70 characters.
  MultipartParser(std::string_view boundary, std::size_t max_part_head, PartSink& sink);

  // Takes all of `bytes`; a boundary may be split anywhere between calls.
  Refusal feed(std::string_view bytes);
  // No more bytes will come.
  Refusal finish() const;

private:
  enum class State : std::uint8_t { preamble, after_boundary, part_head, part_data, epilogue };

  // Each advances over buffer_ from at_; false when it needs more bytes or refusal_ is set.
  bool advance();
  bool skip_or_pass_data();
  bool read_after_boundary();
  bool read_part_head();
  bool refuse(Refusal refusal);

  std::string delimiter_; // "\r\n--boundary"
  std::size_t max_part_head_;
  PartSink& sink_;
  State state_ = State::preamble;
  std::string buffer_;
  std::size_t at_ = 0;
  Refusal refusal_;
};

} // namespace oq::http
