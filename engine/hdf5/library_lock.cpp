// The lock's one instance.
#include "engine/hdf5/library_lock.hpp"

namespace oq::engine {

std::mutex& hdf5_library_mutex() {
  static std::mutex mutex;
  return mutex;
}

} // namespace oq::engine
