// Uploads: the first line is the Content-Type; in one piece or in many the same parts come out.
#include "fuzz/fuzz.hpp"
#include "http/multipart_parser.hpp"

#include <algorithm>
#include <string>
#include <vector>

using namespace oq::http;
using oq::fuzz::require;

namespace {

struct Part {
  PartHead head;
  std::string bytes;
};

class Parts : public PartSink {
public:
  Refusal begin_part(PartHead head) override {
    if (parts.size() == 100)
      return {413, "too many parts"};
    parts.push_back({std::move(head), {}});
    return {};
  }
  Refusal part_bytes(std::string_view bytes) override {
    require(!parts.empty(), "bytes belong to a part");
    parts.back().bytes.append(bytes);
    return {};
  }
  std::vector<Part> parts;
};

struct Outcome {
  Parts sink;
  int status = 0;
};

Outcome read(const std::string& boundary, std::string_view body, std::size_t piece) {
  Outcome outcome;
  MultipartParser parser(boundary, 512, outcome.sink);
  for (std::size_t at = 0; at < body.size(); at += piece)
    if (const auto refusal = parser.feed(body.substr(at, piece))) {
      outcome.status = refusal.status;
      return outcome;
    }
  outcome.status = parser.finish().status;
  return outcome;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto text = oq::fuzz::text_of(data, std::min<std::size_t>(size, 1 << 14));
  const auto line = text.substr(0, text.find('\n'));
  text.remove_prefix(std::min(text.size(), line.size() + 1));
  const auto boundary = multipart_boundary(line);
  if (!boundary || boundary->empty())
    return 0;
  require(boundary->size() <= 70, "a boundary is short");
  const auto whole = read(*boundary, text, std::max<std::size_t>(text.size(), 1));
  for (const std::size_t piece : {1, 7}) {
    const auto pieces = read(*boundary, text, piece);
    if (whole.status != 0 || pieces.status != 0) {
      require((whole.status != 0) == (pieces.status != 0), "refused however it comes");
      continue;
    }
    require(pieces.sink.parts.size() == whole.sink.parts.size(), "as many parts");
    for (std::size_t i = 0; i < whole.sink.parts.size(); ++i) {
      require(pieces.sink.parts[i].bytes == whole.sink.parts[i].bytes, "the same bytes");
      require(pieces.sink.parts[i].head.name == whole.sink.parts[i].head.name, "the same name");
    }
  }
  return 0;
}
