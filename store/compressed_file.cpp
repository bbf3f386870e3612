// zlib and zstd behind one loop: read a block, pack it, write what comes out.
#include "store/compressed_file.hpp"

#include "store/descriptor.hpp"
#include "store/durable_file.hpp"

#include <cerrno>
#include <fcntl.h>
#include <functional>
#include <memory>
#include <unistd.h>
#include <vector>
#include <zlib.h>
#include <zstd.h>

namespace oq::store {
namespace {

constexpr std::size_t kBlockBytes = 128 * 1024;
constexpr int kGzipLevel = 6, kZstdLevel = 3; // the libraries' defaults
constexpr int kGzipWindow = 15 + 16;          // the largest window, with gzip's header

using Bytes = std::vector<unsigned char>;
// Takes a packed block; false: it cannot be written.
using Take = std::function<bool(const unsigned char* bytes, std::size_t size)>;

class Packer {
public:
  virtual ~Packer() = default;
  // False: the sink refused, or the library is out of memory.
  virtual bool pack(const unsigned char* bytes, std::size_t size, bool last, const Take& take) = 0;
};

class GzipPacker : public Packer {
public:
  GzipPacker()
    : ready_(deflateInit2(&stream_, kGzipLevel, Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY)
             == Z_OK) {}
  ~GzipPacker() override { deflateEnd(&stream_); }

  bool pack(const unsigned char* bytes, std::size_t size, bool last, const Take& take) override {
    if (!ready_)
      return false;
    stream_.next_in = const_cast<Bytef*>(bytes); // zlib does not write to it
    stream_.avail_in = static_cast<uInt>(size);
    int state = Z_OK;
    do {
      stream_.next_out = out_.data();
      stream_.avail_out = static_cast<uInt>(out_.size());
      state = deflate(&stream_, last ? Z_FINISH : Z_NO_FLUSH);
      if (state == Z_STREAM_ERROR || !take(out_.data(), out_.size() - stream_.avail_out))
        return false;
    } while (stream_.avail_out == 0 || (last && state != Z_STREAM_END));
    return true;
  }

private:
  z_stream stream_{};
  bool ready_ = false;
  Bytes out_ = Bytes(kBlockBytes);
};

class ZstdPacker : public Packer {
public:
  ZstdPacker() : context_(ZSTD_createCCtx(), ZSTD_freeCCtx) {
    if (context_)
      ZSTD_CCtx_setParameter(context_.get(), ZSTD_c_compressionLevel, kZstdLevel);
  }

  bool pack(const unsigned char* bytes, std::size_t size, bool last, const Take& take) override {
    if (!context_)
      return false;
    ZSTD_inBuffer in{bytes, size, 0};
    for (;;) {
      ZSTD_outBuffer out{out_.data(), out_.size(), 0};
      const auto left =
        ZSTD_compressStream2(context_.get(), &out, &in, last ? ZSTD_e_end : ZSTD_e_continue);
      if (ZSTD_isError(left) || !take(out_.data(), out.pos))
        return false;
      if (last ? left == 0 : in.pos == in.size)
        return true;
    }
  }

private:
  std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context_;
  Bytes out_ = Bytes(kBlockBytes);
};

Result<void> pack_all(const Descriptor& from, const Descriptor& to, Packer& packer,
                      const std::filesystem::path& name) {
  Bytes block(kBlockBytes);
  const Take take = [&to](const unsigned char* bytes, std::size_t size) {
    return to.write(bytes, size);
  };
  for (;;) {
    const auto got = ::read(from.get(), block.data(), block.size());
    if (got < 0 && errno == EINTR)
      continue;
    if (got < 0)
      return disk_error("cannot read the file to be packed", name, errno);
    if (!packer.pack(block.data(), static_cast<std::size_t>(got), got == 0, take))
      return disk_error("cannot write the packed file", name, errno);
    if (got == 0)
      return {};
  }
}

} // namespace

Result<void> compress_file(const std::filesystem::path& source, const std::filesystem::path& target,
                           Compression compression) {
  const Descriptor from(::open(source.c_str(), O_RDONLY | O_CLOEXEC));
  if (!from)
    return Error{Errc::not_found, "there is no file to be packed", source.filename().string()};
  const UnfinishedFile unfinished(target);
  const Descriptor to(
    ::open(unfinished.path().c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0640));
  if (!to)
    return disk_error("cannot create the packed file", target, errno);
  std::unique_ptr<Packer> packer;
  if (compression == Compression::zstd)
    packer = std::make_unique<ZstdPacker>();
  else
    packer = std::make_unique<GzipPacker>();
  auto packed = pack_all(from, to, *packer, target);
  if (packed && ::rename(unfinished.path().c_str(), target.c_str()) != 0)
    packed = disk_error("cannot name the packed file", target, errno);
  return packed;
}

} // namespace oq::store
