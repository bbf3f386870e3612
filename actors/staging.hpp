// Staging: a submission's files unpacked and read in a folder of their own, then given to a
// calculation.
#pragma once

#include "actors/engine_room.hpp"
#include "store/calculation_files.hpp"

namespace oq::actors {

// Unpacks into a new folder below `incoming`; a local ini is read where it lies.
StagedJob stage(const Submission& submission, const std::filesystem::path& incoming);

// Makes the calculation's folders and moves the staged inputs there. Errc::conflict when a folder
// of that number is there already, Errc::unavailable when the disk refuses.
Result<void> settle(const StagedJob& staged, CalculationId id,
                    const store::CalculationFiles& files);

// Makes the folder when it is not there, and takes away what dead processes left in it. Another
// process may be using it.
void sweep(const std::filesystem::path& incoming);

} // namespace oq::actors
