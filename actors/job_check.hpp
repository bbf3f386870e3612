// Checks of what a client might submit, without a calculation to show for it.
#pragma once

#include "actors/engine_room.hpp"
#include "actors/staging.hpp"

namespace oq::actors {

// Adds check_job, check_nrml and has_file.
void add_checks(EngineRoom& room, const StagingFolders& folders);

} // namespace oq::actors
