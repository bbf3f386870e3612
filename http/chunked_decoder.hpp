// The chunked transfer coding (RFC 9112, 7.1), decoded as it arrives.
#pragma once

#include "http/head_parser.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace oq::http {

class ChunkedDecoder {
public:
  struct Step {
    std::size_t consumed = 0; // bytes of the input that are done with
    std::string_view payload; // decoded bytes among them, at most one run
    bool done = false;        // the last chunk and its trailers have been read
    Refusal refusal;
  };

  // Decodes up to the end of the next run of payload. Call again with the rest until it consumes
  // all it was given. Chunk extensions and trailers are skipped, within a limit.
  Step step(std::string_view bytes);

private:
  enum class State : std::uint8_t {
    size_start,
    size,
    after_size, // blanks before an extension
    extension,
    size_line_feed,
    data,
    data_return,
    data_line_feed,
    trailer_start,
    trailer,
    trailer_line_feed,
    last_line_feed,
    done,
    broken,
  };

  // Takes one byte of framing; a reason when it cannot stand here.
  Refusal take(char c);
  Refusal take_size_digit(char c);
  Refusal begin_chunk();

  State state_ = State::size_start;
  std::uint64_t chunk_left_ = 0;
  unsigned digits_ = 0;
  std::size_t skipped_ = 0; // bytes of extensions and trailers
};

} // namespace oq::http
