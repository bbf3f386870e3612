// HDF5 identifiers that close themselves, the lock around the library, and its error stack as an
// Error.
#pragma once

#include "engine/base/result.hpp"

#include <hdf5.h>

#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace oq::store {

// Held around every use of the library, which is not thread-safe in all builds. Silences its own
// printing of errors, which is a setting of the thread.
class Hdf5Lock {
public:
  Hdf5Lock();

private:
  std::lock_guard<std::mutex> guard_;
};

// What the library's error stack says about the call that just failed. REQUIRES: Hdf5Lock.
Error hdf5_error(Errc code, const std::string& action, const std::string& where);

class Handle {
public:
  using Close = herr_t (*)(hid_t);

  Handle() = default;
  Handle(hid_t id, Close closer) : id_(id), close_(closer) {}
  Handle(Handle&& other) noexcept
    : id_(std::exchange(other.id_, H5I_INVALID_HID)), close_(other.close_) {}
  Handle& operator=(Handle&& other) noexcept {
    std::swap(id_, other.id_);
    std::swap(close_, other.close_);
    return *this;
  }
  ~Handle() { close(); }

  bool valid() const { return id_ >= 0; }
  hid_t id() const { return id_; }
  // False when the library could not write what was left.
  bool close() {
    const auto id = std::exchange(id_, H5I_INVALID_HID);
    return id < 0 || close_(id) >= 0;
  }

private:
  hid_t id_ = H5I_INVALID_HID;
  Close close_ = nullptr;
};

// Texts are UTF-8 of a fixed width, padded with NUL: h5py's "S" type. Texts of variable length
// would lie in HDF5's global heap, which has no checksums: a damaged one makes the library loop for
// ever.
Handle text_type(std::size_t width);
// The longest of the texts, at least 1.
std::size_t text_width(const std::vector<std::string>& texts);
std::vector<char> joined_texts(const std::vector<std::string>& texts, std::size_t width);
std::vector<std::string> split_texts(const std::vector<char>& bytes, std::size_t width);

} // namespace oq::store
