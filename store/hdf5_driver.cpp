// The HDF5 file driver over pread and pwrite.
#include "store/hdf5_driver.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>
#include <tuple>
#include <unistd.h>

namespace oq::store {
namespace {

struct Settings { // what H5Pset_driver carries
  WriteOutcome* outcome;
};

struct DriverFile {
  H5FD_t library_part; // first: the library sees this only
  int descriptor;
  dev_t device;
  ino_t inode;
  haddr_t end_allocated;
  haddr_t end_written;
  WriteOutcome* outcome;
};

DriverFile& self(H5FD_t* file) {
  return *reinterpret_cast<DriverFile*>(file);
}
const DriverFile& self(const H5FD_t* file) {
  return *reinterpret_cast<const DriverFile*>(file);
}

int open_flags(unsigned flags) {
  int result = (flags & H5F_ACC_RDWR) ? O_RDWR : O_RDONLY;
  result |= (flags & H5F_ACC_CREAT) ? O_CREAT : 0;
  result |= (flags & H5F_ACC_TRUNC) ? O_TRUNC : 0;
  result |= (flags & H5F_ACC_EXCL) ? O_EXCL : 0;
  return result | O_CLOEXEC;
}

H5FD_t* open_file(const char* name, unsigned flags, hid_t file_access, haddr_t) {
  const auto* settings = static_cast<const Settings*>(H5Pget_driver_info(file_access));
  const int descriptor = ::open(name, open_flags(flags), 0640);
  settings->outcome->error_number = descriptor < 0 ? errno : 0;
  struct stat status {};
  if (descriptor < 0)
    return nullptr;
  if (::fstat(descriptor, &status) != 0) {
    settings->outcome->error_number = errno;
    ::close(descriptor);
    return nullptr;
  }
  auto file = std::make_unique<DriverFile>();
  *file = {{},
           descriptor,
           status.st_dev,
           status.st_ino,
           0,
           static_cast<haddr_t>(status.st_size),
           settings->outcome};
  return &file.release()->library_part;
}

herr_t close_file(H5FD_t* file) {
  const std::unique_ptr<DriverFile> owned(&self(file));
  ::close(owned->descriptor); // publish_file syncs and reports what this could
  return 0;
}

int compare(const H5FD_t* first, const H5FD_t* second) {
  const auto a = std::tie(self(first).device, self(first).inode);
  const auto b = std::tie(self(second).device, self(second).inode);
  return a < b ? -1 : a > b ? 1 : 0;
}

herr_t features(const H5FD_t*, unsigned long* flags) {
  *flags = H5FD_FEAT_AGGREGATE_METADATA | H5FD_FEAT_ACCUMULATE_METADATA | H5FD_FEAT_DATA_SIEVE
           | H5FD_FEAT_AGGREGATE_SMALLDATA | H5FD_FEAT_DEFAULT_VFD_COMPATIBLE;
  return 0;
}

haddr_t end_allocated(const H5FD_t* file, H5FD_mem_t) {
  return self(file).end_allocated;
}

herr_t set_end_allocated(H5FD_t* file, H5FD_mem_t, haddr_t address) {
  self(file).end_allocated = address;
  return 0;
}

haddr_t end_written(const H5FD_t* file, H5FD_mem_t) {
  return self(file).end_written;
}

void lay_over(const WriteOutcome::Kept& kept, haddr_t address, std::size_t size, char* buffer) {
  const auto begin = std::max(address, kept.address);
  const auto end = std::min<haddr_t>(address + size, kept.address + kept.bytes.size());
  if (begin < end)
    std::memcpy(buffer + (begin - address), kept.bytes.data() + (begin - kept.address),
                static_cast<std::size_t>(end - begin));
}

herr_t read_bytes(H5FD_t* file, H5FD_mem_t, hid_t, haddr_t address, std::size_t size,
                  void* buffer) {
  auto* into = static_cast<char*>(buffer);
  std::memset(into, 0, size); // what was never written reads as zeros
  for (std::size_t done = 0; done < size;) {
    const auto count =
      ::pread(self(file).descriptor, into + done, size - done, static_cast<off_t>(address + done));
    if (count < 0 && errno == EINTR)
      continue;
    if (count < 0)
      return -1;
    if (count == 0)
      break;
    done += static_cast<std::size_t>(count);
  }
  for (const auto& kept : self(file).outcome->kept)
    lay_over(kept, address, size, into);
  return 0;
}

// 0 or an errno.
int write_all(int descriptor, haddr_t address, const char* bytes, std::size_t size) {
  while (size > 0) {
    const auto count = ::pwrite(descriptor, bytes, size, static_cast<off_t>(address));
    if (count < 0 && errno == EINTR)
      continue;
    if (count <= 0)
      return count < 0 ? errno : ENOSPC;
    address += static_cast<haddr_t>(count);
    bytes += count;
    size -= static_cast<std::size_t>(count);
  }
  return 0;
}

herr_t write_bytes(H5FD_t* file, H5FD_mem_t kind, hid_t, haddr_t address, std::size_t size,
                   const void* buffer) {
  auto& target = self(file);
  auto& outcome = *target.outcome;
  const auto* bytes = static_cast<const char*>(buffer);
  if (outcome.error_number == 0)
    outcome.error_number = write_all(target.descriptor, address, bytes, size);
  // Array values are not kept: there may be gigabytes of them, and nobody reads them again.
  if (outcome.error_number != 0 && kind != H5FD_MEM_DRAW)
    outcome.kept.push_back({address, {bytes, bytes + size}});
  target.end_written = std::max(target.end_written, address + size);
  return 0;
}

herr_t truncate_file(H5FD_t* file, hid_t, hbool_t) {
  auto& target = self(file);
  if (target.end_written == target.end_allocated)
    return 0;
  auto& error_number = target.outcome->error_number;
  if (error_number == 0
      && ::ftruncate(target.descriptor, static_cast<off_t>(target.end_allocated)) != 0)
    error_number = errno;
  target.end_written = target.end_allocated;
  return 0;
}

const H5FD_class_t& driver_class() {
  static const H5FD_class_t description = [] {
    H5FD_class_t driver{};
    driver.name = "oq_writing";
    driver.maxaddr = HADDR_MAX;
    driver.fc_degree = H5F_CLOSE_STRONG;
    driver.fapl_size = sizeof(Settings);
    driver.open = open_file;
    driver.close = close_file;
    driver.cmp = compare;
    driver.query = features;
    driver.get_eoa = end_allocated;
    driver.set_eoa = set_end_allocated;
    driver.get_eof = end_written;
    driver.read = read_bytes;
    driver.write = write_bytes;
    driver.truncate = truncate_file;
    const H5FD_mem_t free_lists[] = H5FD_FLMAP_DICHOTOMY;
    std::copy(std::begin(free_lists), std::end(free_lists), std::begin(driver.fl_map));
    return driver;
  }();
  return description;
}

} // namespace

void use_writing_driver(hid_t file_access, WriteOutcome& outcome) {
  static const hid_t driver = H5FDregister(&driver_class());
  const Settings settings{&outcome};
  H5Pset_driver(file_access, driver, &settings);
}

} // namespace oq::store
