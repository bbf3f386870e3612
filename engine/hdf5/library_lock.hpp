// The one lock around the HDF5 library, which is not thread-safe in all builds.
#pragma once

#include <mutex>

namespace oq::engine {

std::mutex& hdf5_library_mutex();

} // namespace oq::engine
