// CalculationFiles: where a calculation's files lie below the data directory, and that they stay
// there.
#pragma once

#include "engine/base/result.hpp"

#include <cstdint>
#include <filesystem>
#include <string>

namespace oq::store {

// DATA_DIR/calc_ID/{inputs/, exports/, calc_ID.hdf5}, and DATA_DIR/exporting
class CalculationFiles {
public:
  explicit CalculationFiles(std::filesystem::path data_directory);

  static std::string folder_name(std::int64_t id); // "calc_ID"

  std::filesystem::path folder(std::int64_t id) const;
  std::filesystem::path inputs(std::int64_t id) const;
  std::filesystem::path exports(std::int64_t id) const;
  std::filesystem::path datastore(std::int64_t id) const;
  // Exports of any calculation until they are whole: one place, so that those that a process which
  // died has left are found without looking at every calculation.
  std::filesystem::path exporting() const;

  // The folders, empty. Errc::conflict when something is there already (the files of another
  // database), Errc::unavailable when the disk refuses.
  Result<void> create(std::int64_t id) const;

  // Takes everything of a calculation away; nothing to do when there is nothing.
  Result<void> remove(std::int64_t id) const;

  // Bytes of all files; 0 when there are none.
  Result<std::int64_t> size_bytes(std::int64_t id) const;

  // An existing file of the calculation by a name relative to its folder. Errc::invalid_input for a
  // name that leads out of it, by ".." or by a link; Errc::not_found when there is no such file.
  Result<std::filesystem::path> file(std::int64_t id, const std::string& name) const;

  // Errc::unavailable when the disk has less free space than that.
  Result<void> require_space(std::uint64_t bytes) const;

private:
  std::filesystem::path data_directory_;
};

} // namespace oq::store
