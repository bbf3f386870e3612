// write_zip: small archives for tests, those that no honest program would write included.
#pragma once

#include <gtest/gtest.h>
#include <zip.h>

#include <filesystem>
#include <string>
#include <vector>

namespace oq::testing {

struct ZipEntry {
  std::string name;
  std::string content;
  unsigned unix_mode = 0100644; // 0120777 is a symbolic link
  bool encrypted = false;
};

inline void write_zip(const std::filesystem::path& path, const std::vector<ZipEntry>& entries) {
  int error = 0;
  zip_t* archive = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &error);
  ASSERT_NE(archive, nullptr);
  for (const auto& entry : entries) {
    auto* source = zip_source_buffer(archive, entry.content.data(), entry.content.size(), 0);
    const auto index = zip_file_add(archive, entry.name.c_str(), source, 0);
    ASSERT_GE(index, 0) << zip_strerror(archive);
    const auto id = static_cast<zip_uint64_t>(index);
    zip_file_set_external_attributes(archive, id, 0, ZIP_OPSYS_UNIX, entry.unix_mode << 16);
    if (entry.encrypted)
      zip_file_set_encryption(archive, id, ZIP_EM_AES_256, "secret");
  }
  ASSERT_EQ(zip_close(archive), 0) << zip_strerror(archive);
}

} // namespace oq::testing
