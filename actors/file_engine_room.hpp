// The engine room of the service: the real engine, and files below the data directory.
#pragma once

#include "actors/engine_room.hpp"

#include <filesystem>
#include <string>

namespace oq::actors {

struct FileEngineRoomSettings {
  std::filesystem::path
    data_directory;                // exists; holds incoming/ and a calc_ID/ for each calculation
  std::string generated_by;        // "oq-engine-server 0.1.0", for the comment line of exports
  double memory = 4.0 * (1 << 30); // bytes that the results of one calculation may take
  // Whose files clients may name instead of sending them; empty: none.
  std::filesystem::path open_to_clients = {};
};

// Sweeps what interrupted submissions left in incoming/.
EngineRoomPtr make_file_engine_room(const FileEngineRoomSettings& settings);

} // namespace oq::actors
