// A header that says what the numbers belong to, then the numbers as they lie in memory.
#include "store/partial_results.hpp"

#include "store/checksum.hpp"
#include "store/descriptor.hpp"
#include "store/durable_file.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <type_traits>
#include <unistd.h>

namespace oq::store {

namespace fs = std::filesystem;

namespace {

constexpr std::array<char, 8> kMagic{'o', 'q', 't', 'a', 's', 'k', '\r', '\n'};
// Of the layout, and by its byte order of the machine.
constexpr std::uint64_t kFormat = 1;

struct Header {
  std::array<char, 8> magic = kMagic;
  std::uint64_t format = kFormat;
  std::uint64_t program = 0; // checksum of its name and version
  std::uint64_t fingerprint = 0, tasks = 0, task = 0;
  std::uint64_t values = 0, integers = 0;
  std::uint64_t payload_checksum = 0;

  friend bool operator==(const Header&, const Header&) = default;
};
static_assert(std::is_trivially_copyable_v<Header> && sizeof(Header) == 72);

std::optional<std::uint64_t> size_of(const Descriptor& file) {
  struct stat status {};
  if (!file || ::fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode))
    return std::nullopt;
  return static_cast<std::uint64_t>(status.st_size);
}

bool read_all(const Descriptor& file, void* to, std::size_t size) {
  return file.read(to, size) == size;
}

std::uint64_t payload_checksum(const engine::TaskResult& result) {
  return checksum_of(result.integers, checksum_of(result.values));
}

Header header_of(const PlanIdentity& plan, std::size_t task) {
  Header header;
  header.program = checksum(plan.program);
  header.fingerprint = plan.fingerprint;
  header.tasks = plan.tasks;
  header.task = task;
  return header;
}

std::size_t payload_size(const engine::TaskResult& result) {
  return result.values.size() * sizeof(double) + result.integers.size() * sizeof(std::int64_t);
}

bool write_all(const fs::path& path, const Header& header, const engine::TaskResult& result) {
  const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
  return file && file.write(&header, sizeof header)
         && file.write(result.values.data(), result.values.size() * sizeof(double))
         && file.write(result.integers.data(), result.integers.size() * sizeof(std::int64_t));
}

} // namespace

PartialResults::PartialResults(fs::path folder, PlanIdentity plan)
  : folder_(std::move(folder)), plan_(std::move(plan)) {}

std::vector<std::size_t> PartialResults::tasks() const {
  std::vector<std::size_t> found;
  std::error_code missing;
  for (const auto& entry : fs::directory_iterator(folder_, missing)) {
    const auto name = entry.path().filename().string();
    std::size_t task = 0;
    const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), task);
    if (error == std::errc{} && end == name.data() + name.size() && task < plan_.tasks)
      found.push_back(task);
  }
  std::ranges::sort(found);
  return found;
}

std::optional<engine::TaskResult> PartialResults::load(std::size_t task) const {
  const auto name = folder_ / std::to_string(task);
  const Descriptor file(::open(name.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC));
  const auto size = size_of(file);
  Header header;
  if (!size || *size < sizeof header || !read_all(file, &header, sizeof header))
    return std::nullopt;
  const auto numbers = (*size - sizeof header) / sizeof(double);
  if ((*size - sizeof header) % sizeof(double) != 0 || header.values > numbers
      || header.integers != numbers - header.values)
    return std::nullopt;
  auto expected = header_of(plan_, task);
  expected.values = header.values;
  expected.integers = header.integers;
  expected.payload_checksum = header.payload_checksum;
  if (header != expected)
    return std::nullopt;
  engine::TaskResult result;
  result.values.resize(header.values);
  result.integers.resize(header.integers);
  if (!read_all(file, result.values.data(), header.values * sizeof(double))
      || !read_all(file, result.integers.data(), header.integers * sizeof(std::int64_t))
      || payload_checksum(result) != header.payload_checksum)
    return std::nullopt;
  return result;
}

Result<void> PartialResults::write(std::size_t task, const engine::TaskResult& result) {
  std::error_code failure;
  if (!made_) {
    fs::create_directory(folder_, failure);
    if (failure)
      return disk_error("cannot make the folder", folder_, failure.value());
    made_ = true;
  }
  const auto space = fs::space(folder_, failure);
  if (failure)
    return disk_error("cannot read the free space", folder_, failure.value());
  if (space.available < kSpareSpace + payload_size(result))
    return Error{Errc::unavailable, "the disk is nearly full", folder_.filename().string()};
  auto header = header_of(plan_, task);
  header.values = result.values.size();
  header.integers = result.integers.size();
  header.payload_checksum = payload_checksum(result);
  const auto name = folder_ / std::to_string(task);
  const auto temporary = fs::path(name).concat("." + std::to_string(::getpid()) + ".part");
  if (!write_all(temporary, header, result) || ::rename(temporary.c_str(), name.c_str()) != 0) {
    const int reason = errno;
    fs::remove(temporary, failure);
    return disk_error("cannot write the file", name, reason);
  }
  return {};
}

void PartialResults::remove() {
  std::error_code ignored; // what is left is in nobody's way
  fs::remove_all(folder_, ignored);
  made_ = false;
}

} // namespace oq::store
