// Zip archives through libzip.
#include "store/zip_archive.hpp"

#include "store/descriptor.hpp"
#include "store/durable_file.hpp"
#include "store/input_name.hpp"

#include <fmt/format.h>
#include <zip.h>

#include <cerrno>
#include <fcntl.h>
#include <memory>
#include <set>
#include <sys/stat.h>
#include <unistd.h>

namespace oq::store {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kBufferBytes = 64 * 1024;
constexpr unsigned kUnixModeShift = 16; // the upper half of an entry's external attributes
constexpr zip_int64_t kToTheEnd = -1;

struct Discard {
  void operator()(zip_t* archive) const { zip_discard(archive); }
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};
using Archive = std::unique_ptr<zip_t, Discard>;
using Member = std::unique_ptr<zip_file_t, Discard>;

Error refused(std::string message, const std::string& where) {
  return invalid_input("the zip archive cannot be used: " + std::move(message), where);
}

std::string reason_of(int code) {
  zip_error_t error;
  zip_error_init_with_code(&error, code);
  std::string text = zip_error_strerror(&error);
  zip_error_fini(&error);
  return text;
}

Result<Archive> open_archive(const fs::path& path) {
  int code = 0;
  Archive archive(zip_open(path.c_str(), ZIP_RDONLY, &code));
  if (archive)
    return archive;
  if (code == ZIP_ER_NOZIP)
    return invalid_input("the file is not a zip archive");
  if (code == ZIP_ER_NOENT || code == ZIP_ER_OPEN || code == ZIP_ER_READ || code == ZIP_ER_MEMORY)
    return Error{Errc::unavailable, "the zip archive cannot be read: " + reason_of(code), {}};
  return refused(reason_of(code), {});
}

// Counts what comes out of the whole archive.
class Budget {
public:
  Budget(const ZipLimits& limits, std::uint64_t archive_bytes)
    : limits_(limits),
      bytes_(
        std::min(limits.bytes, std::max(limits.ratio_free_bytes, archive_bytes * limits.ratio))) {}

  Result<void> spend(std::uint64_t bytes, const std::string& name) {
    if (bytes <= bytes_) {
      bytes_ -= bytes;
      return {};
    }
    return refused(fmt::format("it unpacks to more than {} bytes or {} times its size",
                               limits_.bytes, limits_.ratio),
                   name);
  }

private:
  ZipLimits limits_;
  std::uint64_t bytes_; // left
};

class Output {
public:
  explicit Output(const fs::path& path)
    : path_(path),
      file_(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0640)) {}

  Result<void> opened() const {
    if (file_)
      return {};
    // A name that is both a file and a folder, or that comes twice in other letters.
    if (errno == EEXIST || errno == EISDIR || errno == ENOTDIR)
      return refused("two entries have the same name", path_.filename().string());
    return disk_error("cannot write the input", path_, errno);
  }

  Result<void> write(const char* bytes, std::size_t size) {
    return file_.write(bytes, size)
             ? Result<void>()
             : Result<void>(disk_error("cannot write the input", path_, errno));
  }

private:
  fs::path path_;
  Descriptor file_;
};

// Links and devices are refused: a link could make a later entry leave the folder.
Result<void> check_kind(zip_t* archive, zip_uint64_t index, const std::string& name) {
  zip_uint8_t system = 0;
  zip_uint32_t attributes = 0;
  if (zip_file_get_external_attributes(archive, index, 0, &system, &attributes) != 0
      || system != ZIP_OPSYS_UNIX)
    return {};
  const auto kind = (attributes >> kUnixModeShift) & S_IFMT;
  if (kind != 0 && kind != S_IFREG && kind != S_IFDIR)
    return refused("it holds a link or a device", name);
  return {};
}

