// Packed files are what zlib and zstd unpack to the original.
#include "store/compressed_file.hpp"

#include "support/full_disk.hpp"
#include "support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <vector>
#include <zlib.h>
#include <zstd.h>

namespace oq::store {
namespace {

// Longer than a block, and not the same all over.
std::string long_text() {
  std::string text;
  for (int i = 0; text.size() < 500'000; ++i)
    text += std::to_string(i * 7919) + (i % 11 == 0 ? "\r\n" : ",");
  return text;
}

std::string gunzipped(const std::filesystem::path& path) {
  const gzFile file = gzopen(path.c_str(), "rb");
  std::string text(1 << 20, '\0');
  const int size = gzread(file, text.data(), static_cast<unsigned>(text.size()));
  gzclose(file);
  text.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
  return text;
}

std::string unzstd(const std::string& packed) {
  std::string text(1 << 20, '\0');
  const auto size = ZSTD_decompress(text.data(), text.size(), packed.data(), packed.size());
  text.resize(ZSTD_isError(size) ? 0 : size);
  return text;
}

class CompressedFile : public ::testing::Test {
protected:
  std::size_t files() const {
    return static_cast<std::size_t>(
      std::distance(std::filesystem::directory_iterator(folder.path()), {}));
  }
  oq::testing::TemporaryFolder folder;
};

TEST_F(CompressedFile, GzipIsUnpackedByZlib) {
  const auto source = folder.write("a.csv", long_text());
  ASSERT_TRUE(compress_file(source, folder / "a.gz", Compression::gzip));
  EXPECT_EQ(gunzipped(folder / "a.gz"), long_text());
  EXPECT_LT(std::filesystem::file_size(folder / "a.gz"), long_text().size() / 2);
}

TEST_F(CompressedFile, ZstdIsUnpackedByZstd) {
  const auto source = folder.write("a.csv", long_text());
  ASSERT_TRUE(compress_file(source, folder / "a.zst", Compression::zstd));
  EXPECT_EQ(unzstd(oq::testing::file_text(folder / "a.zst")), long_text());
}

TEST_F(CompressedFile, AnEmptyFileIsPackedToo) {
  const auto source = folder.write("empty", "");
  ASSERT_TRUE(compress_file(source, folder / "e.gz", Compression::gzip));
  EXPECT_EQ(gunzipped(folder / "e.gz"), "");
}

TEST_F(CompressedFile, TheSameFileIsPackedToTheSameBytes) {
  const auto source = folder.write("a.csv", long_text());
  ASSERT_TRUE(compress_file(source, folder / "1.gz", Compression::gzip));
  ASSERT_TRUE(compress_file(source, folder / "2.gz", Compression::gzip));
  EXPECT_EQ(oq::testing::file_text(folder / "1.gz"), oq::testing::file_text(folder / "2.gz"));
}

TEST_F(CompressedFile, AFullDiskIsUnavailableAndLeavesNothing) {
  const auto source = folder.write("a.csv", long_text());
  Result<void> packed;
  {
    const oq::testing::FullDisk full(4096);
    packed = compress_file(source, folder / "a.gz", Compression::gzip);
  }
  ASSERT_FALSE(packed);
  EXPECT_EQ(packed.error().code, Errc::unavailable);
  EXPECT_EQ(files(), 1u);
}

TEST_F(CompressedFile, NoSourceLeavesNothing) {
  EXPECT_EQ(compress_file(folder / "none", folder / "x.gz", Compression::gzip).error().code,
            Errc::not_found);
  EXPECT_EQ(files(), 0u);
}

} // namespace
} // namespace oq::store
