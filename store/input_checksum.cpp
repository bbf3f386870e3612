// zlib's CRC-32 over files, block by block.
#include "store/input_checksum.hpp"

#include <fstream>
#include <zlib.h>

namespace oq::store {

std::optional<std::uint32_t> crc32_of(const std::vector<std::filesystem::path>& files) {
  std::uint32_t sum = 0;
  std::vector<char> block(64 * 1024);
  for (const auto& path : files) {
    std::ifstream file(path, std::ios::binary);
    if (!file)
      return std::nullopt;
    while (file.read(block.data(), static_cast<std::streamsize>(block.size())) || file.gcount() > 0)
      sum = static_cast<std::uint32_t>(::crc32(sum, reinterpret_cast<const Bytef*>(block.data()),
                                               static_cast<uInt>(file.gcount())));
    if (file.bad())
      return std::nullopt;
  }
  return sum;
}

} // namespace oq::store
