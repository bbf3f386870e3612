// BodyReader: turns the bytes after a head into the content of a request, within its limits.
#pragma once

#include "http/chunked_decoder.hpp"
#include "http/limits.hpp"
#include "http/multipart_parser.hpp"
#include "http/request.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>

namespace oq::http {

class BodyReader final : private PartSink {
public:
  BodyReader(const RequestHead& head, std::uint64_t max_body, const Limits& limits,
             const std::filesystem::path& spool_folder);
  BodyReader(const BodyReader&) = delete;
  BodyReader& operator=(const BodyReader&) = delete;

  struct Progress {
    std::size_t consumed = 0;
    bool complete = false;
    Refusal refusal;
  };
  // Takes what belongs to this body from the front of `bytes`, never more.
  Progress feed(std::string_view bytes);

  // REQUIRES: complete.
  Content take() { return std::move(content_); }

private:
  Refusal store(std::string_view payload);
  Refusal finish() const;
  Progress feed_chunked(std::string_view bytes);

  Refusal begin_part(PartHead head) override;
  Refusal part_bytes(std::string_view bytes) override;

  const Limits& limits_;
  SpoolPolicy spool_;
  std::uint64_t max_body_;
  std::uint64_t received_ = 0; // decoded bytes
  std::uint64_t length_ = 0;   // of a body that is not chunked
  std::optional<ChunkedDecoder> chunked_;
  std::optional<MultipartParser> multipart_;
  Refusal refusal_;                   // known before any byte came
  std::uint64_t parts_in_memory_ = 0; // bytes
  std::size_t parts_spooled_ = 0;
  Content content_;
};

} // namespace oq::http
