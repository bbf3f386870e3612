// Staging: a submission's files unpacked and read in a folder of their own, then given to a
// calculation.
#pragma once

#include "actors/engine_room.hpp"
#include "store/calculation_files.hpp"

namespace oq::actors {

// Where uploads are unpacked, and whose files a client may name instead of sending them.
struct StagingFolders {
  std::filesystem::path incoming;
  std::filesystem::path open_to_clients; // empty: clients name no file of this machine
};

Result<std::filesystem::path> new_staging_folder(const StagingFolders& folders);
// Unpacks the submission's files there; returns the ini's name below it.
Result<std::string> unpack(const Submission& submission, const std::filesystem::path& folder);

// Unpacks into a new folder below `incoming`; a local ini is read where it lies.
StagedJob stage(const Submission& submission, const StagingFolders& folders);

// The real path of a file that a client names. Errc::forbidden: it may not, or there is none.
Result<std::filesystem::path> named_by_client(const std::filesystem::path& path,
                                              const StagingFolders& folders);

// Makes the calculation's folders and moves the staged inputs there. Errc::conflict when a folder
// of that number is there already, Errc::unavailable when the disk refuses.
Result<void> settle(const StagedJob& staged, CalculationId id,
                    const store::CalculationFiles& files);

} // namespace oq::actors
