// SharedInputs: the files that another machine needs to run a calculation, on both machines at the
// same place below the data directory.
#pragma once

#include "actors/shared_name.hpp"
#include "engine/base/result.hpp"
#include "store/calculation_store.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace oq::actors {

struct SharedFile {
  std::string name; // "calc_5/inputs/models/area.xml", "calc_3/calc_3.hdf5"
  std::uint64_t size = 0;
};

class SharedInputs {
public:
  explicit SharedInputs(std::filesystem::path data_directory);

  // Errc::not_found when they are not on this machine, or are spread over it (a local ini).
  Result<std::vector<SharedFile>> list(const store::CalculationRecord& record) const;
  // At most `size` bytes from `offset`. Errc::forbidden for a name that is not in the list,
  // Errc::not_found when there is no such file.
  Result<std::string> read(const store::CalculationRecord& record, const std::string& name,
                           std::uint64_t offset, std::size_t size) const;
  // Puts bytes where they belong, and makes the folders that the file needs. Errc::forbidden for a
  // name that leads elsewhere, Errc::unavailable when the disk refuses.
  Result<void> write(const store::CalculationRecord& record, const std::string& name,
                     std::uint64_t offset, const std::string& bytes) const;

private:
  std::filesystem::path data_directory_;
};

} // namespace oq::actors
