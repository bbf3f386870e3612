// NumberFile: arrays of numbers and texts in an HDF5 file that a user gives, read within bounds.
#pragma once

#include "engine/base/result.hpp"

#include <cstdint>
#include <filesystem>
#include <mutex>
#include <string>
#include <vector>

namespace oq::engine {

struct Hdf5Numbers {
  std::vector<std::size_t> shape;
  std::vector<double> values; // in C order
  bool single_precision = false;
};

// Holds the library's lock: read what is needed and let it go. Every error is Errc::invalid_input
// and names the file and the key.
class NumberFile {
public:
  static Result<NumberFile> open(const std::filesystem::path& path);
  NumberFile(NumberFile&& other) noexcept;
  NumberFile& operator=(NumberFile&&) = delete;
  ~NumberFile();

  bool has(const std::string& key) const; // "IMLs/SA"
  // Floating-point numbers or integers; other types are an error.
  Result<Hdf5Numbers> numbers(const std::string& key) const;
  // Texts of an array of variable length, as h5py writes them.
  Result<std::vector<std::string>> texts(const std::string& key) const;
  // A text kept with the object `key`.
  Result<std::string> text_attribute(const std::string& key, const std::string& name) const;
  // A number kept with the object `key`.
  Result<double> number_attribute(const std::string& key, const std::string& name) const;
  // Names in a group, in alphabetical order.
  Result<std::vector<std::string>> members(const std::string& group) const;

private:
  struct Attribute;
  Result<void> check_attribute(const std::string& key, const std::string& name) const;
  NumberFile(std::unique_lock<std::mutex> lock, std::int64_t file, std::string name)
    : lock_(std::move(lock)), file_(file), name_(std::move(name)) {}
  Error error(const std::string& key, const std::string& what) const;

  std::unique_lock<std::mutex> lock_;
  std::int64_t file_; // hid_t
  std::string name_;
};

} // namespace oq::engine
