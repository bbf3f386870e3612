// Chunked bodies whole, split at every place, and malformed.
#include "http/chunked_decoder.hpp"

#include <gtest/gtest.h>

#include <string>

namespace oq::http {
namespace {

struct Decoded {
  std::string payload;
  std::size_t consumed = 0;
  bool done = false;
  int status = 0;
};

// Feeds pieces of at most `piece` bytes.
Decoded decode(std::string_view bytes, std::size_t piece) {
  ChunkedDecoder decoder;
  Decoded decoded;
  while (decoded.consumed < bytes.size() && !decoded.done && decoded.status == 0) {
    const auto step = decoder.step(bytes.substr(decoded.consumed, piece));
    decoded.payload += step.payload;
    decoded.consumed += step.consumed;
    decoded.done = step.done;
    decoded.status = step.refusal.status;
  }
  return decoded;
}

TEST(ChunkedDecoder, JoinsChunksWhereverTheyAreSplit) {
  const std::string text = "4\r\nWiki\r\n6;name=\"v\"\r\npedia \r\n0B \r\nin\r\n\r\nchunk\r\n"
                           "0\r\nTrailer: x\r\nOther: y\r\n\r\n";

  for (std::size_t piece = 1; piece <= text.size(); ++piece) {
    const Decoded decoded = decode(text, piece);
    ASSERT_TRUE(decoded.done) << piece;
    ASSERT_EQ(decoded.payload, "Wikipedia in\r\n\r\nchunk") << piece;
  }
}

TEST(ChunkedDecoder, LeavesWhatFollowsTheBody) {
  const std::string text = "1\r\nx\r\n0\r\n\r\nGET /";

  EXPECT_EQ(decode(text, text.size()).consumed, text.size() - 5);
}

TEST(ChunkedDecoder, RefusesMalformedChunks) {
  for (const char* text : {"x\r\n", "\r\n", "-1\r\n", "+1\r\n", "0x1\r\nA\r\n", "1\nA\r\n0\r\n\r\n",
                           "1\r\nAB\r\n", "1\r\nA\n0\r\n\r\n", "1\r\r\n", "1000000000000000\r\n",
                           "1;a\nb\r\nA", "0\r\nx\ny\r\n\r\n", "0\r\n\rx", "1 x"})
    EXPECT_EQ(decode(text, 100).status, 400) << text;
}

TEST(ChunkedDecoder, RefusesEndlessExtensionsAndTrailers) {
  EXPECT_EQ(decode("1;" + std::string(100'000, 'a'), 1000).status, 400);
  std::string trailers = "0\r\n";
  for (int i = 0; i < 10'000; ++i)
    trailers += "name: value\r\n";
  EXPECT_EQ(decode(trailers, 1000).status, 400);
}

TEST(ChunkedDecoder, SurvivesEveryByteAtEveryPlace) {
  const std::string text = "4;a=b \r\nWiki\r\nA\r\n0123456789\r\n0\r\nT: x\r\n\r\n";

  for (std::size_t place = 0; place < text.size(); ++place)
    for (int byte = 0; byte < 256; ++byte) {
      std::string changed = text;
      changed[place] = static_cast<char>(byte);
      ASSERT_LE(decode(changed, 7).consumed, changed.size());
    }
}

} // namespace
} // namespace oq::http
