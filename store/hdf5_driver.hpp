// The file driver that HDF5 writes through: a full disk is remembered here and never shown to the
// library.
#pragma once

#include "store/hdf5_handle.hpp"

#include <vector>

namespace oq::store {

// libhdf5 1.10 cannot close a file whose last writes fail: it leaks it and crashes when the process
// ends. So a failed write is reported to us, not to the library, which goes on as if the disk had
// space.
struct WriteOutcome {
  struct Kept {
    haddr_t address;
    std::vector<char> bytes;
  };
  int error_number = 0;   // errno of the first failure
  std::vector<Kept> kept; // metadata written after it: the library reads them again while it closes
};

// Settings that make H5Fcreate use the driver. `outcome` must outlive the file. REQUIRES: Hdf5Lock.
void use_writing_driver(hid_t file_access, WriteOutcome& outcome);

} // namespace oq::store