Result<void> copy_out(zip_t* archive, zip_uint64_t index, const fs::path& target,
                      const std::string& name, Budget& budget) {
  const Member member(zip_fopen_index(archive, index, 0));
  if (!member)
    return refused(zip_strerror(archive), name);
  std::error_code failure;
  fs::create_directories(target.parent_path(), failure);
  if (failure && failure != std::errc::not_a_directory && failure != std::errc::file_exists)
    return disk_error("cannot create a folder", target.parent_path(), failure.value());
  Output output(target);
  OQ_CHECK(output.opened());
  std::vector<char> buffer(kBufferBytes);
  for (;;) {
    const auto read = zip_fread(member.get(), buffer.data(), buffer.size());
    if (read < 0)
      return refused("an entry is damaged", name);
    if (read == 0)
      return {};
    OQ_CHECK(budget.spend(static_cast<std::uint64_t>(read), name));
    OQ_CHECK(output.write(buffer.data(), static_cast<std::size_t>(read)));
  }
}

bool is_skipped(std::string_view name) {
  return name.ends_with('/') || name.ends_with('\\') || name.starts_with("__MACOSX/")
         || name.find("/__MACOSX/") != std::string_view::npos;
}

// The entry's name below the folder; empty for one to be skipped.
Result<std::string> entry_name(zip_t* archive, zip_uint64_t index) {
  zip_stat_t entry;
  if (zip_stat_index(archive, index, ZIP_FL_ENC_GUESS, &entry) != 0
      || !(entry.valid & ZIP_STAT_NAME))
    return refused("an entry has no name", {});
  if (is_skipped(entry.name))
    return std::string();
  if ((entry.valid & ZIP_STAT_ENCRYPTION_METHOD) && entry.encryption_method != ZIP_EM_NONE)
    return refused("it is encrypted", entry.name);
  OQ_TRY(auto name, relative_name(entry.name));
  OQ_CHECK(check_kind(archive, index, name));
  return name;
}

Result<void> add_member(zip_t* archive, const ZipMember& member) {
  if (std::error_code ignored; !fs::is_regular_file(member.file, ignored))
    return Error{Errc::not_found, "there is no file for the zip archive", member.name};
  auto* source = zip_source_file(archive, member.file.c_str(), 0, kToTheEnd);
  if (source && zip_file_add(archive, member.name.c_str(), source, ZIP_FL_ENC_UTF_8) >= 0)
    return {};
  zip_source_free(source);
  return Error{Errc::internal,
               std::string("cannot add to the zip archive: ") + zip_strerror(archive), member.name};
}

} // namespace

Result<std::vector<std::string>> extract_zip(const fs::path& archive_path, const fs::path& folder,
                                             const ZipLimits& limits) {
  OQ_TRY(const auto archive, open_archive(archive_path));
  const auto entries = static_cast<std::uint64_t>(zip_get_num_entries(archive.get(), 0));
  if (entries > limits.files)
    return refused(
      fmt::format("{} entries are more than the {} that are allowed", entries, limits.files), {});
  std::error_code failure;
  Budget budget(limits, fs::file_size(archive_path, failure));
  std::vector<std::string> names;
  std::set<std::string> seen;
  for (zip_uint64_t index = 0; index < entries; ++index) {
    OQ_TRY(auto name, entry_name(archive.get(), index));
    if (name.empty())
      continue;
    if (!seen.insert(name).second)
      return refused("two entries have the same name", name);
    OQ_CHECK(copy_out(archive.get(), index, folder / name, name, budget));
    names.push_back(std::move(name));
  }
  return names;
}

Result<void> make_zip(const std::vector<ZipMember>& members, const fs::path& archive_path) {
  const UnfinishedFile unfinished(archive_path);
  int code = 0;
  Archive archive(zip_open(unfinished.path().c_str(), ZIP_CREATE | ZIP_TRUNCATE, &code));
  if (!archive)
    return Error{Errc::unavailable, "cannot create the zip archive: " + reason_of(code),
                 archive_path.filename().string()};
  for (const auto& member : members)
    OQ_CHECK(add_member(archive.get(), member));
  if (zip_close(archive.get()) != 0)
    return Error{Errc::unavailable,
                 std::string("cannot write the zip archive: ") + zip_strerror(archive.get()),
                 archive_path.filename().string()};
  std::ignore = archive.release(); // closed
  return publish_file(unfinished.path(), archive_path);
}

} // namespace oq::store
