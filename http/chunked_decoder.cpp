// A byte-wise state machine for the framing; payload is handed on in runs.
#include "http/chunked_decoder.hpp"

#include <algorithm>

namespace oq::http {
namespace {

constexpr unsigned kMaxSizeDigits = 15;        // 2^60: the sum of sizes cannot overflow
constexpr std::size_t kMaxSkipped = 16 * 1024; // extensions and trailers of one body
constexpr Refusal kBadChunk{400, "malformed chunked body"};

int hex_digit(char c) {
  if (c >= '0' && c <= '9')
    return c - '0';
  if (c >= 'a' && c <= 'f')
    return c - 'a' + 10;
  if (c >= 'A' && c <= 'F')
    return c - 'A' + 10;
  return -1;
}

bool is_control(char c) {
  return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f;
}

} // namespace

ChunkedDecoder::Step ChunkedDecoder::step(std::string_view bytes) {
  Step result;
  while (result.consumed < bytes.size() && state_ != State::done) {
    if (state_ == State::data) {
      result.payload = bytes.substr(
        result.consumed, std::min<std::uint64_t>(chunk_left_, bytes.size() - result.consumed));
      result.consumed += result.payload.size();
      chunk_left_ -= result.payload.size();
      if (chunk_left_ == 0)
        state_ = State::data_return;
      return result;
    }
    result.refusal = take(bytes[result.consumed]);
    if (result.refusal) {
      state_ = State::broken;
      return result;
    }
    ++result.consumed;
  }
  result.done = state_ == State::done;
  return result;
}

Refusal ChunkedDecoder::take_size_digit(char c) {
  const int digit = hex_digit(c);
  if (digit < 0 || ++digits_ > kMaxSizeDigits)
    return kBadChunk;
  chunk_left_ = chunk_left_ * 16 + static_cast<std::uint64_t>(digit);
  state_ = State::size;
  return {};
}

Refusal ChunkedDecoder::begin_chunk() {
  digits_ = 0;
  state_ = chunk_left_ == 0 ? State::trailer_start : State::data;
  return {};
}

Refusal ChunkedDecoder::take(char c) {
  const auto expect = [&](char wanted, State next) {
    state_ = next;
    return c == wanted ? Refusal{} : kBadChunk;
  };
  switch (state_) {
  case State::size_start:
    return take_size_digit(c);
  case State::size:
    if (c == '\r')
      return expect('\r', State::size_line_feed);
    if (c != ';' && c != ' ' && c != '\t')
      return take_size_digit(c);
    state_ = c == ';' ? State::extension : State::after_size;
    return {};
  case State::after_size:
    if (c == '\r')
      return expect('\r', State::size_line_feed);
    if (c == ';')
      return expect(';', State::extension);
    return (c == ' ' || c == '\t') && ++skipped_ <= kMaxSkipped ? Refusal{} : kBadChunk;
  case State::extension:
  case State::trailer:
    if (c == '\r')
      return expect('\r',
                    state_ == State::trailer ? State::trailer_line_feed : State::size_line_feed);
    return is_control(c) || ++skipped_ > kMaxSkipped ? kBadChunk : Refusal{};
  case State::size_line_feed:
    return c == '\n' ? begin_chunk() : kBadChunk;
  case State::data_return:
    return expect('\r', State::data_line_feed);
  case State::data_line_feed:
    return expect('\n', State::size_start);
  case State::trailer_start:
    if (c == '\r')
      return expect('\r', State::last_line_feed);
    state_ = State::trailer;
    return is_control(c) || ++skipped_ > kMaxSkipped ? kBadChunk : Refusal{};
  case State::trailer_line_feed:
    return expect('\n', State::trailer_start);
  case State::last_line_feed:
    return expect('\n', State::done);
  case State::data:
  case State::done:
  case State::broken:
    break;
  }
  return kBadChunk;
}

} // namespace oq::http
