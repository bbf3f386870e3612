// Base64 against the vectors of RFC 4648 section 10, and against what is not base64.
#include "store/base64.hpp"

#include <gtest/gtest.h>

namespace oq::store {
namespace {

TEST(Base64, AgreesWithTheVectorsOfItsStandard) {
  const std::pair<const char*, const char*> vectors[] = {
    {"", ""},
    {"f", "Zg=="},
    {"fo", "Zm8="},
    {"foo", "Zm9v"},
    {"foob", "Zm9vYg=="},
    {"fooba", "Zm9vYmE="},
    {"foobar", "Zm9vYmFy"},
  };
  for (const auto& [bytes, text] : vectors) {
    EXPECT_EQ(base64_text(bytes), text);
    EXPECT_EQ(bytes_of_base64(text), bytes);
  }
}

TEST(Base64, TakesEveryByte) {
  std::string bytes;
  for (int value = 0; value < 256; ++value)
    bytes += static_cast<char>(value);

  EXPECT_EQ(bytes_of_base64(base64_text(bytes)), bytes);
}

TEST(Base64, RefusesWhatIsNotBase64) {
  for (const char* text : {"Z", "Zg", "Zg=", "Zg==Zg==", "Z===", "====", "Zm9*", "Zm 9", "Zg=v"})
    EXPECT_EQ(bytes_of_base64(text), std::nullopt) << text;
}

} // namespace
} // namespace oq::store
