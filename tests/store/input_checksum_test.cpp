// The checksum of inputs is CRC-32, as others compute it.
#include "store/input_checksum.hpp"

#include "support/temporary_folder.hpp"

#include <gtest/gtest.h>

namespace oq::store {
namespace {

TEST(InputChecksum, IsCrc32OfAllFilesInOrder) {
  const oq::testing::TemporaryFolder folder;
  const auto one = folder.write("1", "1234"), two = folder.write("2", "56789");
  EXPECT_EQ(crc32_of({one, two}), 0xcbf43926u); // the check value of CRC-32
  EXPECT_NE(crc32_of({two, one}), crc32_of({one, two}));
}

TEST(InputChecksum, AFileThatIsNotThereHasNone) {
  EXPECT_EQ(crc32_of({"/nothing"}), std::nullopt);
}

} // namespace
} // namespace oq::store
