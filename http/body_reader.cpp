// Length or chunks outside, plain bytes or multipart inside; memory and descriptors are bounded.
#include "http/body_reader.hpp"

#include <algorithm>

namespace oq::http {
namespace {

// All parts of a request together keep at most so many spool thresholds in memory …
constexpr std::uint64_t kThresholdsInMemory = 4;
// … and at most so many files open: descriptors are shared with the connections.
constexpr std::size_t kMaxSpooledParts = 64;

constexpr Refusal kTooLarge{413, "body too large"};
constexpr Refusal kCannotStore{507, "the body cannot be stored"};

} // namespace

BodyReader::BodyReader(const RequestHead& head, std::uint64_t max_body, const Limits& limits,
                       const std::filesystem::path& spool_folder)
  : limits_(limits), spool_{limits.spool_threshold, spool_folder}, max_body_(max_body),
    length_(head.content_length.value_or(0)) {
  if (length_ > max_body)
    refusal_ = kTooLarge;
  if (head.chunked)
    chunked_.emplace();
  if (const auto boundary = multipart_boundary(head.header("Content-Type"))) {
    if (boundary->empty())
      refusal_ = {400, "malformed multipart boundary"};
    multipart_.emplace(*boundary, limits.max_part_head, static_cast<PartSink&>(*this));
  }
}

BodyReader::Progress BodyReader::feed(std::string_view bytes) {
  if (refusal_)
    return {0, false, refusal_};
  if (chunked_)
    return feed_chunked(bytes);
  Progress progress;
  progress.consumed = std::min<std::uint64_t>(bytes.size(), length_ - received_);
  progress.refusal = store(bytes.substr(0, progress.consumed));
  progress.complete = received_ == length_;
  if (progress.complete && !progress.refusal)
    progress.refusal = finish();
  return progress;
}

BodyReader::Progress BodyReader::feed_chunked(std::string_view bytes) {
  Progress progress;
  while (progress.consumed < bytes.size() && !progress.complete && !progress.refusal) {
    const ChunkedDecoder::Step step = chunked_->step(bytes.substr(progress.consumed));
    progress.consumed += step.consumed;
    progress.complete = step.done;
    progress.refusal = step.refusal;
    if (!progress.refusal && !step.payload.empty())
      progress.refusal = store(step.payload);
    if (!progress.refusal && progress.complete)
      progress.refusal = finish();
  }
  return progress;
}

Refusal BodyReader::store(std::string_view payload) {
  received_ += payload.size();
  if (received_ > max_body_)
    return kTooLarge;
  if (multipart_)
    return multipart_->feed(payload);
  return content_.body.append(payload, spool_) ? Refusal{} : kCannotStore;
}

Refusal BodyReader::finish() const {
  return multipart_ ? multipart_->finish() : Refusal{};
}

Refusal BodyReader::begin_part(PartHead head) {
  if (content_.parts.size() == limits_.max_parts)
    return {413, "too many parts"};
  content_.parts.push_back(
    {std::move(head.name), std::move(head.filename), std::move(head.content_type), {}});
  return {};
}

Refusal BodyReader::part_bytes(std::string_view bytes) {
  Body& body = content_.parts.back().body;
  const bool was_in_memory = body.in_memory();
  SpoolPolicy policy = spool_;
  if (parts_in_memory_ + bytes.size() > kThresholdsInMemory * limits_.spool_threshold)
    policy.threshold = 0;
  const std::uint64_t before = body.size();
  if (!body.append(bytes, policy))
    return kCannotStore;
  if (body.in_memory())
    parts_in_memory_ += bytes.size();
  else if (was_in_memory) {
    parts_in_memory_ -= before;
    if (++parts_spooled_ > kMaxSpooledParts)
      return {413, "too many large parts"};
  }
  return {};
}

} // namespace oq::http
