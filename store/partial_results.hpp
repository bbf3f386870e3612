// PartialResults: results of single tasks on disk, so that a calculation that is run again computes
// only the rest.
#pragma once

#include "engine/base/result.hpp"
#include "engine/calculator/calculator.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace oq::store {

// Results fit only the plan that they were computed for.
struct PlanIdentity {
  std::string program; // name and version
  std::uint64_t fingerprint = 0;
  std::size_t tasks = 0;
};

// FOLDER/TASK, one file a task. A file appears whole or not at all to other processes; it is not
// forced to the disk, because a checksum tells after a power cut what did not get there.
// Serves one thread; several processes may write the same folder, their results are the same.
class PartialResults {
public:
  PartialResults(std::filesystem::path folder, PlanIdentity plan);

  // Tasks that have a file, ascending; load() says what it is worth.
  std::vector<std::size_t> tasks() const;
  // Nothing when anything about the file is wrong.
  std::optional<engine::TaskResult> load(std::size_t task) const;
  // Errc::unavailable when the disk refuses, or when less than `spare` bytes would be left on it.
  Result<void> write(std::size_t task, const engine::TaskResult& result);
  // Takes the folder away with everything in it.
  void remove();

  // What other files of the service may need.
  static constexpr std::uintmax_t kSpareSpace = std::uintmax_t{256} << 20;

private:
  std::filesystem::path folder_;
  PlanIdentity plan_;
  bool made_ = false;
};

} // namespace oq::store
